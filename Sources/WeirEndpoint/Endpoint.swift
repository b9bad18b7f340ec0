/// Something that answers prompts: a vendor's service, a tape, or a policy around another endpoint.
package protocol Endpoint: Sendable {
  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply

  /// Why this endpoint would refuse a request with these settings before sending it; nil where it
  /// would send it. Asked for every step before the first one, so that nothing is paid for in a run
  /// that cannot end. Of the prompt only the settings count: its text may not be known yet.
  func objection(to request: EndpointRequest) -> EndpointFailure?

  /// In which forms it can ask for an answer of a type, the strongest first; at least one.
  func answerForms(for request: EndpointRequest) -> [AnswerForm]

  /// Whether one request may name several models, of which the first that can answers.
  var takesFallbacks: Bool { get }
}

extension Endpoint {
  package func answerForms(for request: EndpointRequest) -> [AnswerForm] { [.schema] }
  package func objection(to request: EndpointRequest) -> EndpointFailure? { nil }
  package var takesFallbacks: Bool { false }
}
