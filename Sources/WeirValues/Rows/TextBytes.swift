/// What the bytes of a text file say, in the ways in which a flow reads them.
///
/// A byte order mark at the start is no part of the text. All of it must be UTF-8.
package struct TextBytes: Sendable {
  /// Valid UTF-8.
  private let bytes: [UInt8]
  /// Where the text begins.
  private let start: Int

  package init(_ bytes: [UInt8]) throws(FileFailure.Reason) {
    if let offset = UTF8.firstInvalid(in: bytes) { throw .notUTF8(offset: offset) }
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  package var text: String { String(decoding: bytes[start...], as: UTF8.self) }

  /// Without their ends, which are LF or CRLF. An end after the last line begins no other.
  package var lines: [String] {
    var lines = bytes[start...].split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self) }
  }

  package func json() throws(FileFailure.Reason) -> Value {
    do throws(JSONError) {
      return try Value(json: bytes)
    } catch {
      let line = bytes[..<min(error.offset, bytes.count)].count { $0 == 0x0A } + 1
      throw .notJSON(line: line, message: error.message)
    }
  }

  /// One value for each row, in the format that the end of the file's name says.
  package func rows(of name: String) throws(FileFailure.Reason) -> [Value] {
    let name = name.lowercased()
    if name.hasSuffix(".csv") { return try delimitedRows(by: UInt8(ascii: ",")) }
    if name.hasSuffix(".tsv") { return try delimitedRows(by: 0x09) }
    if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return try jsonRows() }
    throw .noRows
  }

  /// JSON Lines: one value a line; lines of blanks are passed over.
  private func jsonRows() throws(FileFailure.Reason) -> [Value] {
    var rows: [Value] = []
    var number = 0
    for line in bytes[start...].split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      do throws(JSONError) {
        rows.append(try Value(json: Array(line)))
      } catch {
        throw .badRow(line: number, message: "\(error.message) (at byte \(error.offset + 1) of the line)")
      }
    }
    return rows
  }

  private func delimitedRows(by separator: UInt8) throws(FileFailure.Reason) -> [Value] {
    var reader = DelimitedReader(bytes, from: start, separator: separator)
    return try reader.readAll()
  }
}
