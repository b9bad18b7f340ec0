extension LooseReader {
  /// An object or list that is open.
  struct Frame {
    let node: Int
    var isObject: Bool
    /// The bracket that is due.
    let closer: UInt8
    var state: State
    /// Whether a value was the argument of a call, as in `ObjectId("…")`, whose parenthesis is still due.
    var isCall = false

    /// What comes next.
    enum State: UInt8 {
      case key
      /// The key behind a comma.
      case nextKey
      case colon, value
      /// What follows a value, or one that is being read.
      case after
      case element
      case nextElement
    }
  }

  /// How many brackets of each kind are due.
  struct Closers {
    var braces = 0
    var brackets = 0
    var parentheses = 0

    func count(of closer: UInt8) -> Int {
      switch closer {
      case .closeBrace: braces
      case .closeBracket: brackets
      default: parentheses
      }
    }

    mutating func add(_ count: Int, of closer: UInt8) {
      switch closer {
      case .closeBrace: braces += count
      case .closeBracket: brackets += count
      default: parentheses += count
      }
    }
  }

  private static var greatestDepth: Int { 512 }

  /// The bracket at `at`, so many bytes long, opens something.
  mutating func openContainer(_ bracket: UInt8, length: Int) {
    guard frames.count < Self.greatestDepth else { return dropRoot() }
    let isObject = bracket == .openBrace
    let closer: UInt8 =
      isObject ? .closeBrace : bracket == .openBracket ? .closeBracket : .closeParenthesis
    if !frames.isEmpty { frames[frames.count - 1].state = .after }
    frames.append(
      Frame(node: tree.nodes.count, isObject: isObject, closer: closer, state: isObject ? .key : .element))
    closers.add(1, of: closer)
    tree.nodes.append(
      LooseTree.Node(
        kind: isObject ? .object : .list, start: at, end: at + length, next: tree.nodes.count + 1))
    at += length
    part = .between
  }

  /// The innermost container ends before `end`.
  mutating func closeContainer(at end: Int, isClosed: Bool = true) {
    guard let frame = frames.popLast() else { return }
    closers.add(-1, of: frame.closer)
    if frame.isCall { closers.parentheses -= 1 }
    tree.nodes[frame.node].end = end
    tree.nodes[frame.node].next = tree.nodes.count
    tree.nodes[frame.node].isClosed = isClosed
    if frames.isEmpty {
      part = .prose
      isLineBlank = true
    }
  }

  /// Nothing stands where a value was due.
  mutating func addMissingValue(isClosed: Bool = true) {
    tree.nodes.append(
      LooseTree.Node(kind: .missing, isClosed: isClosed, start: at, end: at, next: tree.nodes.count + 1))
    setState(.after)
  }

  @inline(__always)
  mutating func setState(_ state: Frame.State) { frames[frames.count - 1].state = state }

  /// What valid JSON has is taken here, and what often stands in its place; all else is looked at in
  /// `readUnusual`.
  mutating func readBetween() -> Bool {
    while true {
      let start = at
      while at < text.count, text[at].isBlank { at += 1 }
      work &+= at - start + 1
      guard at < text.count else { return false }
      let byte = text[at]
      switch frames[frames.count - 1].state {
      case .key, .nextKey:
        if byte == .quote || byte == .apostrophe {
          if readPlainString(byte, isKey: true) { continue }
          return readQuoted(isKey: true)
        }
        if byte.isLetter {
          if readPlainName() { continue }
          openBare(isKey: true)
          return true
        }
        if text.isCurlyQuote(at: at) { return readQuoted(isKey: true) }
      case .colon:
        if byte == .colon {
          at += 1
          setState(.value)
          continue
        }
      case .value, .element, .nextElement:
        if byte == .quote || byte == .apostrophe {
          if readPlainString(byte, isKey: false) { continue }
          return readQuoted(isKey: false)
        }
        if byte == .openBrace || byte == .openBracket {
          openContainer(byte, length: 1)
          return true
        }
        if byte.isDigit || byte == .minus || byte.isLetter {
          if readPlainWord(byte) { continue }
          if !byte.isLetter || isLiteral(byte) {
            openBare(isKey: false)
            return true
          }
        }
        if text.isCurlyQuote(at: at) { return readQuoted(isKey: false) }
      case .after:
        if byte == .comma {
          readComma(length: 1)
          continue
        }
        if byte == frames[frames.count - 1].closer { return readCloser(byte, length: 1) }
        if byte == .quote {
          addMissingComma()
          continue
        }
      }
      return readUnusual(byte)
    }
  }

  /// Whether `true`, `false` or `null` begins here, and not something like `new Date("…")`.
  @inline(__always)
  private func isLiteral(_ byte: UInt8) -> Bool {
    guard at + 1 < text.count else { return false }
    let next = text[at + 1]
    return (byte == 0x74 && next == 0x72) || (byte == 0x66 && next == 0x61) || (byte == 0x6E && next == 0x75)
  }

  @inline(__always)
  private mutating func readQuoted(isKey: Bool) -> Bool {
    guard let (quote, length) = openingQuote(at: at), !isShort else { return false }
    if !isKey { setState(.after) }
    openString(quote, length: length, isKey: isKey)
    return true
  }

  mutating func readComma(length: Int) {
    lastComma = at
    at += length
    setState(frames[frames.count - 1].isObject ? .nextKey : .nextElement)
  }

  mutating func addMissingComma() {
    mend(.missingComma, at: at)
    setState(frames[frames.count - 1].isObject ? .key : .element)
  }

  /// A closing bracket: of the innermost container, of one further out, or of none.
  mutating func readCloser(_ closer: UInt8, length: Int) -> Bool {
    let count = closers.count(of: closer)
    guard let frame = frames.last, count > 0 else { return skip(length, .surplusBracket) }
    if frame.isCall, closer == .closeParenthesis {
      frames[frames.count - 1].isCall = false
      closers.parentheses -= 1
      at += length
      return true
    }
    if frames.count == 1, frame.isObject, frame.closer == closer {
      let isSurplus = goesOnBehindRoot(at + length)
      if isShort { return false }
      if isSurplus { return skip(length, .surplusBracket) }
    }
    while let inner = frames.last, inner.closer != closer {
      if frames.count == 1 { return skip(length, .surplusBracket) }
      if inner.isCall, closer == .closeParenthesis { break }
      mend(.missingBracket, at: at)
      closeContainer(at: at)
    }
    if let inner = frames.last, inner.closer != closer { return true }
    at += length
    closeContainer(at: at)
    return true
  }

  /// Whether a comma and another field follow, so that the bracket was one too many.
  private mutating func goesOnBehindRoot(_ place: Int) -> Bool {
    let next = afterLineBlanks(place)
    return peek(next) == .comma && isQuotedKey(at: afterBlanks(next + 1))
  }

  /// Always true: it went on.
  mutating func skip(_ length: Int, _ kind: Reading.Change.Kind) -> Bool {
    mend(kind, at: at)
    at += length
    return true
  }

  /// All that is open ends here, as something stands here that is no part of a value.
  mutating func endRoot() -> Bool {
    completeField()
    while !frames.isEmpty {
      mend(.missingBracket, at: at)
      closeContainer(at: at)
    }
    return true
  }

  /// A key is followed by a value, even if there is none.
  mutating func completeField(isClosed: Bool = true) {
    guard let frame = frames.last, frame.state == .colon || frame.state == .value else { return }
    if frame.state == .colon, isClosed { mend(.missingColon, at: at) }
    addMissingValue(isClosed: isClosed)
  }
}
