import WeirEndpoint

extension FalEndpoint {
  /// Asks, and reads the answer while it comes. What is no stream after all is read as the whole that it is.
  /// nil where the endpoint has no such path, and the author did not ask for it: then no model was asked.
  func stream(
    _ http: HTTPRequest, _ request: EndpointRequest
  ) async throws(EndpointFailure) -> EndpointReply? {
    let stream = try await transport.open(http)
    if request.delivery == nil, stream.status == 404 || stream.status == 405 { return nil }
    guard stream.status == 200, stream.isOfEvents else {
      let reply = try decode(try await stream.whole(), now: timing.date())
      if let reasoning = reply.reasoning { request.observe?(.reasoning(reasoning)) }
      if !reply.text.isEmpty { request.observe?(.text(reply.text)) }
      return reply
    }
    var answer = FalStream(of: self, HTTPResponse(status: 200, headers: stream.headers))
    var events = EventStream(stream, from: http.address.site)
    do {
      while let event = try await events.next() { tell(try answer.take(event), to: request) }
      if let rest = events.rest?.withoutBrokenEnd { tell(try answer.take(rest), to: request) }
    } catch {
      // An answer that has arrived whole is not lost for what breaks behind it.
      guard !answer.isWhole else { return try answer.finished() }
      throw answer.received > 0 ? error.after(answer.received) : error
    }
    return try answer.finished()
  }
}

extension EndpointFailure {
  /// The same, where a part of the answer had come: that was most likely paid for.
  fileprivate func after(_ bytes: Int) -> EndpointFailure {
    var failure = self
    switch kind {
    case .unreachable, .timedOut:
      failure = EndpointFailure(.brokenOff, "\(message) (after \(bytes) bytes of text)", advice: advice)
    case .rateLimited, .unavailable, .unauthorized, .quota, .invalidRequest, .refused, .badReply,
      .unsupported,
      .cancelled, .brokenOff:
      break
    }
    failure.mayHaveCostBefore = true
    return failure
  }
}

extension ServerSentEvent {
  /// What stood at the end of a stream without a blank line behind it: the events that are whole, where there are
  /// any. What broke off in the middle of a line is none.
  fileprivate var withoutBrokenEnd: ServerSentEvent? {
    if json != nil { return self }
    let whole = data.split(separator: 0x0A).prefix { ServerSentEvent(data: Array($0)).json != nil }
    return whole.isEmpty ? nil : ServerSentEvent(name: name, data: Array(whole.joined(separator: [0x0A])))
  }
}
