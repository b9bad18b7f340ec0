extension JSONReader {
  /// `at` is on the quote.
  mutating func readString() throws(JSONError) -> String {
    let start = at + 1
    var isASCII = true
    at = bytes.endOfPlainText(from: start, isASCII: &isASCII)
    guard at < bytes.count else { throw error("the string is not closed") }
    let plain = start..<at
    guard bytes[at] == UInt8(ascii: "\"") else {
      return try readEscapedString(after: plain, isASCII: isASCII)
    }
    at += 1
    return try text(UnsafeRawBufferPointer(rebasing: bytes[plain]), of: plain, isASCII: isASCII)
  }

  /// The name of a field, which mostly is one that was read before.
  mutating func readName() throws(JSONError) -> (String, NamesOfObjects.Mark) {
    let start = at + 1
    if let (name, count, mark) = names.expected(in: bytes, at: start) {
      at = start + count + 1
      return (name, mark)
    }
    var isASCII = true
    let end = bytes.endOfPlainText(from: start, isASCII: &isASCII)
    // Names are compared eight bytes at a time, which must not reach beyond the end.
    guard isASCII, end > start, end + 8 <= bytes.count, bytes[end] == UInt8(ascii: "\"") else {
      return (try readString(), .any)
    }
    at = end + 1
    return names.text(of: start..<end, in: bytes)
  }

  /// `at` is behind `plain`, the text of the string up to its first escape.
  private mutating func readEscapedString(
    after plain: Range<Int>, isASCII: Bool
  ) throws(JSONError) -> String {
    var isASCII = isASCII
    unescaped.removeAll()
    hasUnicodeEscape = false
    defer { hasUnicodeEscape = false }
    unescaped.append(UnsafeRawBufferPointer(rebasing: bytes[plain]))
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        let source = plain.lowerBound..<at
        at += 1
        return try text(unescaped.bytes, of: source, isASCII: isASCII)
      case UInt8(ascii: "\\"): try readEscape()
      default: throw error("a control character in a string must be escaped")
      }
      at = unescaped.appendPlainText(bytes, from: at, isASCII: &isASCII)
    }
    throw error("the string is not closed")
  }

  /// The text that a string says; `source` is where it stands, which is to be UTF-8.
  private mutating func text(
    _ said: UnsafeRawBufferPointer, of source: Range<Int>, isASCII: Bool
  ) throws(JSONError) -> String {
    if !isASCII, let wrong = UTF8.firstInvalid(in: bytes, source) {
      at = wrong
      throw error("the string is not valid UTF-8")
    }
    return String(checked: said, isASCII: isASCII && !hasUnicodeEscape)
  }

  private mutating func readEscape() throws(JSONError) {
    guard at + 1 < bytes.count else { throw error("the string is not closed") }
    let escape = bytes[at + 1]
    at += 2
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(escape)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"):
      unescaped.append(try readUnicodeEscape())
      hasUnicodeEscape = true
    default:
      at -= 2
      throw error("unknown escape")
    }
  }

  private mutating func readUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try readHexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
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
    return Unicode.Scalar(scalar) ?? "\u{FFFD}"
  }

  private mutating func readHexadecimal() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for place in at..<at + 4 {
      guard place < bytes.count, let digit = Self.hexadecimalDigit(bytes[place]) else {
        throw error("expected four hexadecimal digits after `\\u`")
      }
      value = value << 4 | UInt16(digit)
    }
    at += 4
    return value
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
