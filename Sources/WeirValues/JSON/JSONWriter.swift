extension Value {
  /// The value as JSON, in the order of its fields; a picture is its address or `data:` URI.
  /// Infinite numbers, which JSON cannot say, are null. `indent` is the blanks of a level; nil puts
  /// everything on one line.
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
    case .number(let number): write(number.double.isFinite || number.literal != nil ? "\(number)" : "null")
    case .string(let text): writeQuoted(text)
    case .image(let picture): writeQuoted(picture.url)
    case .list(let elements):
      writeGroup("[", "]", elements) { writer, element in writer.write(element) }
    case .record(let record):
      writeGroup("{", "}", record.fields) { writer, field in
        writer.writeQuoted(field.name)
        writer.write(writer.indent == nil ? ":" : ": ")
        writer.write(field.value)
      }
    }
  }

  private mutating func writeGroup<Element>(
    _ open: StaticString, _ close: StaticString, _ elements: [Element],
    _ writeElement: (inout JSONWriter, Element) -> Void
  ) {
    write(open)
    level += 1
    for (index, element) in elements.enumerated() {
      if index > 0 { write(",") }
      writeLineBreak()
      writeElement(&self, element)
    }
    level -= 1
    if !elements.isEmpty { writeLineBreak() }
    write(close)
  }

  private mutating func writeLineBreak() {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * level))
  }

  private mutating func writeQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for (index, byte) in utf8.enumerated()
      where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(contentsOf: utf8[start..<index])
        writeEscape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
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
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 0x0F)])
    }
  }

  private mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
