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
struct JSONReader {
  let bytes: [UInt8]
  var at = 0
  private var depth = 0
  /// The room in which escapes are taken out, kept from string to string.
  var scratch: [UInt8] = []
  /// Whether the last string was ASCII without an escape.
  var wasPlain = false
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

  func error(_ message: String) -> JSONError { JSONError(message: message, offset: at) }
}
