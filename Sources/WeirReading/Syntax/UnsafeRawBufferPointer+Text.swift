extension UnsafeRawBufferPointer {
  /// Where the first of two signs, a backslash or a control character stands, or the end.
  /// `isASCII` becomes false where a byte before it is not ASCII, and may do so where one close behind is
  /// not.
  ///
  /// Eight bytes are looked at together as one word: for a byte below 0x80, `x - n` borrows into its highest
  /// bit just where `x < n`, and a byte that is sought is made zero first. A borrow may reach the next byte,
  /// so that only the first find is right, which is the one that counts. Where the first sign is not of ASCII,
  /// every byte that is not is a find, and is looked at by itself.
  @inline(__always)
  func endOfPlainText(from start: Int, _ signs: (UInt8, UInt8), isASCII: inout Bool) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    // A sign that is not of ASCII is found among the others, so that none is sought in its place.
    let first = ones &* UInt64(signs.0 < 0x80 ? signs.0 : .backslash)
    let second = ones &* UInt64(signs.1 < 0x80 ? signs.1 : .backslash)
    var at = start
    while at + 8 <= count {
      let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt64.self))
      if word & highs != 0 { isASCII = false }
      let others = signs.0 < 0x80 ? 0 : word & highs
      let backslash = word ^ (ones &* UInt64(UInt8.backslash))
      let borrows =
        (word &- ones &* 0x20) | ((word ^ first) &- ones) | ((word ^ second) &- ones) | (backslash &- ones)
      let plain = (borrows & ~word & highs | others).trailingZeroBitCount >> 3
      at += plain
      if plain == 8 { continue }
      if self[at] < 0x80 || self[at] == signs.0 { return at }
      at += 1
    }
    while at < count {
      let byte = self[at]
      if byte == signs.0 || byte == signs.1 || byte == .backslash || byte < 0x20 { return at }
      if byte >= 0x80 { isASCII = false }
      at += 1
    }
    return at
  }
}
