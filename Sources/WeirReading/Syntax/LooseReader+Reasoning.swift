extension LooseReader {
  private static let names: Set<String> = [
    "think", "thinking", "thought", "thoughts", "reasoning", "reason", "analysis", "scratchpad", "reflection",
    "seed:think",
  ]

  /// A tag around reasoning; `end` is behind it.
  struct Tag {
    let isOpening: Bool
    let end: Int
  }

  /// False where the tag has not come yet. `at` is on its sign.
  mutating func readTag() -> Bool {
    let found = tag(at: at)
    if isShort { return false }
    guard let found else {
      passProse(1)
      return true
    }
    if !found.isOpening {
      closeReasoning(at: found.end)
    } else if !isReasoning, !isQuotedTag {
      isReasoning = true
      tree.reasoning.append(at..<Int.max)
    }
    passProse(found.end - at)
    return true
  }

  /// `<think>` in back-ticks is only mentioned, and one in a fence is code.
  private var isQuotedTag: Bool { fence != nil || (at > 0 && text[at - 1] == .backtick) }

  /// Without one that opens it, all before it was reasoning.
  private mutating func closeReasoning(at end: Int) {
    if isReasoning {
      let start = tree.reasoning.removeLast().lowerBound
      tree.reasoning.append(start..<end)
      fence = nil
    } else if !isQuotedTag {
      tree.reasoning = [0..<end]
    }
    isReasoning = false
  }

  mutating func tag(at start: Int) -> Tag? {
    if peek(start + 1) == .bar { return channel(at: start) }
    let isOpening = peek(start + 1) != .slash
    let word = start + (isOpening ? 1 : 2)
    var place = word
    while place - word < 12, peek(place).isLetter || peek(place) == .colon { place += 1 }
    guard place > word, place < text.count else { return nil }
    let isBlank = peek(place) == .blank
    if isBlank { place = afterLineBlanks(place) }
    guard peek(place) == .greater else { return nil }
    let name = text[word..<place].prefix { $0 != .blank }.map { $0 == .colon ? $0 : $0 | 0x20 }
    guard Self.names.contains(String(decoding: name, as: UTF8.self)) else { return nil }
    return Tag(isOpening: isOpening, end: place + 1)
  }

  /// `<|channel|>analysis` opens reasoning, `<|channel|>final` closes it.
  private mutating func channel(at start: Int) -> Tag? {
    guard isWord("<|channel|>", at: start) else { return nil }
    let word = afterLineBlanks(start + 11)
    if isWord("analysis", at: word) { return Tag(isOpening: true, end: word + 8) }
    if isWord("commentary", at: word) { return Tag(isOpening: true, end: word + 10) }
    guard isReasoning, isWord("final", at: word) else { return nil }
    return Tag(isOpening: false, end: word + 5)
  }
}
