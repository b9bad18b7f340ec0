/// A request with its answer, until that is sent.
struct PendingAnswer {
  let answer: HTTPServerAnswer
  let request: HTTPServerRequest
  let connection: HTTPConnection
  /// When the request had come as a whole.
  let since: ContinuousClock.Instant

  var form: HTTPServerReply.Form {
    HTTPServerReply.Form(
      isHeadOnly: request.method == "HEAD", isChunked: request.fields["x-weir-chunked"] == "1",
      isKeptAlive: request.isKeptAlive)
  }

  /// `POST /v1/chat/completions 200 12.3ms …`. Control characters of the client come out as `?`, so
  /// that a request is one line and no terminal obeys it.
  func logLine(now: ContinuousClock.Instant) -> String {
    let outcome =
      switch answer.delivery {
      case .reply(let reply): "\(reply.status)"
      case .cut(let reply): "\(reply.status) (cut)"
      case .reset: "(reset)"
      case .hang: "(hang)"
      }
    let tenths = Int((since.duration(to: now) / .microseconds(100)).rounded())
    var line = request.method
    line.reserveCapacity(96 + answer.note.utf8.count)
    for part in [" ", request.path, " ", outcome, " ", String(tenths / 10), ".", String(tenths % 10), "ms "] {
      line += part
    }
    line += answer.note
    let isPlain = line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    if isPlain { return line }
    return String(decoding: line.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
  }
}

/// Answers that wait for their time, in the order in which it comes: all wait equally long.
struct DelayedAnswers {
  private var queue: [(answer: PendingAnswer, due: ContinuousClock.Instant)?] = []
  private var first = 0

  var nextDue: ContinuousClock.Instant? { first < queue.count ? queue[first]?.due : nil }

  mutating func append(_ answer: PendingAnswer, due: ContinuousClock.Instant) { queue.append((answer, due)) }

  mutating func takeDue(_ now: ContinuousClock.Instant) -> PendingAnswer? {
    guard let due = nextDue, due <= now else { return nil }
    let answer = queue[first]?.answer
    queue[first] = nil
    first += 1
    if first > 64, first * 2 > queue.count {
      queue.removeFirst(first)
      first = 0
    }
    return answer
  }
}
