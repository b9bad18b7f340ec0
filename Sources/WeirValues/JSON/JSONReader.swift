/// Why a text is not JSON, and where.
package struct JSONError: Error, Sendable, Hashable {
  /// Lower case, without a full stop: `expected a value`.
  package let message: String
  /// In bytes.
  package let offset: Int
}

extension Value {
  /// Reads a JSON text strictly (RFC 8259): order and exact numbers kept; of equal names in an
  /// object the last one holds. A lone surrogate, which models do write, becomes U+FFFD.
  package init(json bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.readDocument()
  }

  package init(json text: String) throws(JSONError) {
    try self.init(json: Array(text.utf8))
  }
}

/// One pass over bytes; every byte is looked at once, strings without escapes are taken whole.
private struct JSONReader {
  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0
  /// The room in which escapes are taken out, kept from string to string.
  private var scratch: [UInt8] = []
  /// Whether the last string was ASCII without an escape.
  private var wasPlain = false
  private var lastName = FieldsOfAnObject.Mark.any
  /// How many fields the last object had that began after such a name: the next one mostly has as
  /// many, as objects of one kind come again and again.
  private var likelyCounts = [Int](repeating: 0, count: 64)
  private static let greatestDepth = 512

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func readDocument() throws(JSONError) -> Value {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    let value = try readValue()
    skipBlanks()
    if at < bytes.count { throw error("text after the end of the JSON") }
    return value
  }

  private mutating func readValue() throws(JSONError) -> Value {
    skipBlanks()
    guard at < bytes.count else { throw error("expected a value, found the end of the text") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return .record(try readObject())
    case UInt8(ascii: "["): return .list(try readArray())
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try readNumber())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    default: throw error("expected a value")
    }
  }

  private mutating func readObject() throws(JSONError) -> Record {
    try enter()
    skipBlanks()
    if take("}") {
      depth -= 1
      return Record()
    }
    let kind = lastName.place
    var fields = FieldsOfAnObject(likelyCount: likelyCounts[kind])
    while true {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw error("expected a name in double quotes")
      }
      let name = try readName()
      let mark = lastName
      skipBlanks()
      guard take(":") else { throw error("expected `:` after the name") }
      fields.append(Record.Field(name, try readValue()), mark)
      skipBlanks()
      if take(",") { continue }
      guard take("}") else { throw error("expected `,` or `}`") }
      likelyCounts[kind] = fields.record.count
      depth -= 1
      return fields.record
    }
  }

  private mutating func readName() throws(JSONError) -> String {
    let start = at + 1
    let name = try readString()
    let isPlain = wasPlain && at - start > 1
    lastName = isPlain ? .init(first: bytes[start], last: bytes[at - 2], count: at - start) : .any
    return name
  }

  private mutating func readArray() throws(JSONError) -> [Value] {
    try enter()
    var elements: [Value] = []
    skipBlanks()
    if take("]") {
      depth -= 1
      return elements
    }
    while true {
      elements.append(try readValue())
      skipBlanks()
      if take(",") { continue }
      guard take("]") else { throw error("expected `,` or `]`") }
      depth -= 1
      return elements
    }
  }

  private mutating func readString() throws(JSONError) -> String {
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
    guard at + 4 <= bytes.count,
      let value = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
      bytes[at] != UInt8(ascii: "+"), bytes[at] != UInt8(ascii: "-")
    else { throw error("expected four hexadecimal digits after `\\u`") }
    at += 4
    return value
  }

  private mutating func readNumber() throws(JSONError) -> Number {
    let start = at
    _ = take("-")
    let isZero = at < bytes.count && bytes[at] == UInt8(ascii: "0")
    let digits = skipDigits()
    if digits == 0 { throw error("expected a digit") }
    if isZero, digits > 1 { throw error("a number is written without leading zeros") }
    var places = 0
    if take(".") {
      places = skipDigits()
      if places == 0 { throw error("expected a digit after the point") }
    }
    var hasExponent = false
    if take("e") || take("E") {
      hasExponent = true
      if !take("+") { _ = take("-") }
      if skipDigits() == 0 { throw error("expected a digit in the exponent") }
    }
    if !hasExponent, digits + places < 16 { return shortNumber(start..<at, places: places) }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let number = Number(checkedLiteral: text, digits: digits + places) else {
      throw error("expected a number")
    }
    return number
  }

  /// A number of at most 15 digits without an exponent. Its digits and the power of ten below them
  /// are doubles exactly, so their quotient is the double nearest to the number.
  private func shortNumber(_ range: Range<Int>, places: Int) -> Number {
    var value = 0
    for byte in bytes[range] where byte >= UInt8(ascii: "0") { value = value * 10 + Int(byte & 0x0F) }
    if bytes[range.lowerBound] == UInt8(ascii: "-") { value = -value }
    return places == 0 ? Number(value) : Number(Double(value) / Self.powersOfTen[places])
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  private mutating func readWord(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
    let end = at + word.utf8CodeUnitCount
    let isThere =
      end <= bytes.count
      && word.withUTF8Buffer { buffer in bytes[at..<end].elementsEqual(buffer) }
    guard isThere else { throw error("expected a value") }
    at = end
    return value
  }

  /// Goes on to what ends a string or needs a closer look; says whether all on the way is ASCII.
  private mutating func skipPlain() -> Bool {
    var isASCII = true
    // Eight bytes at a time, which only a raw pointer gives.
    at = bytes.withUnsafeBytes { $0.endOfPlainText(from: at, isASCII: &isASCII) }
    return isASCII
  }

  private mutating func skipBlanks() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private mutating func skipDigits() -> Int {
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
    return at - start
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  private mutating func enter() throws(JSONError) {
    at += 1
    depth += 1
    if depth > Self.greatestDepth { throw error("nested more than \(Self.greatestDepth) deep") }
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

  private func error(_ message: String) -> JSONError { JSONError(message: message, offset: at) }
}
