import Synchronization
import WeirEndpoint
import WeirProviders

/// Answers requests as the test says, without a network, and keeps them.
final class FakeTransport: Transport {
  private let answer: @Sendable (HTTPRequest) async throws(EndpointFailure) -> HTTPResponse
  private let kept = Mutex<[HTTPRequest]>([])

  init(_ answer: @escaping @Sendable (HTTPRequest) async throws(EndpointFailure) -> HTTPResponse) {
    self.answer = answer
  }

  /// For runs that must not ask anybody.
  static var nobody: FakeTransport {
    FakeTransport { _ throws(EndpointFailure) in throw EndpointFailure(.unsupported, "nobody may be asked") }
  }

  /// Always the same answer.
  static func saying(_ body: [UInt8], status: Int = 200) -> FakeTransport {
    FakeTransport { _ in HTTPResponse(status: status, body: body) }
  }

  var requests: [HTTPRequest] { kept.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    kept.withLock { $0.append(request) }
    return try await answer(request)
  }
}

/// The body of an answer in the form of OpenRouter.
func completion(_ text: String, finish: String = "stop") -> [UInt8] {
  let message = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  return Array(
    #"{"choices": [{"message": {"content": "\#(message)"}, "finish_reason": "\#(finish)"}]}"#.utf8)
}
