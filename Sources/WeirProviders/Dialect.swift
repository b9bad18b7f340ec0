package import WeirEndpoint

/// A vendor's wire protocol: how a request is written and how an answer is read, both without side
/// effects. What carries them is the transport's business.
package protocol Dialect: Endpoint {
  var transport: any Transport { get }

  /// Throws where the protocol has no word for what is asked.
  func encode(_ request: EndpointRequest) throws(EndpointFailure) -> HTTPRequest
  /// `now` is in seconds since 1970, for waits that are given as dates.
  func decode(_ response: HTTPResponse, now: Double) throws(EndpointFailure) -> EndpointReply
}

extension Dialect {
  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    try decode(try await transport.send(try encode(request)), now: RetryAfter.now)
  }

  package func objection(to request: EndpointRequest) -> EndpointFailure? {
    do {
      _ = try encode(request)
      return nil
    } catch {
      return error
    }
  }
}
