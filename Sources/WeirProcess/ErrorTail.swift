/// The end of what a program wrote to standard error; what lies before is dropped.
struct ErrorTail {
  private var bytes: [UInt8] = []
  private var isCut = false
  static let limit = 4_096

  mutating func append(_ more: ArraySlice<UInt8>) {
    bytes.append(contentsOf: more)
    // Seldom, so that many small pieces cost no more than one large one.
    if bytes.count > 4 * Self.limit { cut() }
  }

  /// At most the limit, beginning with a whole character.
  private mutating func cut() {
    isCut = isCut || bytes.count > Self.limit
    bytes.removeFirst(max(bytes.count - Self.limit, 0))
  }

  /// What is not UTF-8 becomes U+FFFD.
  var text: String {
    var tail = self
    tail.cut()
    let rest = tail.isCut ? tail.bytes.drop { $0 & 0xC0 == 0x80 } : tail.bytes[...]
    return String(decoding: rest, as: UTF8.self)
  }
}
