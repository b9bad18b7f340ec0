/// Texts out of the bytes of a file that was looked through as a whole before.
extension [UInt8] {
  /// The first bytes that are not UTF-8.
  var firstInvalidUTF8: Range<Int>? {
    var start = endOfASCII(from: 0)
    while start < count {
      // What stands between two ASCII bytes is right or wrong by itself.
      var end = start
      while end < count, self[end] >= 0x80 { end += 1 }
      do {
        _ = try UTF8Span(validating: span.extracting(start..<end))
      } catch {
        return start + error.byteOffsets.lowerBound..<start + error.byteOffsets.upperBound
      }
      start = endOfASCII(from: end)
    }
    return nil
  }

  /// The place of the next byte that is not ASCII, or the end. Looks at eight bytes at a time.
  private func endOfASCII(from start: Int) -> Int {
    var at = start
    let raw = span.bytes
    while at + 8 <= count,
      raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    { at += 8 }
    while at < count, self[at] < 0x80 { at += 1 }
    return at
  }

  /// The text of a range that begins and ends between characters.
  func text(_ range: Range<Int>, isUTF8: Bool) -> String {
    guard isUTF8 else { return String(decoding: self[range], as: UTF8.self) }
    // To look at every name and text a second time was a tenth of the time of parsing.
    return String(copying: UTF8Span(unchecked: span.extracting(range)))
  }
}
