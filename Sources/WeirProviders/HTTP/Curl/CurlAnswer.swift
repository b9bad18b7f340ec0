/// The answer as far as it has come.
struct CurlAnswer {
  private(set) var headers: [(name: String, value: String)] = []
  /// Of an answer that is taken as a whole; else the pieces go on to who reads them.
  private(set) var body: [UInt8] = []
  /// Bytes of the body.
  private(set) var received = 0
  private(set) var status = 0
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
    guard hasRoom(for: piece.count, limit: limit) else { return false }
    body.append(contentsOf: piece)
    received += piece.count
    return true
  }

  /// For pieces that go on to who reads them.
  mutating func hasRoom(for count: Int, limit: Int) -> Bool {
    isTooLong = received + count > limit
    return !isTooLong
  }

  mutating func count(_ bytes: Int) { received += bytes }

  /// The header of the answer itself is there, and not that of an interim one.
  var isFinalHeaderComplete: Bool { isHeaderComplete && status >= 200 }

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
      status = Self.status(line)
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

  /// `HTTP/1.1 200 OK`
  private static func status(_ line: Slice<UnsafeRawBufferPointer>) -> Int {
    let digits = line.drop { $0 != 0x20 }.drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
    return digits.prefix(4).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
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
