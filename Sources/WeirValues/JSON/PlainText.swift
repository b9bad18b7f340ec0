extension UnsafeRawBufferPointer {
  /// Where the first quote, backslash or control character stands, or the end.
  /// `isASCII` becomes false where a byte before it is not ASCII.
  func endOfPlainText(from start: Int, isASCII: inout Bool) -> Int {
    var at = start
    while at + 8 <= count {
      let eight = EightBytes(self, at)
      if eight.hasEndOfPlainText { break }
      if !eight.isASCII { isASCII = false }
      at += 8
    }
    while at < count {
      let byte = self[at]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      if byte >= 0x80 { isASCII = false }
      at += 1
    }
    return at
  }

  func endOfPlainText(from start: Int) -> Int {
    var isASCII = true
    return endOfPlainText(from: start, isASCII: &isASCII)
  }
}

/// Eight bytes of a text, looked at together as one word.
///
/// For a byte below 0x80, `x - n` borrows into its highest bit just where `x < n`; a byte that is
/// sought is made zero first, by an exclusive or. A borrow may reach the next byte, so that the
/// answer can be a false alarm, but is never a false calm.
private struct EightBytes {
  private let word: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// `start + 8` is not beyond the end.
  init(_ raw: UnsafeRawBufferPointer, _ start: Int) {
    word = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
  }

  var isASCII: Bool { word & Self.highs == 0 }

  /// Whether there may be a quote, a backslash or a control character.
  var hasEndOfPlainText: Bool {
    let quote = word ^ (Self.ones &* UInt64(UInt8(ascii: "\"")))
    let backslash = word ^ (Self.ones &* UInt64(UInt8(ascii: "\\")))
    let borrows = (word &- Self.ones &* 0x20) | (quote &- Self.ones) | (backslash &- Self.ones)
    return borrows & ~word & Self.highs != 0
  }
}
