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
    self = try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
      var reader = JSONReader(UnsafeRawBufferPointer(bytes))
      return try reader.readDocument()
    }
  }

  package init(json text: String) throws(JSONError) {
    try self.init(json: Array(text.utf8))
  }
}

/// One pass over bytes; every byte is looked at once, strings without escapes are taken whole.
///
/// It reads from a pointer, which the caller keeps valid: an array would be asked at every byte
/// whether the byte is there, which the reader does itself.
struct JSONReader: ~Copyable {
  let bytes: UnsafeRawBufferPointer
  var at = 0
  private var depth = 0
  /// The room in which escapes are taken out, kept from string to string.
  var unescaped = TextBuffer(capacity: 0)
  /// Whether an escape of the string that is read may have said more than ASCII.
  var hasUnicodeEscape = false
  var names: NamesOfObjects
  private var fields = JSONStack<Record.Field>()
  private var elements = JSONStack<Value>()
  private let greatestDepth: Int
  /// Whether a name stood twice in an object.
  private(set) var hasRepeats = false

  init(_ bytes: UnsafeRawBufferPointer, greatestDepth: Int = JSONLimits.greatestDepth) {
    self.bytes = bytes
    self.greatestDepth = greatestDepth
    names = NamesOfObjects(documentSize: bytes.count)
  }

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
    let start = fields.count
    // Seldom is a name there twice, so that is not looked for where a glance can tell.
    var marks: UInt128 = 0
    var mayRepeat = false
    while true {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw error("expected a name in double quotes")
      }
      let (name, mark) = try readName()
      if marks & mark.bits != 0 { mayRepeat = true }
      marks |= mark.bits
      skipBlanks()
      guard take(":") else { throw error("expected `:` after the name") }
      fields.push(Record.Field(name, try readValue()))
      skipBlanks()
      if take(",") { continue }
      guard take("}") else { throw error("expected `,` or `}`") }
      depth -= 1
      let fields = fields.pop(from: start)
      return mayRepeat ? recordOfRepeated(fields) : Record(uniqueFields: fields)
    }
  }

  /// Seldom called; it stays out of the way of what is read mostly.
  @inline(never)
  private mutating func recordOfRepeated(_ fields: consuming [Record.Field]) -> Record {
    let count = fields.count
    let record = Record(fields)
    if record.count < count { hasRepeats = true }
    return record
  }

  private mutating func readArray() throws(JSONError) -> [Value] {
    try enter()
    skipBlanks()
    if take("]") {
      depth -= 1
      return []
    }
    let start = elements.count
    while true {
      elements.push(try readValue())
      skipBlanks()
      if take(",") { continue }
      guard take("]") else { throw error("expected `,` or `]`") }
      depth -= 1
      return elements.pop(from: start)
    }
  }

  private mutating func readNumber() throws(JSONError) -> Number {
    let start = at
    // Right for as many digits as it is asked for.
    var value = 0
    let isNegative = take("-")
    let isZero = at < bytes.count && bytes[at] == UInt8(ascii: "0")
    let digits = readDigits(&value)
    if digits == 0 { throw error("expected a digit") }
    if isZero, digits > 1 { throw error("a number is written without leading zeros") }
    var places = 0
    if take(".") {
      places = readDigits(&value)
      if places == 0 { throw error("expected a digit after the point") }
    }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      var exponent = 0
      if readDigits(&exponent) == 0 { throw error("expected a digit in the exponent") }
    } else if digits + places < 16 {
      return Self.shortNumber(isNegative ? -value : value, places: places)
    }
    return try longNumber(start..<at, digits: digits + places)
  }

  /// A number of at most 15 digits without an exponent. Its digits and the power of ten below them
  /// are doubles exactly, so their quotient is the double nearest to the number.
  static func shortNumber(_ digits: Int, places: Int) -> Number {
    Number(places == 0 ? Double(digits) : Double(digits) / powersOfTen[places])
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  private func longNumber(_ range: Range<Int>, digits: Int) throws(JSONError) -> Number {
    let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    guard let number = Number(checkedLiteral: text, digits: digits) else {
      throw error("expected a number")
    }
    return number
  }

  private mutating func readWord(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
    let end = at + word.utf8CodeUnitCount
    guard end <= bytes.count else { throw error("expected a value") }
    for place in 0..<word.utf8CodeUnitCount where bytes[at + place] != word.utf8Start[place] {
      throw error("expected a value")
    }
    at = end
    return value
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] <= 0x20 {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  /// How many digits stand here; `value` goes on with them, and is wrong once it is too large.
  @inline(__always)
  private mutating func readDigits(_ value: inout Int) -> Int {
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) {
      value = value &* 10 &+ Int(bytes[at] & 0x0F)
      at += 1
    }
    return at - start
  }

  @inline(__always)
  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  @inline(__always)
  private mutating func enter() throws(JSONError) {
    at += 1
    depth += 1
    if depth > greatestDepth { throw error("nested more than \(greatestDepth) deep") }
  }

  func error(_ message: String) -> JSONError { JSONError(message: message, offset: at) }
}
