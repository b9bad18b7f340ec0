package import WeirEndpoint
import WeirValues

/// A stream of fal's, event by event. Each event holds the whole answer so far, not what is new of it.
///
///     data: {"output": "Unit 734", "reasoning": null, "partial": true, "error": null}
///     data: {"output": "Unit 734, sanitation bot", "partial": false, "usage": {…}}
///
/// fal: model-endpoints/streaming. Knows nothing of the network.
package struct FalStream: Sendable {
  private let endpoint: FalEndpoint
  private let headers: HTTPResponse
  private var text = ""
  private var reasoning: String?
  private var usage = Usage()
  /// What the last event says of itself.
  private var isPartial: Bool?
  private var hasBegun = false

  /// `headers` are those of the answer, before its first event.
  package init(of endpoint: FalEndpoint, _ headers: HTTPResponse) {
    self.endpoint = endpoint
    self.headers = headers
  }

  /// What an event has brought; throws where it says that the answer has failed.
  package mutating func take(_ event: ServerSentEvent) throws(EndpointFailure) -> [AnswerEvent] {
    if let value = event.json { return try take(value) }
    // The blank line between events is missing now and then, so that several come as the lines of one.
    var events: [Value] = []
    for line in event.data.split(separator: 0x0A) {
      guard let value = try? Value(json: Array(line)) else { throw bad("with what is not JSON", event.text) }
      events.append(value)
    }
    var answer: [AnswerEvent] = []
    for event in events { answer += try take(event) }
    return answer
  }

  private mutating func take(_ event: Value) throws(EndpointFailure) -> [AnswerEvent] {
    if var failure = endpoint.failure(inside: event) {
      if !text.isEmpty { failure.message += " (after \(text.utf8.count) bytes of text)" }
      throw failure
    }
    if event["detail"] != nil, event["output"] == nil {
      throw endpoint.failure(
        HTTPResponse(status: 200, headers: headers.headers, body: event.jsonBytes()), now: 0)
    }
    guard let output = event["output"]?.string else {
      // Nothing but a sign of life, or the usage by itself.
      guard event.record != nil else { throw bad("with what is not a JSON object", event.json()) }
      read(event)
      return []
    }
    hasBegun = true
    isPartial = event["partial"]?.bool
    read(event)
    return thought(event["reasoning"]?.string) + said(output)
  }

  private mutating func read(_ event: Value) {
    if let usage = event["usage"], !usage.isNull { self.usage = Usage(lenient: usage) }
  }

  /// The new text is most often the old one and more.
  private mutating func said(_ new: String) -> [AnswerEvent] {
    let old = text
    text = new
    guard let more = new.continuing(old) else { return [.rewritten(new)] }
    return more.isEmpty ? [] : [.text(more)]
  }

  private mutating func thought(_ new: String?) -> [AnswerEvent] {
    guard let new, !new.isEmpty else { return [] }
    let old = reasoning ?? ""
    reasoning = new
    let more = new.continuing(old) ?? new
    return more.isEmpty ? [] : [.reasoning(more)]
  }

  /// How much text has come, in bytes.
  package var received: Int { text.utf8.count }

  /// Whether the last event said that nothing more comes.
  package var isWhole: Bool { isPartial == false }

  /// The answer, after the last event.
  package func finished() throws(EndpointFailure) -> EndpointReply {
    guard hasBegun else { throw endpoint.bad("without an event", headers) }
    // Where no event says whether it is a part, the end of the stream is the end of the answer.
    guard isPartial != true else {
      let site = endpoint.sites.run.site
      throw EndpointFailure(
        .brokenOff, "\(site) ended the stream in the middle of the answer, after \(received) bytes of text")
    }
    var reply = EndpointReply(text: text, usage: usage, finish: .unknown)
    reply.reasoning = reasoning
    reply.id = headers.header("x-fal-request-id")
    reply.billableUnits = headers.header("x-fal-billable-units").flatMap { Number(jsonLiteral: $0) }
    return reply
  }

  private func bad(_ reason: String, _ data: String) -> EndpointFailure {
    endpoint.bad(
      reason, HTTPResponse(status: headers.status, headers: headers.headers, body: Array(data.utf8)))
  }
}

extension String {
  /// What comes after `start`, byte by byte; nil where this does not begin with it.
  fileprivate func continuing(_ start: String) -> String? {
    guard utf8.starts(with: start.utf8) else { return nil }
    return String(self[utf8.index(startIndex, offsetBy: start.utf8.count)...])
  }
}
