package import WeirEndpoint

/// An answer that is put together from the events of a stream. Knows nothing of time or the network.
package protocol StreamedAnswer: Sendable {
  /// Tells what the event says to who watches; throws where it says that the answer has failed.
  mutating func take(_ event: ServerSentEvent, tell: (AnswerEvent) -> Void) throws(EndpointFailure)
  /// The stream has said that nothing more of the answer comes.
  var isDone: Bool { get }
  /// All of the answer has come, whatever becomes of the stream.
  var isWhole: Bool { get }
  /// The answer, once the stream has ended; throws where it is not whole.
  func finished() throws(EndpointFailure) -> EndpointReply
}

extension Dialect {
  /// Reads the answer while it comes. What is no stream after all, an error or the answer of a server
  /// that knows none, is read as the whole that it is.
  func read(
    _ stream: HTTPStream, _ http: HTTPRequest, for request: EndpointRequest, by answer: any StreamedAnswer
  ) async throws(EndpointFailure) -> EndpointReply {
    guard stream.status == 200, stream.isOfEvents else {
      return try decodeWhole(try await stream.whole(), http, for: request, by: answer)
    }
    var pieces = AnswerInPieces(answer, observe: request.observe)
    var events = EventStream(stream, from: http.address.site)
    do {
      while !pieces.answer.isDone, let event = try await events.next() { try pieces.take(event) }
      if let rest = events.rest, rest.isWhole { try pieces.take(rest) }
    } catch {
      try pieces.endEarly(error)
    }
    stream.letGo()
    return try pieces.answer.finished()
  }

  @inline(never)
  private func decodeWhole(
    _ response: HTTPResponse, _ http: HTTPRequest, for request: EndpointRequest, by answer: any StreamedAnswer
  ) throws(EndpointFailure) -> EndpointReply {
    guard response.status == 200, response.isStreamAfterAll else {
      let reply = try decode(response, now: RetryAfter.now)
      if let reasoning = reply.reasoning { request.observe?(.reasoning(reasoning)) }
      if !reply.text.isEmpty { request.observe?(.text(reply.text)) }
      return reply
    }
    var answer = answer
    var reader = EventStreamReader(from: http.address.site)
    reader.append(response.body)
    while !answer.isDone, let event = try reader.next() { try answer.take(event) { request.observe?($0) } }
    if !answer.isDone, let rest = try reader.finish(), rest.isWhole {
      try answer.take(rest) { request.observe?($0) }
    }
    return try answer.finished()
  }
}

/// What has come of an answer, and who is told of it.
///
/// Its functions stand outside of the asynchronous one that reads: what that makes on its way stays in its frame as
/// long as the request is under way.
private struct AnswerInPieces {
  private(set) var answer: any StreamedAnswer
  private var hasBegun = false
  private let observe: (@Sendable (AnswerEvent) -> Void)?

  init(_ answer: any StreamedAnswer, observe: (@Sendable (AnswerEvent) -> Void)?) {
    self.answer = answer
    self.observe = observe
  }

  @inline(never)
  mutating func take(_ event: ServerSentEvent) throws(EndpointFailure) {
    var isTold = false
    defer { hasBegun = hasBegun || isTold }
    try answer.take(event) { [observe] event in
      isTold = true
      observe?(event)
    }
  }

  /// An answer that has come whole is not lost with the rest of its stream.
  @inline(never)
  func endEarly(_ failure: EndpointFailure) throws(EndpointFailure) {
    guard failure.isOfTheNetwork, answer.isWhole else { throw hasBegun ? failure.inTheMiddle : failure }
  }
}

extension ServerSentEvent {
  /// Whether it may count though the stream ended without the empty line behind it.
  fileprivate var isWhole: Bool { isDone || json != nil }
}

extension HTTPResponse {
  /// Events that the server did not call so.
  fileprivate var isStreamAfterAll: Bool {
    ["data:", "event:", ":", "\u{FEFF}data:"].contains { body.starts(with: $0.utf8) }
  }
}

extension EndpointFailure {
  fileprivate var isOfTheNetwork: Bool { kind == .unreachable || kind == .timedOut }

  /// The same, where a part of the answer had come: that was most likely paid for.
  fileprivate var inTheMiddle: EndpointFailure {
    var failure = isOfTheNetwork ? EndpointFailure(.brokenOff, message, advice: advice) : self
    failure.mayHaveCostBefore = true
    return failure
  }
}
