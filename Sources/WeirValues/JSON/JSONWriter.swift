extension Value {
  /// The value as JSON, in the order of its fields; a picture is its address or `data:` URI, a file
  /// its `data:` URI, a secret is `(secret)`.
  /// Infinite numbers without digits of their own, which JSON cannot say, are null. `indent` is the
  /// blanks of a level; nil puts everything on one line.
  package func json(indent: Int? = nil) -> String {
    var writer = JSONWriter(indent: indent)
    writer.write(self)
    return String(decoding: writer.text.bytes, as: UTF8.self)
  }

  package func jsonBytes(indent: Int? = nil) -> [UInt8] {
    var writer = JSONWriter(indent: indent)
    writer.write(self)
    return Array(writer.text.bytes)
  }
}

private struct JSONWriter: ~Copyable {
  private(set) var text = TextBuffer(capacity: 128)
  private let indent: Int?
  private var level = 0

  init(indent: Int?) { self.indent = indent }

  mutating func write(_ value: Value) {
    switch value {
    case .null: text.append(ascii: "null")
    case .bool(let value): text.append(ascii: value ? "true" : "false")
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
    text.append(UInt8(ascii: "["))
    level += 1
    for index in elements.indices {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      writeLineBreak()
      write(elements[index])
    }
    level -= 1
    if !elements.isEmpty { writeLineBreak() }
    text.append(UInt8(ascii: "]"))
  }

  private mutating func writeRecord(_ fields: [Record.Field]) {
    text.append(UInt8(ascii: "{"))
    level += 1
    for index in fields.indices {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      writeLineBreak()
      writeQuoted(fields[index].name)
      text.append(UInt8(ascii: ":"))
      if indent != nil { text.append(0x20) }
      write(fields[index].value)
    }
    level -= 1
    if !fields.isEmpty { writeLineBreak() }
    text.append(UInt8(ascii: "}"))
  }

  private mutating func writeLineBreak() {
    guard let indent else { return }
    text.append(0x0A)
    text.append(0x20, count: indent * level)
  }

  private mutating func writeNumber(_ number: Number) {
    if number.literal == nil, let int = Int(exactly: number.double) { return text.append(digitsOf: int) }
    if number.literal == nil, !number.double.isFinite { return text.append(ascii: "null") }
    text.append(number.description)
  }

  private mutating func writeQuoted(_ said: String) {
    text.append(UInt8(ascii: "\""))
    var said = said
    // The pointer is what the standard library gives to look at eight bytes of a string at a time.
    said.withUTF8 { writeEscaped(UnsafeRawBufferPointer($0)) }
    text.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ said: UnsafeRawBufferPointer) {
    var isASCII = true
    var at = text.appendPlainText(said, from: 0, isASCII: &isASCII)
    while at < said.count {
      writeEscape(said[at])
      at = text.appendPlainText(said, from: at + 1, isASCII: &isASCII)
    }
  }

  private mutating func writeEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): text.append(ascii: "\\\"")
    case UInt8(ascii: "\\"): text.append(ascii: "\\\\")
    case 0x0A: text.append(ascii: "\\n")
    case 0x0D: text.append(ascii: "\\r")
    case 0x09: text.append(ascii: "\\t")
    default:
      text.append(ascii: "\\u00")
      text.append(Self.hexadecimal(byte >> 4))
      text.append(Self.hexadecimal(byte & 0x0F))
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
