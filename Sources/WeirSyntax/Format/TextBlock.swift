/// A text block as it was written, for another indentation.
///
/// The indentation of the closing quotes is taken off every line and no part of the text, so that it can
/// give way to another one. The text stays the same to the byte.
struct TextBlock {
  /// Between the quotes, from the first line of the text on.
  private let lines: ArraySlice<UInt8>
  private let indentation: ArraySlice<UInt8>

  /// The bytes of a block that was read without a complaint, with its quotes.
  init(_ bytes: ArraySlice<UInt8>) {
    let inside = bytes.dropFirst(3).dropLast(3)
    let first = inside.firstIndex(of: 0x0A).map { $0 + 1 } ?? inside.endIndex
    let last = inside.lastIndex(of: 0x0A).map { $0 + 1 } ?? inside.endIndex
    lines = inside[first..<last]
    indentation = inside[last...]
  }

  /// The block with its quotes, each line but the first indented by so many blanks.
  func write(into text: inout [UInt8], indentation columns: Int) {
    let quotes = "\"\"\"".utf8
    text += quotes
    text.append(0x0A)
    var start = lines.startIndex
    while start < lines.endIndex {
      let lineFeed = lines[start...].firstIndex(of: 0x0A) ?? lines.endIndex
      write(lines[start..<withoutReturn(start, lineFeed)], into: &text, columns)
      start = lineFeed + 1
    }
    text.append(contentsOf: repeatElement(0x20, count: columns))
    text += quotes
  }

  /// What stands less far in than the quotes is blank, or nothing but tags that leave no line behind.
  private func write(_ line: ArraySlice<UInt8>, into text: inout [UInt8], _ columns: Int) {
    let rest =
      line.starts(with: indentation)
      ? line.dropFirst(indentation.count) : line.drop { $0 == 0x20 || $0 == 0x09 }
    if !rest.isEmpty {
      text.append(contentsOf: repeatElement(0x20, count: columns))
      text += rest
    }
    text.append(0x0A)
  }

  /// Where the line ends without the CR of its line break. A CR before that one is text, and a line that
  /// ended in it alone would lose it.
  private func withoutReturn(_ start: Int, _ lineFeed: Int) -> Int {
    guard lineFeed > start, lines[lineFeed - 1] == 0x0D else { return lineFeed }
    return lineFeed - 1 > start && lines[lineFeed - 2] == 0x0D ? lineFeed : lineFeed - 1
  }
}
