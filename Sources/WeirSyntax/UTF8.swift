/// Texts out of the bytes of a file that was looked through as a whole before.
extension [UInt8] {
  /// The first bytes that are not UTF-8.
  var firstInvalidUTF8: Range<Int>? {
    var start = endOfASCII(from: 0)
    while start < count {
      // What stands between two ASCII bytes is right or wrong by itself.
      var end = start
      while end < count, self[end] >= 0x80 { end += 1 }
      if let wrong = firstInvalidScalar(in: start..<end) { return wrong }
      start = endOfASCII(from: end)
    }
    return nil
  }

  private func firstInvalidScalar(in range: Range<Int>) -> Range<Int>? {
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = self[range].makeIterator()
    var at = range.lowerBound
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid(let scalar): at += scalar.count
      case .emptyInput: return nil
      case .error(let length): return at..<at + length
      }
    }
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
    if isUTF8, #available(macOS 26, *) {
      // To look at every name and text a second time was a tenth of the time of parsing.
      return String(copying: UTF8Span(unchecked: span.extracting(range)))
    }
    return String(decoding: self[range], as: UTF8.self)
  }
}
