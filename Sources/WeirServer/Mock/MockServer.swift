package import WeirEndpoint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The endpoints of fal, OpenRouter and OpenAI on 127.0.0.1, played from a tape or made up.
///
/// Speaks as the vendors do: fal's prompt-string endpoints, called directly, streamed or through the queue,
/// with its storage; `chat/completions` of OpenRouter, of fal and of plain OpenAI-compatible servers, with
/// streams and tools; OpenRouter's catalogue and accounts. Checks requests as the vendors do, and refuses in
/// their words. It never asks a model, and calls nobody: a webhook is logged and not sent.
package final class MockServer: Sendable {
  private let server = HTTPServer()
  private let port: Int
  private let options: MockOptions
  private let log: @Sendable (String) -> Void

  /// - Parameters:
  ///   - port: 0 chooses a free one.
  ///   - log: called with a line for each request, on the thread of the server. No line holds a key,
  ///     a prompt or an answer.
  package init(
    port: Int = 0, options: MockOptions, log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.port = port
    self.options = options
    self.log = log
  }

  package convenience init(
    port: Int = 0, tape: Tape? = nil, latency: Duration = .zero, faults: [Fault] = [],
    refusing: Set<AnswerForm> = [], log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    var options = MockOptions()
    options.tape = tape
    options.latency = latency
    options.faults = faults
    options.refusing = refusing
    self.init(port: port, options: options, log: log)
  }

  /// Begins to serve, and says on which port. A server starts only once.
  package func start() throws(ServerError) -> Int {
    let options = options
    return try server.start(
      { MockService(options, epoch: Int(Date().timeIntervalSince1970)) }, port: port, limits: HTTPLimits(),
      log: log)
  }

  /// Ends every connection, and comes back when that is done. Not to be called from `log`.
  package func stop() { server.stop() }
}
