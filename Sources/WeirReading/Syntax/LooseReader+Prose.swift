extension LooseReader {
  /// The root that is open, and what there was before it.
  struct OpenRoot {
    var start = 0
    var nodes = 0
    var mends = 0
    var roots = 0
    /// Whether it stands in prose, where a bracket may be just a bracket.
    var isInProse = false
    /// Whether it begins as only values do: with a quote or another bracket.
    var isCertain = false
    /// Whether it has several words as a key or an element without quotes, as prose does.
    var hasWords = false
    /// Whether `\"` stood where a quote was due: it was once the inside of a string.
    var isEscaped = false
    /// Whether keys stand before their values without colons.
    var lacksColons = false
  }

  mutating func readStart() -> Bool {
    if isWord("\u{FEFF}", at: 0), !isShort { _ = skip(3, .byteOrderMark) }
    // A short text that begins as a byte-order mark does may become one.
    if isShort, text.isEmpty || text[0] == 0xEF { return false }
    part = .prose
    isWhole = true
    return true
  }

  mutating func readProse() -> Bool {
    let start = at
    defer { work &+= at - start }
    while at < text.count {
      let byte = text[at]
      switch byte {
      case .newline:
        isLineBlank = true
        at += 1
      case .blank, .tab, .carriageReturn: at += 1
      case .openBrace, .openBracket, 0xEF:
        let (sign, length) = byte == 0xEF ? sign(at: at) : (byte, 1)
        let opens = opensRoot(sign, length)
        if isShort { return false }
        if opens {
          openRoot(sign, length)
          return true
        }
        passProse(1)
      case .backtick, .tilde: if !readFence(byte) { return false }
      case .less: if !readTag() { return false }
      case .closeBrace, .closeBracket, .comma, .semicolon: readBehindRoot(byte)
      default: passProse(1)
      }
    }
    return false
  }

  @inline(__always)
  mutating func passProse(_ length: Int) {
    if isWhole { endWhole() }
    isLineBlank = false
    at += length
  }

  /// There is more in the text than the first root.
  private mutating func endWhole() {
    isWhole = false
    if let first = tree.roots.first, first.place == .whole {
      tree.roots[0] = LooseTree.Root(node: first.node, place: .prose)
      root.isInProse = true
    }
  }

  /// Right behind a value that is all of the text there may be too many of these.
  private mutating func readBehindRoot(_ byte: UInt8) {
    guard isWhole, !tree.roots.isEmpty else { return passProse(1) }
    _ = skip(1, byte.isCloser ? .surplusBracket : .surplusComma)
  }

  private mutating func openRoot(_ sign: UInt8, _ length: Int) {
    if length > 1 { mend(.missingBracket, at: at) }
    let isFirst = isWhole && tree.roots.isEmpty
    if !isFirst, isWhole { endWhole() }
    let place: Reading.Place = fence.map { .fence($0.language) } ?? (isFirst ? .whole : .prose)
    root = OpenRoot(
      start: at, nodes: tree.nodes.count, mends: tree.mends.count - (length > 1 ? 1 : 0),
      roots: tree.roots.count, isInProse: place == .prose || place == .whole)
    let next = peek(afterRootBlanks(at + length))
    root.isCertain = next == .quote || next == .openBrace || next == .openBracket || next == .backslash
    tree.roots.append(LooseTree.Root(node: tree.nodes.count, place: place))
    openContainer(sign, length: length)
  }

  /// Whether a value plausibly begins with the bracket at `at`.
  private mutating func opensRoot(_ sign: UInt8, _ length: Int) -> Bool {
    let next = afterRootBlanks(at + length)
    if sign == .openBrace { return opensObject(next) }
    return sign == .openBracket && opensList(next)
  }

  /// A text that was once the inside of a string has `\n` for its line ends.
  private mutating func afterRootBlanks(_ start: Int) -> Int {
    let wasEscaped = root.isEscaped
    defer { root.isEscaped = wasEscaped }
    root.isEscaped = true
    return afterBlanks(start)
  }

  /// With a text that begins or a fence that begins with a bracket, there is little doubt.
  private var isAtStart: Bool { isWhole && tree.roots.isEmpty }

  private mutating func opensObject(_ next: Int) -> Bool {
    if next >= text.count { return isFinished && (isAtStart || fence != nil) }
    if isCommentStart(at: next) { return true }
    switch self.sign(at: next).byte {
    case .closeBrace: return true
    case .comma: return isQuotedKey(at: afterBlanks(next + 1))
    case .backtick: return isQuotedKey(at: next)
    default: break
    }
    return openingQuote(at: next) != nil || isWordKey(at: next)
  }

  private mutating func opensList(_ next: Int) -> Bool {
    if next >= text.count { return isFinished && (isAtStart || fence != nil) }
    let byte = self.sign(at: next).byte
    switch byte {
    case .openBrace, .openBracket, .openParenthesis: return true
    case .comma: return isNextElement(at: afterBlanks(next + 1))
    case .closeBracket: return !isLink(next) && !isTaskBox(next)
    case 0x30...0x39: return !isLink(next)
    case .minus, .plus, .point: return peek(next + 1).isDigit
    case .backtick: return false
    default: break
    }
    if isCommentStart(at: next) || openingQuote(at: next) != nil { return true }
    return byte.isOfName && isListOfWords(next)
  }

  /// `[1](…)` and `[1]: …` are of Markdown.
  private mutating func isLink(_ start: Int) -> Bool {
    var place = start
    while place - start < 16, peek(place).isDigit { place += 1 }
    guard peek(place) == .closeBracket else { return false }
    let next = peek(place + 1)
    return next == .openParenthesis || next == .colon
  }

  /// Words up to a comma or the bracket, near and on one line; not the text of a link, nor the box of a task.
  private mutating func isListOfWords(_ start: Int) -> Bool {
    for place in start..<start + 96 {
      switch peek(place) {
      case .comma: return true
      case .closeBracket:
        let next = peek(place + 1)
        return next != .openParenthesis && next != .openBracket && next != .colon && !isTaskBox(place)
      case .newline:
        return isAtStart || fence != nil || hasLineEnd(at..<start) || BareForm.isWord(text[start..<place])
      case 0 where place >= text.count: return isFinished && isAtStart
      default: break
      }
    }
    return false
  }

  private func isTaskBox(_ closer: Int) -> Bool {
    guard closer == at + 2, at >= 2, text[at - 1] == .blank else { return false }
    return [.minus, .star, .plus].contains(text[at - 2])
  }
}
