/// Makes requests of the bytes of one connection, however they are cut (RFC 9112).
///
/// Knows no sockets and no time. Bytes go in by `feed`, requests come out by `next`, in order; a
/// failure is final. Lines may end with a bare line feed.
struct HTTPRequestParser {
  enum Outcome {
    case incomplete
    case request(HTTPServerRequest)
    case failure(HTTPRequestError)
  }

  private enum Stage {
    case head
    /// So many bytes of the body are still to come.
    case body(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailer(read: Int)
    case failed(HTTPRequestError)
  }

  private let limits: HTTPLimits
  private var buffer: [UInt8] = []
  /// What is before is done with.
  private var start = 0
  /// What is before holds no end of a head; so that no byte is looked at twice.
  private var searched = 0
  private var stage = Stage.head
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isContinueDue = false
  private static let keptCapacity = 64 << 10

  init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

  /// Whether nothing of a request has come that has not gone out.
  var isIdle: Bool {
    if case .head = stage { return start == buffer.count }
    return false
  }

  /// Bytes that have come and are not looked at yet.
  var waiting: Int { buffer.count - start }

  /// Whether the client waits for `100 Continue` before it sends the body. Says so once.
  mutating func takeContinue() -> Bool {
    defer { isContinueDue = false }
    return isContinueDue
  }

  mutating func feed(_ bytes: some Collection<UInt8>) {
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= Self.keptCapacity)
      (start, searched) = (0, 0)
    } else if start > Self.keptCapacity, start > buffer.count / 2 {
      buffer.removeFirst(start)
      (start, searched) = (0, max(0, searched - start))
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next request that is there as a whole.
  mutating func next() -> Outcome {
    while true {
      do {
        guard let isWhole = try advance() else { return .incomplete }
        if isWhole, let request = finish() { return .request(request) }
      } catch {
        stage = .failed(error)
        return .failure(error)
      }
    }
  }

  /// One stage further: true when the request is whole, nil when more bytes are needed.
  private mutating func advance() throws(HTTPRequestError) -> Bool? {
    switch stage {
    case .head: return try readHead()
    case .body(let count): return takeBody(count, then: nil)
    case .chunkSize: return try readChunkSize()
    case .chunk(let count): return takeBody(count, then: .chunkEnd)
    case .chunkEnd: return try readChunkEnd()
    case .trailer(let read): return try readTrailer(after: read)
    case .failed(let error): throw error
    }
  }

  private mutating func finish() -> HTTPServerRequest? {
    defer {
      head = nil
      body = []
      stage = .head
      searched = start
      isContinueDue = false
    }
    return head?.request(with: body)
  }

  // MARK: Head

  private mutating func readHead() throws(HTTPRequestError) -> Bool? {
    skipEmptyLines()
    guard let end = endOfHead() else {
      if buffer.count - start > limits.head { throw tooLong() }
      return nil
    }
    guard end - start <= limits.head else { throw tooLong() }
    let head = try HTTPRequestHead(buffer[start..<end])
    start = end
    self.head = head
    return try beginBody(of: head)
  }

  private func tooLong() -> HTTPRequestError {
    HTTPRequestError(status: 431, message: "the head is longer than \(limits.head) bytes")
  }

  private mutating func beginBody(of head: HTTPRequestHead) throws(HTTPRequestError) -> Bool {
    if head.isChunked {
      stage = .chunkSize
      isContinueDue = head.expectsContinue && waiting == 0
      return false
    }
    guard head.bodyLength <= limits.body else { throw tooLarge() }
    guard head.bodyLength > 0 else { return true }
    stage = .body(head.bodyLength)
    isContinueDue = head.expectsContinue && waiting == 0
    // A client may promise more than it sends: what is reserved at once is bounded.
    body.reserveCapacity(min(head.bodyLength, 1 << 20))
    return false
  }

  private func tooLarge() -> HTTPRequestError {
    HTTPRequestError(status: 413, message: "the body is longer than \(limits.body) bytes")
  }

  private mutating func skipEmptyLines() {
    while start < buffer.count, buffer[start] == 0x0D || buffer[start] == 0x0A { start += 1 }
    searched = max(searched, start)
  }

  /// The place after the empty line that ends the head.
  private mutating func endOfHead() -> Int? {
    while let feed = lineFeed(from: searched) {
      var next = feed + 1
      if next < buffer.count, buffer[next] == 0x0D { next += 1 }
      guard next < buffer.count else {
        searched = feed
        return nil
      }
      if buffer[next] == 0x0A { return next + 1 }
      searched = feed + 1
    }
    searched = buffer.count
    return nil
  }

  private func lineFeed(from place: Int) -> Int? {
    var place = place
    while place < buffer.count {
      if buffer[place] == 0x0A { return place }
      place += 1
    }
    return nil
  }

  // MARK: Body

  /// Takes what has come of so many bytes. With `next` there is more after them.
  private mutating func takeBody(_ count: Int, then next: Stage?) -> Bool? {
    let taken = min(count, waiting)
    body.append(contentsOf: buffer[start..<start + taken])
    start += taken
    let missing = count - taken
    if missing > 0 {
      stage = next == nil ? .body(missing) : .chunk(missing)
      return nil
    }
    guard let next else { return true }
    stage = next
    return false
  }

  private mutating func readChunkSize() throws(HTTPRequestError) -> Bool? {
    guard let line = try takeLine(atMost: 4 << 10) else { return nil }
    let digits = line.prefix { $0.isDigit || (0x61...0x66).contains($0 | 0x20) }
    let rest = line.dropFirst(digits.count).drop { $0.isBlank }
    guard (1...16).contains(digits.count), rest.isEmpty || rest.first == UInt8(ascii: ";"),
      let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw HTTPRequestError(status: 400, message: "a chunk has no size") }
    guard size <= limits.body - body.count else { throw tooLarge() }
    stage = size == 0 ? .trailer(read: 0) : .chunk(size)
    return false
  }

  private mutating func readChunkEnd() throws(HTTPRequestError) -> Bool? {
    guard let line = try takeLine(atMost: 2) else { return nil }
    guard line.isEmpty else {
      throw HTTPRequestError(status: 400, message: "a chunk is longer than its size")
    }
    stage = .chunkSize
    return false
  }

  /// Trailer fields are passed over.
  private mutating func readTrailer(after read: Int) throws(HTTPRequestError) -> Bool? {
    guard let line = try takeLine(atMost: max(2, limits.head - read)) else { return nil }
    if line.isEmpty { return true }
    stage = .trailer(read: read + line.count)
    if read + line.count >= limits.head { throw tooLong() }
    return false
  }

  /// A line without its end, or nil when it is not there as a whole.
  private mutating func takeLine(atMost limit: Int) throws(HTTPRequestError) -> ArraySlice<UInt8>? {
    searched = max(searched, start)
    guard let feed = lineFeed(from: searched) else {
      searched = buffer.count
      if waiting > limit { throw HTTPRequestError(status: 400, message: "a line of the body is too long") }
      return nil
    }
    let line = buffer[start..<feed]
    start = feed + 1
    searched = start
    return line.last == 0x0D ? line.dropLast() : line
  }
}
