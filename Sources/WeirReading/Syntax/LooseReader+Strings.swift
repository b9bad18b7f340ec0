import WeirValues

extension LooseReader {
  struct OpenString {
    var quote = LooseQuote.double
    var node = 0
    var isKey = false
    /// Up to where it was read.
    var scan = 0
    var isASCII = true
    /// What was already forgiven in it: once is enough to know.
    var forgiven = Forgiven()
    /// Quotes in it that were found to be part of the text.
    var refused = 0
    /// The comma before the last of these, and that quote.
    var commaAndQuote: (comma: Int, quote: Int)?
    /// Where it would end if it has no closing quote: its end, and where reading goes on.
    var fallback: (end: Int, at: Int)?
    /// How many mends there were when it began.
    var mends = 0
  }

  struct Forgiven: OptionSet {
    let rawValue: UInt8
    static let quote = Forgiven(rawValue: 1)
    static let control = Forgiven(rawValue: 2)
    static let escape = Forgiven(rawValue: 4)
  }

  mutating func openString(_ quote: LooseQuote, length: Int, isKey: Bool) {
    if let kind = quote.mend { mend(kind, at: at) }
    if quote == .escaped { root.isEscaped = true }
    string.quote = quote
    string.node = tree.nodes.count
    string.isKey = isKey
    string.scan = at + length
    string.isASCII = quote.closingBytes.0 < 0x80
    string.forgiven = Forgiven()
    string.refused = 0
    string.commaAndQuote = nil
    string.fallback = nil
    string.mends = tree.mends.count
    tree.nodes.append(
      LooseTree.Node(
        kind: .string, isPlain: quote != .escaped && quote != .entity, start: at, end: at + length,
        next: tree.nodes.count + 1, opening: UInt8(length)))
    part = .string
  }

  private mutating func forgive(_ kind: Reading.Change.Kind, _ once: Forgiven, at offset: Int) {
    if string.forgiven.insert(once).inserted { mend(kind, at: offset) }
  }

  mutating func readString() -> Bool {
    let signs = string.quote.closingBytes
    while true {
      let start = string.scan
      string.scan = text.endOfPlainText(from: start, signs, isASCII: &string.isASCII)
      work &+= string.scan - start
      guard string.scan < text.count else { return false }
      let closing = closingLength(of: string.quote, at: string.scan)
      if isShort { return false }
      if closing > 0 {
        guard let isEnded = readQuote(length: closing) else { return false }
        if isEnded { return true }
        continue
      }
      switch text[string.scan] {
      case .backslash: if !readEscape() { return false }
      case .newline:
        guard let isEnded = readLineEnd() else { return false }
        if isEnded { return true }
      case 0..<0x20:
        forgive(.unescapedControl, .control, at: string.scan)
        string.scan += 1
      default: string.scan += 1
      }
    }
  }

  /// Whether the string ends with the quote that stands here; nil where that is not to be seen yet.
  private mutating func readQuote(length: Int) -> Bool? {
    let place = string.scan
    // A key, mostly.
    if string.isKey, place + length < text.count, text[place + length] == .colon, !string.quote.isTriple {
      endString(at: place, closing: length, goOnAt: place + length)
      return true
    }
    // Three close at once, but the text may end with one more.
    let closes = string.quote.isTriple ? peek(place + length) != text[place] : closesString(place, length)
    if isShort { return nil }
    if closes {
      endString(at: place, closing: length, goOnAt: place + length)
      return true
    }
    if string.quote.isTriple {
      string.scan += 1
      return false
    }
    if let end = endBeforeQuote(place, length) {
      endString(at: end, closing: 0, goOnAt: end)
      return true
    }
    if isShort { return nil }
    forgive(.unescapedQuote, .quote, at: place)
    hasQuotesInStrings = true
    if string.quote.isDoubled, text[place] == peek(place + 1) { return readTwoQuotes() }
    string.refused += 1
    string.commaAndQuote = text.commaBefore(place).map { ($0, place) }
    string.scan += length
    return false
  }

  /// Two quotes in a string stand for one, unless the second closes it.
  private mutating func readTwoQuotes() -> Bool? {
    let closes = closesString(string.scan + 1, 1)
    if isShort { return nil }
    string.refused += 1
    string.commaAndQuote = nil
    string.scan += closes ? 1 : 2
    if !closes { tree.nodes[string.node].isPlain = false }
    return false
  }

  /// Where the string ended, if the quote here belongs to what comes after it: its own closing quote was
  /// forgotten. `{"a": "x, "b": 1}`, `{"a: 1}`
  private mutating func endBeforeQuote(_ place: Int, _ length: Int) -> Int? {
    let start = tree.nodes[string.node].content.lowerBound
    if string.isKey {
      guard place - start < 128 else { return nil }
      return text[start..<place].firstIndex { $0 == .colon }
    }
    guard string.refused == 1, let (comma, quote) = string.commaAndQuote, place - quote < 128 else {
      return nil
    }
    guard let frame = frames.last, frame.isObject, isColon(at: afterBlanks(place + length)) else {
      return nil
    }
    return isShort || text[quote..<place].contains(.newline) ? nil : comma
  }

  /// False where the rest of the escape has not come yet.
  private mutating func readEscape() -> Bool {
    if string.quote == .escaped { return readEscapeInEscaped() }
    let place = string.scan
    let escape = peek(place + 1)
    guard place + 1 < text.count else { return false }
    var isRight = true
    switch escape {
    case .quote, .backslash, .slash, 0x62, 0x66, 0x6E, 0x72, 0x74: break
    case 0x75:
      for digit in 2..<6 where isRight {
        // What the end of the text cuts off is not wrong.
        if place + digit >= text.count { return false }
        isRight = peek(place + digit).hexadecimalValue != nil
      }
    default: isRight = false
    }
    if !isRight { forgive(.wrongEscape, .escape, at: place) }
    tree.nodes[string.node].isPlain = false
    string.scan += escape < 0x80 ? 2 : 1
    return true
  }

