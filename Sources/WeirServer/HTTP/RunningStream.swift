/// A stream on its way: the piece that comes next, and when.
struct RunningStream {
  private var pieces: any IteratorProtocol<HTTPPiece>
  private(set) var next: HTTPPiece?
  /// Counted from the head on, so that no delay of the loop adds up.
  private(set) var due: ContinuousClock.Instant
  let framing: HTTPServerReply.Framing
  let ending: HTTPEnding
  /// The client does not take what is there already; time goes on when it does.
  var isStalled = false

  init(_ stream: HTTPServerStream, framing: HTTPServerReply.Framing, since: ContinuousClock.Instant) {
    pieces = stream.pieces
    self.framing = framing
    ending = stream.ending
    due = since
    fetch()
  }

  /// Writes the next piece, and says how many events it ends.
  mutating func write(into output: inout [UInt8]) -> Int {
    guard let piece = next else { return 0 }
    if case .chunked = framing {
      HTTPServerReply.write(chunk: piece.bytes, into: &output)
    } else {
      output.append(contentsOf: piece.bytes)
    }
    fetch()
    return piece.events
  }

  private mutating func fetch() {
    next = pieces.next()
    if let next { due += next.pause }
  }
}
