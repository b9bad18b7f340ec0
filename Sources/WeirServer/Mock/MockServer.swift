package import WeirEndpoint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The endpoints of fal, OpenRouter and OpenAI on 127.0.0.1, played from a tape or made up.
///
/// Speaks `openrouter/router` and `openrouter/router/vision` of fal, and `chat/completions` and
/// `models` under `/api/v1` (OpenRouter) and `/v1` (OpenAI). Checks requests as the vendors do, and
/// refuses in their words. It never asks a model, and does not stream.
package final class MockServer: Sendable {
  private let server = HTTPServer()
  private let port: Int
  private let latency: Duration
  private let service: MockService
  private let log: @Sendable (String) -> Void

  /// - Parameters:
  ///   - port: 0 chooses a free one.
  ///   - tape: what fits none of its entries is made up.
  ///   - latency: how long each answer takes.
  ///   - faults: one for each of the first requests, in the order in which they come.
  ///   - refusing: the forms of `response_format` that no model takes.
  ///   - log: called with a line for each request, on the thread of the server. No line holds a key,
  ///     a prompt or an answer.
  package init(
    port: Int = 0, tape: Tape? = nil, latency: Duration = .zero, faults: [Fault] = [],
    refusing: Set<AnswerForm> = [], log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.port = port
    self.latency = latency
    self.log = log
    service = MockService(
      tape: tape, faults: faults, refusing: refusing, now: { Int(Date().timeIntervalSince1970) })
  }

  /// Begins to serve, and says on which port. A server starts only once.
  package func start() throws(ServerError) -> Int {
    try server.start(service, port: port, latency: latency, limits: HTTPLimits(), log: log)
  }

  /// Ends every connection, and comes back when that is done. Not to be called from `log`.
  package func stop() { server.stop() }
}
