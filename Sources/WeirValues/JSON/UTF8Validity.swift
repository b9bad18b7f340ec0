extension UTF8 {
  /// Where the first scalar begins that is not well-formed (Unicode, table 3-7); nil where all are.
  static func firstInvalid(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at < range.upperBound {
      let first = bytes[at]
      if first < 0x80 {
        at += 1
        continue
      }
      guard let form = form(first), at + form.length <= range.upperBound, form.second.contains(bytes[at + 1])
      else { return at }
      for next in at + 2..<max(at + 2, at + form.length) where bytes[next] & 0xC0 != 0x80 { return at }
      at += form.length
    }
    return nil
  }

  /// How long a scalar is that begins with a byte, and which bytes may come second.
  private static func form(_ first: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
    switch first {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE, 0xEF: (3, 0x80...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: nil
    }
  }
}
