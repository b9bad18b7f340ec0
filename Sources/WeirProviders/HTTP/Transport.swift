package import WeirEndpoint

/// What carries a request to a server and the answer back.
///
/// Any status is an answer; only where there is none does it throw, in words that name the host and
/// never a key. It sends each request once. What the bytes mean is no concern of it.
package protocol Transport: Sendable {
  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse
}
