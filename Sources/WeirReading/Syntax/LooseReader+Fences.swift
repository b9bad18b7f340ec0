import WeirValues

extension LooseReader {
  /// A block of code in Markdown.
  struct Fence {
    let sign: UInt8
    let length: Int
    let language: String
    /// Where what is in it begins.
    let content: Int
    /// Whether that is on the line that opens it. Then it may be closed on any.
    let isInline: Bool
    /// How many roots there were before it.
    let roots: Int
  }

  /// False where it is not to be seen yet whether a fence opens or closes here. `at` is on a sign of fences.
  mutating func readFence(_ sign: UInt8) -> Bool {
    let run = lengthOfRun(of: sign)
    if run < 3 {
      if isShort { return false }
      passProse(run)
      return true
    }
    if let fence {
      let closes = sign == fence.sign && (isLineBlank || fence.isInline) && closesFence(at: at)
      if isShort { return false }
      if closes { endFence(at: at, isClosed: true) }
      passProse(run)
      return true
    }
    return openFence(sign, run)
  }

  /// A run as long as a text is not counted again with every piece of it.
  private mutating func lengthOfRun(of sign: UInt8) -> Int {
    var place = at
    while place - at < 64, peek(place) == sign { place += 1 }
    return place - at
  }

  private mutating func openFence(_ sign: UInt8, _ run: Int) -> Bool {
    var place = at + run
    let word = place
    while place - word < 32, peek(place).isOfLanguage { place += 1 }
    let language = word..<min(place, text.count)
    place = afterLineBlanks(place)
    let next = peek(place)
    let isInline = [.openBrace, .openBracket].contains(next) || (sign == .backtick && next == .backslash)
    let isLineEnd = next == .newline || next == .carriageReturn || place >= text.count
    let opens = isInline || isLineEnd || (isLineBlank && (sign == .tilde || !isSpanOfCode(place)))
    if isShort { return false }
    guard opens, isLineEnd || isLineBlank || isInline else {
      passProse(run)
      return true
    }
    if isWhole { passProse(0) }
    fence = Fence(
      sign: sign, length: run, language: String(decoding: text[language], as: UTF8.self), content: place,
      isInline: isInline, roots: tree.roots.count)
    isLineBlank = true
    at = place
    return true
  }

  /// Back-ticks that are closed on the same line.
  private mutating func isSpanOfCode(_ start: Int) -> Bool {
    for place in start..<start + 256 {
      let byte = peek(place)
      if byte == .backtick { return true }
      if byte == .newline || place >= text.count { return false }
    }
    return false
  }

  /// As many signs as the fence was opened with, and nothing that reads on.
  mutating func closesFence(at start: Int) -> Bool {
    guard let fence else { return false }
    for place in start..<start + fence.length where peek(place) != fence.sign { return false }
    var place = start + fence.length
    while place - start < 64, peek(place) == fence.sign { place += 1 }
    let next = peek(place)
    return !next.isLetter && !next.isDigit && next != .openBrace && next != .openBracket
  }

  /// What was in it, if it is just one value that is not in brackets, is a root.
  mutating func endFence(at end: Int, isClosed: Bool) {
    guard let ended = fence else { return }
    fence = nil
    guard tree.roots.count == ended.roots else { return }
    var range = ended.content..<end
    while let first = range.first, text[first].isBlank { range.removeFirst() }
    while let last = range.last, text[last].isBlank { range.removeLast() }
    work &+= end - ended.content
    guard !range.isEmpty, !text[range].contains(.newline) else { return }
    tree.roots.append(LooseTree.Root(node: tree.nodes.count, place: .fence(ended.language)))
    addScalar(range, isClosed: isClosed)
  }

  private mutating func addScalar(_ range: Range<Int>, isClosed: Bool) {
    var node = LooseTree.Node(
      kind: .bare, isClosed: isClosed, start: range.lowerBound, end: range.upperBound,
      next: tree.nodes.count + 1)
    if let (quote, length) = openingQuote(at: range.lowerBound), range.count >= length * 2,
      case let closing = lengthOfLast(quote, range), closing > 0
    {
      node = LooseTree.Node(
        kind: .string, isClosed: true, isPlain: false, start: range.lowerBound, end: range.upperBound,
        next: tree.nodes.count + 1, opening: UInt8(length), closing: UInt8(closing))
      if let kind = quote.mend { mend(kind, at: range.lowerBound) }
    } else if let kind = BareForm(text[range]).mend {
      node.isPlain = !text[range].contains(.backslash)
      mend(kind, at: range.lowerBound)
    }
    if let wrong = UTF8.firstInvalid(in: text, range) { mend(.invalidUTF8, at: wrong) }
    tree.nodes.append(node)
  }

  private mutating func lengthOfLast(_ quote: LooseQuote, _ range: Range<Int>) -> Int {
    for length in [6, 3, 2, 1] where range.count >= length {
      if closingLength(of: quote, at: range.upperBound - length) == length { return length }
    }
    return 0
  }
}
