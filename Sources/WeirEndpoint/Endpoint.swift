/// Something that answers prompts: a vendor's service, a tape, or a policy around another endpoint.
package protocol Endpoint: Sendable {
  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply
}
