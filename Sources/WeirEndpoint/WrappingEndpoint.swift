/// An endpoint around another one, such as a policy: what the other can, it can, and what the other objects to, it
/// objects to.
package protocol WrappingEndpoint: Endpoint {
  var endpoint: any Endpoint { get }
}

extension WrappingEndpoint {
  package func objection(to request: EndpointRequest) -> EndpointFailure? { endpoint.objection(to: request) }

  package func answerForms(for request: EndpointRequest) -> [AnswerForm] {
    endpoint.answerForms(for: request)
  }

  package var takesFallbacks: Bool { endpoint.takesFallbacks }
}
