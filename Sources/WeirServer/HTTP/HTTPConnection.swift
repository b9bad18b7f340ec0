/// What the loop knows of one connection. Belongs to the thread of the loop.
final class HTTPConnection {
  let descriptor: Int32
  /// Where the loop polls it.
  var place: Int
  var parser: HTTPRequestParser
  var phase = Phase.reading
  /// Bytes that are not sent yet begin at `sent`.
  var output: [UInt8] = []
  var sent = 0
  /// The other side sends no more.
  var hasEnded = false
  /// After what is in `output` the connection ends.
  var isLast = false
  /// It then ends by a reset.
  var isResetAtEnd = false
  /// The request that is being answered.
  var pending: PendingAnswer?
  var stream: RunningStream?
  /// Since when it has been as it is: idle, amid a request, or with something to send.
  var since: ContinuousClock.Instant

  enum Phase {
    case reading
    /// A request waits for its answer; what comes meanwhile waits.
    case answering
    /// An answer is sent piece by piece.
    case streaming
    /// Will never answer.
    case hanging
    /// Everything is said; waits for the other side to end, so that a reset does not take away the
    /// reply (RFC 9112, 9.6).
    case draining
    case closed
  }

  /// More than this is not taken in advance of an answer.
  static let greatestBacklog = 1 << 20

  init(_ descriptor: Int32, at place: Int, limits: HTTPLimits, now: ContinuousClock.Instant) {
    self.descriptor = descriptor
    self.place = place
    parser = HTTPRequestParser(limits: limits)
    since = now
  }

  var backlog: Int { output.count - sent }
  var isSending: Bool { sent < output.count }

  var wantsInput: Bool {
    guard !hasEnded else { return false }
    switch phase {
    case .reading: return backlog < Self.greatestBacklog
    case .answering, .streaming, .hanging: return parser.waiting < Self.greatestBacklog
    case .draining: return true
    case .closed: return false
    }
  }

  /// How long it may stay as it is; nil for as long as it likes.
  func patience(_ limits: HTTPLimits) -> Duration? {
    switch phase {
    case .reading: !isSending && parser.isIdle ? limits.idle : limits.transfer
    case .answering, .streaming: isSending ? limits.transfer : nil
    case .draining: min(limits.transfer, .seconds(2))
    case .hanging, .closed: nil
    }
  }
}
