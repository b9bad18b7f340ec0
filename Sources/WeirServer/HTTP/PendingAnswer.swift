/// A request with its answer, until that is sent or the client is gone.
struct PendingAnswer {
  let answer: HTTPServerAnswer
  let request: HTTPServerRequest
  /// When the request had come as a whole.
  let since: ContinuousClock.Instant

  /// How many events of a stream were sent.
  var events = 0

  /// A stream to a client of HTTP/1.0 can only end with the connection.
  var isKeptAlive: Bool {
    if case .stream(let stream) = answer.delivery, stream.length == nil, !request.takesChunks { return false }
    return request.isKeptAlive
  }

  var form: HTTPServerReply.Form {
    HTTPServerReply.Form(
      isHeadOnly: request.method == "HEAD", isChunked: request.fields["x-weir-chunked"] == "1",
      isKeptAlive: request.isKeptAlive)
  }

  /// `POST /v1/chat/completions 200 12.3ms …`. Control characters of the client come out as `?`, so
  /// that a request is one line and no terminal obeys it.
  func logLine(now: ContinuousClock.Instant) -> String {
    switch answer.delivery {
    case .reply(let reply): line("\(reply.status)", now, "")
    case .nothing(let ending): line("(\(ending.word))", now, "")
    case .stream(let stream):
      line(
        stream.ending == .whole ? "\(stream.status)" : "\(stream.status) (\(stream.ending.word))", now,
        stream.countsEvents ? " events=\(events)" : "")
    }
  }

  /// The line of a client that did not wait for its answer.
  func closedLine(now: ContinuousClock.Instant) -> String {
    let milliseconds = Int((since.duration(to: now) / .milliseconds(1)).rounded())
    let outcome =
      if case .stream(let stream) = answer.delivery, events > 0 { "\(stream.status)" } else { "-" }
    return line(outcome, now, " closed by the client after \(events) events / \(milliseconds) ms")
  }

  private func line(_ outcome: String, _ now: ContinuousClock.Instant, _ end: String) -> String {
    let tenths = Int((since.duration(to: now) / .microseconds(100)).rounded())
    var line = request.method
    line.reserveCapacity(96 + answer.note.utf8.count)
    for part in [" ", request.path, " ", outcome, " ", String(tenths / 10), ".", String(tenths % 10), "ms "] {
      line += part
    }
    line += answer.note
    line += end
    let isPlain = line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    if isPlain { return line }
    return String(decoding: line.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
  }
}
