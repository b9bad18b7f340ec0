package import WeirEndpoint

/// A vendor's wire protocol: how a request is written and how an answer is read, both without side
/// effects. What carries them is the transport's business.
package protocol Dialect: Endpoint {
  var transport: any Transport { get }

  /// Throws where the protocol has no word for what is asked. An answer comes whole where `delivery`
  /// does not say otherwise.
  func encode(_ request: EndpointRequest) throws(EndpointFailure) -> HTTPRequest
  /// `now` is in seconds since 1970, for waits that are given as dates.
  func decode(_ response: HTTPResponse, now: Double) throws(EndpointFailure) -> EndpointReply

  /// How the answer comes where the request does not say so.
  func usualDelivery(of request: EndpointRequest) -> EndpointRequest.Delivery
  /// What an answer that comes in pieces is put together with; nil where answers only come whole.
  func streamedAnswer(to request: EndpointRequest) -> (any StreamedAnswer)?
}

extension Dialect {
  package func usualDelivery(of request: EndpointRequest) -> EndpointRequest.Delivery {
    request.isWatched && streamedAnswer(to: request) != nil ? .stream : .sync
  }

  package func streamedAnswer(to request: EndpointRequest) -> (any StreamedAnswer)? { nil }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let request = delivered(request)
    let http: HTTPRequest
    do {
      http = try encode(request)
    } catch {
      throw error.ofUnsent
    }
    return try await exchange(http, for: request)
  }

  package func objection(to request: EndpointRequest) -> EndpointFailure? {
    do {
      try encode(delivered(request)).checkBeforeSending()
      return nil
    } catch {
      return error.ofUnsent
    }
  }

  /// The request, saying how its answer comes.
  func delivered(_ request: EndpointRequest) -> EndpointRequest {
    var request = request
    request.delivery = request.delivery ?? usualDelivery(of: request)
    return request
  }

  /// Sends it and reads the answer, whole or in pieces.
  func exchange(
    _ http: HTTPRequest, for request: EndpointRequest
  ) async throws(EndpointFailure) -> EndpointReply {
    guard request.delivery == .stream, let answer = streamedAnswer(to: request) else {
      return try decode(try await transport.send(http), now: RetryAfter.now)
    }
    return try await read(try await transport.open(http), http, for: request, by: answer)
  }
}
