extension UTF8 {
  /// Where the first scalar begins that is not well-formed (Unicode, table 3-7); nil where all are.
  package static func firstInvalid(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at < range.upperBound {
      if at + 8 <= range.upperBound {
        let skipped = EightBytes(bytes, at).countOfASCII
        at += skipped
        if skipped == 8 { continue }
      }
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      let length = lengthOfScalar(bytes, at, range.upperBound)
      if length == 0 { return at }
      at += length
    }
    return nil
  }

  /// The same in all bytes of an array.
  static func firstInvalid(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { firstInvalid(in: $0, 0..<$0.count) }
  }

  /// How long the scalar beyond ASCII is that begins here; 0 where it is not well-formed.
  @inline(__always)
  private static func lengthOfScalar(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ end: Int) -> Int {
    func isNext(_ place: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      at + place < end && range.contains(bytes[at + place])
    }
    switch bytes[at] {
    case 0xC2...0xDF: return isNext(1) ? 2 : 0
    case 0xE0: return isNext(1, 0xA0...0xBF) && isNext(2) ? 3 : 0
    case 0xED: return isNext(1, 0x80...0x9F) && isNext(2) ? 3 : 0
    case 0xE1...0xEF: return isNext(1) && isNext(2) ? 3 : 0
    case 0xF0: return isNext(1, 0x90...0xBF) && isNext(2) && isNext(3) ? 4 : 0
    case 0xF1...0xF3: return isNext(1) && isNext(2) && isNext(3) ? 4 : 0
    case 0xF4: return isNext(1, 0x80...0x8F) && isNext(2) && isNext(3) ? 4 : 0
    default: return 0
    }
  }
}

extension String {
  /// A text of bytes that are known to be UTF-8.
  @inline(__always)
  package init(checked bytes: UnsafeRawBufferPointer, isASCII: Bool) {
    let bytes = bytes.assumingMemoryBound(to: UInt8.self)
    if #available(macOS 26, *) {
      // Unchecked because it was checked; a second look would take longer than all else that a
      // string needs.
      self.init(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: isASCII))
    } else {
      self.init(decoding: bytes, as: UTF8.self)
    }
  }
}
