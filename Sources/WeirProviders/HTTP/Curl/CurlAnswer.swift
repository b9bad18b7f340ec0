/// The answer as far as it has come.
struct CurlAnswer {
  private(set) var headers: [(name: String, value: String)] = []
  private(set) var body: [UInt8] = []
  private(set) var hasBegun = false
  /// A blank line has come after the last status line; libcurl itself takes an answer that breaks
  /// off before it for a whole one.
  private(set) var isHeaderComplete = false
  private(set) var isTooLong = false
  /// How long the body is, by its own header.
  private(set) var announced: Int?

  private static let greatestHeader = 1 << 18
  private var headerSize = 0

  /// False when the answer is longer than it may be.
  mutating func appendBody(_ piece: UnsafeRawBufferPointer, limit: Int) -> Bool {
    isTooLong = body.count + piece.count > limit
    guard !isTooLong else { return false }
    body.append(contentsOf: piece)
    return true
  }

  /// Takes one line; those of an interim answer (1xx) are forgotten when the next status line comes.
  mutating func appendHeader(_ line: UnsafeRawBufferPointer, limit: Int) -> Bool {
    hasBegun = true
    headerSize += line.count
    guard headerSize <= Self.greatestHeader else {
      isTooLong = true
      return false
    }
    let line = Self.trimmed(line[...])
    if line.isEmpty {
      isHeaderComplete = true
    } else if line.starts(with: "HTTP/".utf8) {
      headers = []
      announced = nil
      isHeaderComplete = false
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = String(decoding: Self.trimmed(line[(colon + 1)...]), as: UTF8.self)
      headers.append((name, value))
      if name == "content-length" { return announce(Int(value), limit: limit) }
    }
    return true
  }

  private mutating func announce(_ length: Int?, limit: Int) -> Bool {
    announced = length
    isTooLong = length ?? 0 > limit
    if let length, !isTooLong { body.reserveCapacity(min(length, 1 << 20)) }
    return !isTooLong
  }

  private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var bytes = bytes
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    return bytes
  }
}
