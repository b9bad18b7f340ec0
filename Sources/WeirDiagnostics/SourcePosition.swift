/// Where a byte stands for a person: line and column, both from 1.
package struct SourcePosition: Sendable, Hashable {
  package let line: Int
  /// Counted in Unicode scalars, as editors show them.
  package let column: Int
}

/// The beginnings of the lines of a file, made once for many questions.
///
/// LF, CRLF and a lone CR each end a line.
package struct LineTable: Sendable {
  private let starts: [Int]
  private let bytes: [UInt8]

  package init(_ file: SourceFile) {
    bytes = file.bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
      let isFirstHalf = byte == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
      if !isFirstHalf { starts.append(offset + 1) }
    }
    self.starts = starts
  }

  package var count: Int { starts.count }

  /// The position of a byte offset; an offset past the end is the end.
  package func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    let column = bytes[starts[line]..<offset].count(where: { $0 & 0xC0 != 0x80 })
    return SourcePosition(line: line + 1, column: column + 1)
  }

  /// The bytes of a line (from 1) without its end.
  package func byteRange(ofLine line: Int) -> Range<Int> {
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
