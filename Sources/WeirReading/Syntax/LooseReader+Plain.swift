import WeirValues

/// What mostly stands in an object or list, taken at once: strings, keys and words of which the first look
/// tells where they end. Each of these does nothing, and says so, where there is any doubt, or where the text
/// that came so far ends near; then they are read byte by byte, and come to the same.
extension LooseReader {
  /// A key that was found when the end of the value before it was looked for.
  struct SeenKey {
    /// Of what is between its quotes.
    var start = -1
    var end = -1
    var isASCII = true
  }

  /// A string in quotes of one sign.
  mutating func readPlainString(_ quote: UInt8, isKey: Bool) -> Bool {
    let start = at + 1
    var isASCII = true
    let end: Int
    if seenKey.start == start {
      end = seenKey.end
      isASCII = seenKey.isASCII
    } else {
      end = text.endOfPlainText(from: start, (quote, quote), isASCII: &isASCII)
      work &+= end - start
    }
    // Three quotes are another one.
    guard end + 2 < text.count, text[end] == quote, end > start || text[end + 1] != quote else {
      return false
    }
    guard isKey ? text[end + 1] == .colon : closesPlainly(end, quote) else { return false }
    if quote == .apostrophe { mend(.otherQuote, at: at) }
    string.node = tree.nodes.count
    var node = LooseTree.Node(
      kind: .string, isClosed: true, start: at, end: end + 1, next: tree.nodes.count + 1, opening: 1,
      closing: 1)
    node.coding = coding(of: start..<end, isASCII: isASCII)
    tree.nodes.append(node)
    at = isKey ? end + 2 : end + 1
    setState(isKey ? .value : .after)
    return true
  }

  /// Whether what follows the quote at `place` is the end of what is around, the next field or element.
  private mutating func closesPlainly(_ place: Int, _ quote: UInt8) -> Bool {
    let frame = frames[frames.count - 1]
    let next = afterPlainBlanks(place + 1)
    guard next + 1 < text.count else { return false }
    let byte = text[next]
    if byte == .comma { return goesOnPlainly(afterPlainBlanks(next + 1), frame) }
    if byte == frame.closer { return text[next + 1] != quote }
    guard byte == .quote || byte == .apostrophe, next > place + 1 else { return false }
    return goesOnPlainly(next, frame)
  }

  /// Whether the next field or element, or the end of a list, stands there.
  private mutating func goesOnPlainly(_ place: Int, _ frame: Frame) -> Bool {
    guard place + 2 < text.count else { return false }
    let byte = text[place]
    switch byte {
    case .quote, .apostrophe:
      if text[place + 1] == byte, text[place + 2] == byte { return false }
      return !frame.isObject || isPlainKey(place + 1, byte == .quote ? .double : .single)
    case .openBrace, .openBracket, .minus, 0x30...0x39: return !frame.isObject
    case .closeBrace, .closeBracket: return true
    default: return frame.isObject && endOfPlainName(place) != nil
    }
  }

  /// Where a name without quotes ends that has its colon right behind it.
  private mutating func endOfPlainName(_ start: Int) -> Int? {
    guard text[start].isLetter else { return nil }
    var end = start + 1
    while end < text.count, end - start < 48, text[end].isLetter || text[end].isDigit || text[end] == 0x5F {
      end += 1
    }
    work &+= end - start
    // The colon of an address is none.
    guard end + 1 < text.count, text[end] == .colon, text[end + 1] != .slash else { return nil }
    return end
  }

  private mutating func afterPlainBlanks(_ start: Int) -> Int {
    var place = start
    while place < text.count, text[place].isBlank { place += 1 }
    work &+= place - start
    return place
  }

  /// A key that is a name without quotes.
  mutating func readPlainName() -> Bool {
    guard let end = endOfPlainName(at) else { return false }
    tree.nodes.append(
      LooseTree.Node(kind: .bare, isClosed: true, start: at, end: end, next: tree.nodes.count + 1))
    mend(.unquotedKey, at: at)
    at = end + 1
    setState(.value)
    return true
  }

  /// A number as JSON has it, or one of the words of JSON and of Python.
  mutating func readPlainWord(_ first: UInt8) -> Bool {
    var kind: Reading.Change.Kind?
    let end: Int
    switch first {
    case 0x74: end = text.endOfWord("true", at: at)
    case 0x66: end = text.endOfWord("false", at: at)
    case 0x6E: end = text.endOfWord("null", at: at)
    case 0x54:
      end = text.endOfWord("True", at: at)
      kind = .otherWord
    case 0x46:
      end = text.endOfWord("False", at: at)
      kind = .otherWord
    case 0x4E:
      end = text.endOfWord("None", at: at)
      kind = .otherWord
    default: end = text.endOfPlainNumber(at: at)
    }
    guard end > at, end + 1 < text.count, endsPlainly(end) else { return false }
    work &+= end - at
    if let kind { mend(kind, at: at) }
    tree.nodes.append(
      LooseTree.Node(kind: .bare, isClosed: true, start: at, end: end, next: tree.nodes.count + 1))
    at = end
    setState(.after)
    return true
  }

  /// Whether what follows a word or number is not part of it.
  private mutating func endsPlainly(_ end: Int) -> Bool {
    let frame = frames[frames.count - 1]
    switch text[end] {
    case .newline: return true
    case .comma:
      if !frame.isObject || text[end + 1] == .newline { return true }
      let next = afterPlainBlanks(end + 1)
      return next < text.count && text[next] == .quote
    default: return text[end] == frame.closer
    }
  }
}

// Of the bytes alone: whatever the reader is asked and does not change, it is copied for.
extension UnsafeRawBufferPointer {
  /// Behind the word, or `start` where another one stands.
  fileprivate func endOfWord(_ word: StaticString, at start: Int) -> Int {
    let length = word.utf8CodeUnitCount
    guard start + length < count else { return start }
    for index in 1..<length where self[start + index] != word.utf8Start[index] { return start }
    return start + length
  }

  /// Behind the digits with a sign and a point, or `start` where no number stands.
  fileprivate func endOfPlainNumber(at start: Int) -> Int {
    let first = self[start] == .minus ? start + 1 : start
    let whole = endOfDigits(from: first)
    guard whole > first, whole == first + 1 || self[first] != 0x30 else { return start }
    guard whole < count, self[whole] == .point else { return whole }
    let end = endOfDigits(from: whole + 1)
    return end > whole + 1 ? end : start
  }

  private func endOfDigits(from start: Int) -> Int {
    var end = start
    while end < count, self[end].isDigit { end += 1 }
    return end
  }
}
