extension Value {
  /// The value as JSON, in the order of its fields; a picture is its address or `data:` URI, a file
  /// its `data:` URI, a secret is `(secret)`.
  /// Infinite numbers without digits of their own, which JSON cannot say, are null. `indent` is the
  /// blanks of a level; nil puts everything on one line.
  package func json(indent: Int? = nil) -> String {
    String(decoding: jsonBytes(indent: indent), as: UTF8.self)
  }

  package func jsonBytes(indent: Int? = nil) -> [UInt8] {
    var writer = JSONWriter(indent: indent)
    writer.write(self)
    return writer.bytes
  }
}

private struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let indent: Int?
  private var level = 0

  init(indent: Int?) { self.indent = indent }

  mutating func write(_ value: Value) {
    switch value {
    case .null: write("null")
    case .bool(let value): write(value ? "true" : "false")
    case .number(let number): writeNumber(number)
    case .string(let text): writeQuoted(text)
    case .image(let picture): writeQuoted(picture.url)
    case .file(let document): writeQuoted(document.url)
    case .secret: writeQuoted("(secret)")
    case .list(let elements): writeList(elements)
    case .record(let record): writeRecord(record.fields)
    }
  }

  private mutating func writeList(_ elements: [Value]) {
    bytes.append(UInt8(ascii: "["))
    level += 1
    for index in elements.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      writeLineBreak()
      write(elements[index])
    }
    level -= 1
    if !elements.isEmpty { writeLineBreak() }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func writeRecord(_ fields: [Record.Field]) {
    bytes.append(UInt8(ascii: "{"))
    level += 1
    for index in fields.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      writeLineBreak()
      writeQuoted(fields[index].name)
      bytes.append(UInt8(ascii: ":"))
      if indent != nil { bytes.append(0x20) }
      write(fields[index].value)
    }
    level -= 1
    if !fields.isEmpty { writeLineBreak() }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func writeLineBreak() {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * level))
  }

  private mutating func writeNumber(_ number: Number) {
    if number.literal == nil, let int = Int(exactly: number.double) { return writeInt(int) }
    if number.literal == nil, !number.double.isFinite { return write("null") }
    bytes.append(contentsOf: number.description.utf8)
  }

  private mutating func writeInt(_ int: Int) {
    if int < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = int.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func writeQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    // The pointer is what the standard library gives to look at eight bytes of a string at a time.
    text.withUTF8 { writeEscaped(UnsafeRawBufferPointer($0)) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// What needs no escape is copied a stretch at a time.
  private mutating func writeEscaped(_ raw: UnsafeRawBufferPointer) {
    var start = 0
    var at = 0
    while true {
      at = raw.endOfPlainText(from: at)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[start..<at]))
      if at == raw.count { return }
      writeEscape(raw[at])
      at += 1
      start = at
    }
  }

  private mutating func writeEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    case 0x0A: write("\\n")
    case 0x0D: write("\\r")
    case 0x09: write("\\t")
    default:
      write("\\u00")
      bytes.append(Self.hexadecimal(byte >> 4))
      bytes.append(Self.hexadecimal(byte & 0x0F))
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }

  private mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
