import Synchronization
import WeirEndpoint
import WeirProviders

/// A transport without a network, whose answers come in pieces.
final class PieceTransport: Transport {
  private let pieces: [[UInt8]]
  private let contentType: String
  private let seen = Mutex<[HTTPRequest]>([])

  init(_ pieces: [[UInt8]], contentType: String = "text/event-stream") {
    self.pieces = pieces
    self.contentType = contentType
  }

  var requests: [HTTPRequest] { seen.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    try await open(request).whole()
  }

  func open(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPStream {
    seen.withLock { $0.append(request) }
    return HTTPStream(status: 200, headers: [("Content-Type", contentType)], from: HTTPPieces(pieces))
  }
}

/// Keeps what who watches an answer hears.
final class Hearing: Sendable {
  private let heard = Mutex<[AnswerEvent]>([])
  var all: [AnswerEvent] { heard.withLock { $0 } }
  func hear(_ event: AnswerEvent) { heard.withLock { $0.append(event) } }
}
