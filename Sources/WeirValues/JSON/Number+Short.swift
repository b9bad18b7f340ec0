extension Number {
  /// Most numbers of JSON: at most 15 digits with a sign and a point, and nothing else. Nil for all others.
  package init?(shortJSON bytes: UnsafeRawBufferPointer) {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard bytes.count > start, bytes.count <= 17, bytes[start].isASCIIDigit else { return nil }
    var digits = Int(bytes[start] & 0x0F)
    let beginsWithZero = digits == 0
    var point: Int?
    for at in start + 1..<bytes.count {
      if bytes[at].isASCIIDigit, !beginsWithZero || point != nil {
        digits = digits * 10 + Int(bytes[at] & 0x0F)
      } else if bytes[at] == UInt8(ascii: "."), point == nil {
        point = at
      } else {
        return nil
      }
    }
    let places = point.map { bytes.count - 1 - $0 }
    guard places != 0, bytes.count - start - (point == nil ? 0 : 1) <= 15 else { return nil }
    self = JSONReader.shortNumber(isNegative ? -digits : digits, places: places ?? 0)
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var isASCIIDigit: Bool { self &- 0x30 < 10 }
}