  /// `\\\"` is a quote in the text; `\"` alone was looked at as a closing quote before.
  private mutating func readEscapeInEscaped() -> Bool {
    let place = string.scan
    guard peek(place + 1) == .backslash else {
      string.scan += 1
      return !isShort
    }
    let isQuote = peek(place + 2) == .backslash && peek(place + 3) == .quote
    if isShort { return false }
    string.scan += isQuote ? 4 : 2
    return true
  }

  /// Whether the string ended with its line, as its closing quote was forgotten.
  private mutating func readLineEnd() -> Bool? {
    if let found = lineEndFallback() {
      if isShort { return nil }
      if found.isCertain {
        endString(at: found.end, closing: 0, goOnAt: found.end)
        return true
      }
      if string.fallback == nil { string.fallback = (found.end, found.end) }
    }
    if isShort { return nil }
    forgive(.unescapedControl, .control, at: string.scan)
    string.scan += 1
    return false
  }

  /// Where the string would end if it ended with this line. It is certain where the next line could not
  /// be part of it.
  private mutating func lineEndFallback() -> (end: Int, isCertain: Bool)? {
    guard !string.isKey, !string.quote.isTriple, string.refused == 0, let frame = frames.last else {
      return nil
    }
    let start = tree.nodes[string.node].content.lowerBound
    var end = string.scan
    while end > start, string.scan - end < 64, text[end - 1].isBlank { end -= 1 }
    guard end > start, !text[end - 1].isBlank else { return nil }
    // A text with a bracket at the end of its line is code, and goes on.
    let last = text[end - 1]
    if last == .openBrace || last == .openBracket || last == .openParenthesis || last == .colon { return nil }
    if last == .comma { end -= 1 }
    let next = afterBlanks(string.scan)
    if isShort { return (end, false) }
    if frame.isObject, isNamedKey(at: next) { return (end, true) }
    if last == .comma, !frame.isObject, isWholeElement(at: next) { return (end, true) }
    if peek(next) == .closeBrace || peek(next) == .closeBracket { return (end, closesAll(from: next)) }
    if let fence, peek(next) == fence.sign, closesFence(at: next) {
      return (end, afterBlanks(next + fence.length) >= text.count)
    }
    return nil
  }

  /// A key in quotes that begins as names do, so that it is not the closing quote with what follows.
  private mutating func isNamedKey(at place: Int) -> Bool {
    guard let (_, length) = openingQuote(at: place), peek(place + length).isOfName else { return false }
    return isQuotedKey(at: place)
  }

  /// A string on one line with a comma, a bracket or nothing behind it.
  private mutating func isWholeElement(at start: Int) -> Bool {
    guard let (quote, length) = openingQuote(at: start), peek(start + length).isOfName else { return false }
    for place in start + length..<start + 256 {
      let closing = closingLength(of: quote, at: place)
      if closing > 0 {
        let next = peek(afterLineBlanks(place + closing))
        return next == .comma || next == .closeBracket || next == .newline
      }
      if peek(place) == .newline || place >= text.count { return false }
    }
    return false
  }

  /// Whether the brackets here close all that is open, and nothing follows.
  private mutating func closesAll(from start: Int) -> Bool {
    var place = start
    var level = frames.count
    while level > 0, peek(place) == frames[level - 1].closer {
      level -= 1
      place = afterBlanks(place + 1)
    }
    guard level == 0 else { return false }
    if let fence { return peek(place) == fence.sign && closesFence(at: place) }
    return place >= text.count
  }

  /// Two quotes on either side are those of the string.
  private mutating func takeInSecondQuotes(_ content: Range<Int>) {
    guard content.count > 1, text[content.lowerBound] == .quote, text[content.upperBound - 1] == .quote,
      tree.nodes[string.node].opening == 1
    else { return }
    tree.nodes[string.node].opening = 2
    tree.nodes[string.node].closing = 2
  }

  /// Looks at what may be no UTF-8, which is forgiven.
  mutating func coding(of said: Range<Int>, isASCII: Bool) -> LooseTree.Node.Coding {
    if isASCII { return .ascii }
    guard let wrong = UTF8.firstInvalid(in: text, said) else { return .utf8 }
    mend(.invalidUTF8, at: wrong)
    return .unknown
  }

  /// The string says what stands up to `end`; reading goes on at `next`.
  mutating func endString(at end: Int, closing: Int, goOnAt next: Int) {
    if closing == 0 {
      takeBackMends(from: end, since: string.mends)
      mend(.missingQuote, at: end)
    }
    let start = tree.nodes[string.node].content.lowerBound
    tree.nodes[string.node].coding = coding(of: start..<end, isASCII: string.isASCII)
    tree.nodes[string.node].isClosed = true
    tree.nodes[string.node].closing = UInt8(closing)
    if string.refused == 2, closing == 1 { takeInSecondQuotes(start..<end) }
    tree.nodes[string.node].end = end + closing
    at = next
    part = .between
    if string.isKey { frames[frames.count - 1].state = .colon }
  }
}

extension UnsafeRawBufferPointer {
  /// The comma before what stands at `place`, with some blanks between.
  fileprivate func commaBefore(_ place: Int) -> Int? {
    var before = place - 1
    while before > place - 32, self[before].isBlank { before -= 1 }
    return self[before] == .comma ? before : nil
  }
}
