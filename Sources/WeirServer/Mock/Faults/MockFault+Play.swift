/// Puts a fault into an answer.
extension MockFault {
  func play(on regular: HTTPServerAnswer, in dialect: any MockDialect) -> HTTPServerAnswer {
    var answer = regular
    answer.note += (answer.note.isEmpty ? "" : " ") + "fault"
    if let instead { answer.delivery = replace(instead, dialect) }
    answer.delivery = withFields(answer.delivery)
    if cut == .beforeHeaders { answer.delivery = .nothing(ending) }
    if let cut { answer.delivery = shorten(answer.delivery, cut) }
    if let bytesPerSecond { answer.delivery = slow(answer.delivery, bytesPerSecond) }
    if let delay { answer.delay = delay }
    return answer
  }

  private func replace(_ instead: Instead, _ dialect: any MockDialect) -> HTTPServerAnswer.Delivery {
    switch instead {
    case .nothing(let ending): return .nothing(ending)
    case .proxyPage: return .reply(Self.proxyPage)
    case .empty: return .reply(HTTPServerReply(200, ["content-type": "application/json"]))
    case .errorInSuccess(let message): return .reply(dialect.failureInSuccess(message))
    case .garbage(let text):
      return .reply(HTTPServerReply(200, ["content-type": "application/json"], body: Array(text.utf8)))
    case .status(let status, let body):
      var reply = dialect.failure(status, "a fault of the mock: \(status)").reply
      if let body { reply.body = Array(body.utf8) }
      return .reply(reply)
    }
  }

  private func withFields(_ delivery: HTTPServerAnswer.Delivery) -> HTTPServerAnswer.Delivery {
    if fields.isEmpty { return delivery }
    func set(_ all: inout HTTPFields) {
      for field in fields { all.set(field.name.lowercased(), field.value) }
    }
    switch delivery {
    case .nothing: return delivery
    case .reply(var reply):
      set(&reply.fields)
      return .reply(reply)
    case .stream(var stream):
      set(&stream.fields)
      return .stream(stream)
    }
  }

  // MARK: Cut

  private func shorten(_ delivery: HTTPServerAnswer.Delivery, _ cut: Cut) -> HTTPServerAnswer.Delivery {
    guard var stream = Self.stream(of: delivery) else { return delivery }
    let pieces = Self.all(stream.pieces)
    stream.pieces = pieces.prefix(bytes: Self.place(of: cut, in: pieces)).makeIterator()
    stream.ending = ending
    return .stream(stream)
  }

  /// After how many bytes the body ends.
  private static func place(of cut: Cut, in pieces: [HTTPPiece]) -> Int {
    let total = pieces.reduce(0) { $0 + $1.bytes.count }
    switch cut {
    case .beforeHeaders: return 0
    case .inBody: return total / 2
    case .afterBytes(let count): return min(count, total)
    case .afterEvents(let count): return end(ofEvent: count, in: pieces)
    case .inEvent:
      let count = pieces.reduce(0) { $0 + $1.events }
      guard count > 0 else { return total / 2 }
      return (end(ofEvent: (count - 1) / 2, in: pieces) + end(ofEvent: (count - 1) / 2 + 1, in: pieces)) / 2
    }
  }

  private static func end(ofEvent number: Int, in pieces: [HTTPPiece]) -> Int {
    var (bytes, events) = (0, 0)
    for piece in pieces {
      if events >= number { break }
      bytes += piece.bytes.count
      events += piece.events
    }
    return bytes
  }

  /// The same answer in pieces; nil where there is none.
  private static func stream(of delivery: HTTPServerAnswer.Delivery) -> HTTPServerStream? {
    switch delivery {
    case .nothing: return nil
    case .stream(let stream): return stream
    case .reply(let reply):
      var stream = HTTPServerStream(
        reply.status, reply.fields, length: reply.body.count,
        pieces: [HTTPPiece(bytes: reply.body)].makeIterator())
      stream.countsEvents = false
      return stream
    }
  }

  private static func all(_ pieces: any IteratorProtocol<HTTPPiece>) -> [HTTPPiece] {
    var (pieces, all) = (pieces, [HTTPPiece]())
    while let piece = pieces.next() { all.append(piece) }
    return all
  }

  private func slow(_ delivery: HTTPServerAnswer.Delivery, _ rate: Int) -> HTTPServerAnswer.Delivery {
    guard var stream = Self.stream(of: delivery) else { return delivery }
    stream.pieces = SlowPieces(stream.pieces, bytesPerSecond: rate)
    return .stream(stream)
  }

  private static let proxyPage = HTTPServerReply(
    502, ["content-type": "text/html"],
    body: Array(
      """
      <html>\r
      <head><title>502 Bad Gateway</title></head>\r
      <body>\r
      <center><h1>502 Bad Gateway</h1></center>\r
      <hr><center>nginx</center>\r
      </body>\r
      </html>\r

      """.utf8))
}

extension [HTTPPiece] {
  /// The pieces up to so many bytes. An event that is cut through does not count.
  fileprivate func prefix(bytes count: Int) -> [HTTPPiece] {
    var pieces: [HTTPPiece] = []
    var left = count
    for var piece in self where left > 0 {
      if piece.bytes.count > left {
        piece.bytes = [UInt8](piece.bytes[..<left])
        piece.events = 0
      }
      left -= piece.bytes.count
      pieces.append(piece)
    }
    return pieces
  }
}

/// Pieces cut small, so that no more than so many bytes come in a second.
struct SlowPieces: IteratorProtocol {
  private var pieces: any IteratorProtocol<HTTPPiece>
  private let rate: Int
  private var rest = HTTPPiece(bytes: [])
  /// Twenty times a second, or byte by byte.
  private var size: Int { max(1, rate / 20) }

  init(_ pieces: any IteratorProtocol<HTTPPiece>, bytesPerSecond rate: Int) {
    self.pieces = pieces
    self.rate = max(1, rate)
  }

  mutating func next() -> HTTPPiece? {
    if rest.bytes.isEmpty {
      guard let piece = pieces.next() else { return nil }
      rest = piece
    }
    let part = rest.bytes.prefix(size)
    let isLast = part.count == rest.bytes.count
    let piece = HTTPPiece(
      bytes: Array(part), pause: rest.pause + .seconds(part.count) / rate, events: isLast ? rest.events : 0)
    rest = HTTPPiece(bytes: Array(rest.bytes.dropFirst(part.count)), events: rest.events)
    return piece
  }
}
