/// Reads CSV (RFC 4180) and its kin: the first row names the columns, every other is a record of
/// strings with these names.
///
/// A field that begins with a quote ends with one; within, a quote is written twice, and separators and
/// line ends are text. A quote further on in a field is text. A row ends with LF or CRLF; empty lines
/// are passed over. One pass, every byte is looked at once.
struct DelimitedReader {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var at: Int
  /// Of the byte at `at`, from 1.
  private var line = 1
  private static let quote = UInt8(ascii: "\"")

  init(_ bytes: [UInt8], from start: Int, separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    at = start
  }

  mutating func readAll() throws(FileFailure.Reason) -> [Value] {
    skipEmptyLines()
    guard at < bytes.count else { return [] }
    let names = try readNames()
    var rows: [Value] = []
    while true {
      skipEmptyLines()
      guard at < bytes.count else { return rows }
      rows.append(.record(try readRecord(names)))
    }
  }

  private mutating func readNames() throws(FileFailure.Reason) -> [String] {
    let first = line
    let names = try readRow()
    var seen: Set<String> = []
    for (index, name) in names.enumerated() {
      if name.isEmpty { throw .badRow(line: first, message: "column \(index + 1) has no name") }
      if !seen.insert(name).inserted {
        throw .badRow(line: first, message: "two columns are called `\(name)`")
      }
    }
    return names
  }

  private mutating func readRecord(_ names: [String]) throws(FileFailure.Reason) -> Record {
    let first = line
    let fields = try readRow()
    guard fields.count == names.count else {
      throw .badRow(
        line: first, message: "expected \(Self.fields(names.count)), found \(Self.fields(fields.count))")
    }
    return Record(uniqueFields: zip(names, fields).map { Record.Field($0, .string($1)) })
  }

  private static func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  /// The fields up to the end of the row, which is taken too.
  private mutating func readRow() throws(FileFailure.Reason) -> [String] {
    var fields: [String] = []
    while true {
      fields.append(
        at < bytes.count && bytes[at] == Self.quote ? try readQuoted() : readPlain())
      if takeLineEnd() || at == bytes.count { return fields }
      guard bytes[at] == separator else {
        throw .badRow(
          line: line, message: "expected a separator or the end of the line after the closing quote")
      }
      at += 1
    }
  }

  private mutating func readPlain() -> String {
    let start = at
    while at < bytes.count, bytes[at] != separator, bytes[at] != 0x0A { at += 1 }
    if at < bytes.count, bytes[at] == 0x0A, at > start, bytes[at - 1] == 0x0D { at -= 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func readQuoted() throws(FileFailure.Reason) -> String {
    let first = line
    var text: [UInt8] = []
    at += 1
    var start = at
    while at < bytes.count {
      if bytes[at] == 0x0A { line += 1 }
      guard bytes[at] == Self.quote else {
        at += 1
        continue
      }
      text += bytes[start..<at]
      at += 1
      guard at < bytes.count, bytes[at] == Self.quote else { return String(decoding: text, as: UTF8.self) }
      // The second of two quotes is the first byte of what follows.
      start = at
      at += 1
    }
    throw .badRow(line: first, message: "a quote is opened and never closed")
  }

  // MARK: Lines

  private var isAtLineEnd: Bool {
    bytes[at] == 0x0A || (bytes[at] == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A)
  }

  private mutating func takeLineEnd() -> Bool {
    guard at < bytes.count, isAtLineEnd else { return false }
    at += bytes[at] == 0x0D ? 2 : 1
    line += 1
    return true
  }

  private mutating func skipEmptyLines() {
    while takeLineEnd() {}
  }
}
