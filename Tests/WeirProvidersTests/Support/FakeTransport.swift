import Synchronization
import WeirEndpoint
import WeirProviders

/// A transport without a network: keeps what it is asked and answers what it was told.
final class FakeTransport: Transport {
  private let seen = Mutex<[HTTPRequest]>([])
  private let answer: @Sendable (HTTPRequest) throws(EndpointFailure) -> HTTPResponse

  init(_ answer: @escaping @Sendable (HTTPRequest) throws(EndpointFailure) -> HTTPResponse) {
    self.answer = answer
  }

  convenience init(status: Int = 200, body: String) {
    self.init { _ in HTTPResponse(status: status, body: Array(body.utf8)) }
  }

  var requests: [HTTPRequest] { seen.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    seen.withLock { $0.append(request) }
    return try answer(request)
  }
}
