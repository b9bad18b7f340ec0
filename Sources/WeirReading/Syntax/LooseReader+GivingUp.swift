import WeirValues

extension LooseReader {
  private static var mostGivenUp: Int { 64 }
  /// In bytes, beside as many as were read.
  private static var mostReadAgain: Int { 1 << 16 }

  /// The bracket was one of prose: what it made is taken back, and what is behind it is read as prose. Too
  /// often or too far back, what is behind it is not read again.
  mutating func giveUpRoot(readTo place: Int) {
    let mayReadAgain = givenUp < Self.mostGivenUp && mayReadAgain(root.start..<place)
    at = place
    dropRoot()
    guard mayReadAgain else { return }
    givenUp += 1
    at = root.start + 1
  }

  /// Whether what was read is to be read once more. Each time counts, so that all of them together stay
  /// linear.
  private mutating func mayReadAgain(_ range: Range<Int>) -> Bool {
    guard readAgain + range.count <= range.upperBound + Self.mostReadAgain else { return false }
    readAgain += range.count
    return true
  }

  /// Takes back what the root made; what is behind `at` is prose.
  mutating func dropRoot() {
    dropped += 1
    tree.nodes.removeLast(tree.nodes.count - root.nodes)
    tree.mends.removeLast(tree.mends.count - root.mends)
    tree.roots.removeLast(tree.roots.count - root.roots)
    frames.removeAll()
    closers = Closers()
    part = .prose
    isLineBlank = false
    isWhole = false
  }

  /// What is left at the end of the text. True where something is to be read again.
  mutating func endText() -> Bool {
    if goesBack() { return true }
    endOpenValue()
    completeField(isClosed: false)
    while !frames.isEmpty {
      mend(.missingBracket, at: text.count)
      closeContainer(at: text.count, isClosed: false)
    }
    if fence != nil { endFence(at: text.count, isClosed: false) }
    if isReasoning, let last = tree.reasoning.popLast() {
      tree.reasoning.append(last.lowerBound..<text.count)
      isReasoning = false
    }
    part = .prose
    at = text.count
    return false
  }

  /// Where an open string may have ended before, or the open root is no value.
  private mutating func goesBack() -> Bool {
    if part == .string, let fallback = string.fallback, mayReadAgain(fallback.at..<text.count) {
      string.fallback = nil
      endString(at: fallback.end, closing: 0, goOnAt: fallback.at)
      return true
    }
    guard !frames.isEmpty, isReasoning || isOpenProse() else { return false }
    giveUpRoot(readTo: text.count)
    return true
  }

  /// Words without quotes in brackets that are never closed are prose, with other values behind them or
  /// with none.
  private func isOpenProse() -> Bool {
    guard root.isInProse else { return false }
    let values = tree.nodes.dropFirst(root.nodes + 1)
    if root.hasWords, values.contains(where: { $0.kind == .object || $0.kind == .list }) { return true }
    guard part == .bare, frames.count == 1, !frames[0].isObject else { return false }
    return bare.hasBlank && (root.start > 0 || bare.nesting > 0)
  }

  private mutating func endOpenValue() {
    if part == .string {
      let node = string.node
      mend(.missingQuote, at: text.count)
      let start = tree.nodes[node].content.lowerBound
      if !string.isASCII, let wrong = UTF8.firstInvalid(in: text, start..<text.count), wrong + 4 <= text.count
      {
        mend(.invalidUTF8, at: wrong)
      }
      tree.nodes[node].end = text.count
      if string.scan < text.count { tree.nodes[node].isPlain = false }
      part = .between
      if string.isKey { setState(.colon) }
    } else if part == .bare {
      _ = endBare(at: text.count, isClosed: false)
    }
    at = text.count
  }
}
