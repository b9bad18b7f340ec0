extension UnsafeRawBufferPointer {
  /// Where the first quote, backslash or control character stands, or the end.
  /// `isASCII` becomes false where a byte before it is not ASCII, and may do so where one close
  /// behind is not.
  @inline(__always)
  func endOfPlainText(from start: Int, isASCII: inout Bool) -> Int {
    var at = start
    while at + 8 <= count {
      let eight = EightBytes(self, at)
      if !eight.isASCII { isASCII = false }
      let plain = eight.plainCount
      at += plain
      if plain < 8 { return at }
    }
    while at < count, !self[at].endsPlainText {
      if self[at] >= 0x80 { isASCII = false }
      at += 1
    }
    return at
  }
}

extension UInt8 {
  var endsPlainText: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") || self < 0x20 }
}

/// Eight bytes of a text, looked at together as one word.
///
/// For a byte below 0x80, `x - n` borrows into its highest bit just where `x < n`; a byte that is
/// sought is made zero first, by an exclusive or. A borrow may reach the next byte, so that what is
/// said of a byte behind the first find can be wrong, but the first find is right.
struct EightBytes {
  /// As they stand in memory.
  let word: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  init(_ start: UnsafeRawPointer) { word = start.loadUnaligned(as: UInt64.self) }

  /// `start + 8` is not beyond the end.
  @inline(__always)
  init(_ raw: UnsafeRawBufferPointer, _ start: Int) {
    word = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
  }

  @inline(__always)
  var isASCII: Bool { word & Self.highs == 0 }

  /// How many bytes of ASCII stand before any other.
  @inline(__always)
  var countOfASCII: Int { (UInt64(littleEndian: word) & Self.highs).trailingZeroBitCount >> 3 }

  /// How many bytes stand before the first quote, backslash or control character; 8 without one.
  @inline(__always)
  var plainCount: Int {
    let word = UInt64(littleEndian: word)
    let quote = word ^ (Self.ones &* UInt64(UInt8(ascii: "\"")))
    let backslash = word ^ (Self.ones &* UInt64(UInt8(ascii: "\\")))
    let borrows = (word &- Self.ones &* 0x20) | (quote &- Self.ones) | (backslash &- Self.ones)
    return (borrows & ~word & Self.highs).trailingZeroBitCount >> 3
  }
}
