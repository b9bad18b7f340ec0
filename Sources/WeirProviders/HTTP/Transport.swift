package import WeirEndpoint

/// What carries a request to a server and the answer back.
///
/// Any status is an answer; only where there is none does it throw, in words that name the host and
/// never a key. It sends each request once. What the bytes mean is no concern of it.
package protocol Transport: Sendable {
  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse

  /// The answer while it comes: returns as soon as its header is there.
  func open(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPStream

  /// Where tasks that do little but ask are best run, so that no thread must be woken between them
  /// and the network; nil where it makes no difference. What computes for long keeps requests waiting.
  var executor: (any TaskExecutor)? { get }
}

extension Transport {
  /// One that knows whole answers only gives them in one piece.
  package func open(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPStream {
    HTTPStream(try await send(request))
  }

  package var executor: (any TaskExecutor)? { nil }
}
