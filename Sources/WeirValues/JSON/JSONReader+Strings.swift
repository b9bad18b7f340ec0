extension JSONReader {
  mutating func readString() throws(JSONError) -> String {
    at += 1
    let start = at
    wasPlain = skipPlain()
    guard at < bytes.count else { throw error("the string is not closed") }
    guard bytes[at] == UInt8(ascii: "\"") else { return try readEscapedString(from: start) }
    if !wasPlain { try checkUTF8(start..<at) }
    let text = Self.string(bytes, start..<at)
    at += 1
    return text
  }

  private mutating func readEscapedString(from start: Int) throws(JSONError) -> String {
    var text: [UInt8] = []
    swap(&text, &scratch)
    defer { swap(&text, &scratch) }
    text.removeAll(keepingCapacity: true)
    text += bytes[start..<at]
    var isASCII = wasPlain
    wasPlain = false
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        if !isASCII { try checkUTF8(start..<at) }
        at += 1
        return Self.string(text, text.indices)
      case UInt8(ascii: "\\"): try readEscape(into: &text)
      case ..<0x20: throw error("a control character in a string must be escaped")
      default:
        let start = at
        if !skipPlain() { isASCII = false }
        text += bytes[start..<at]
      }
    }
    throw error("the string is not closed")
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(JSONError) {
    guard at + 1 < bytes.count else { throw error("the string is not closed") }
    let escape = bytes[at + 1]
    at += 2
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try readUnicodeEscape()).utf8)
    default:
      at -= 2
      throw error("unknown escape")
    }
  }

  private mutating func readUnicodeEscape() throws(JSONError) -> Character {
    let first = try readHexadecimal()
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    let isPair =
      first < 0xDC00 && at + 1 < bytes.count && bytes[at] == UInt8(ascii: "\\")
      && bytes[at + 1] == UInt8(ascii: "u")
    guard isPair else { return "\u{FFFD}" }
    let rewind = at
    at += 2
    let second = try readHexadecimal()
    guard (0xDC00...0xDFFF).contains(second) else {
      at = rewind
      return "\u{FFFD}"
    }
    let scalar = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    return Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")
  }

  private mutating func readHexadecimal() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for place in at..<at + 4 {
      let digit = place < bytes.count ? Character(Unicode.Scalar(bytes[place])).hexDigitValue : nil
      guard let digit, bytes[place] < 0x80 else {
        throw error("expected four hexadecimal digits after `\\u`")
      }
      value = value << 4 | UInt16(digit)
    }
    at += 4
    return value
  }

  /// Goes on to what ends a string or needs a closer look; says whether all on the way is ASCII.
  private mutating func skipPlain() -> Bool {
    var isASCII = true
    // Eight bytes at a time, which only a raw pointer gives.
    at = bytes.withUnsafeBytes { $0.endOfPlainText(from: at, isASCII: &isASCII) }
    return isASCII
  }

  private mutating func checkUTF8(_ range: Range<Int>) throws(JSONError) {
    guard let wrong = UTF8.firstInvalid(in: bytes, range) else { return }
    at = wrong
    throw error("the string is not valid UTF-8")
  }

  private static func string(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    // The pointer is there for speed alone: a slice of an array is made a string by generic code.
    bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
    }
  }
}
