import Testing
import WeirCommandLine
import WeirEndpoint
import WeirProviders
import WeirValues

/// What comes of a run whose task is cancelled while a request is under way, as Ctrl-C does.
@Suite(.timeLimit(.minutes(1)))
struct InterruptionTests {
  private static let flow = """
    step first { model: "a/b", prompt: "One" }
    step second { model: "a/b", prompt: "Two, after {{first}}" }
    step third { model: "a/b", prompt: "Three, after {{second}}" }
    """

  /// Runs the flow, and cancels when the second request is under way.
  private func interrupted(_ options: [String]) async throws -> Outcome {
    let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
    var invocation = try Invocation(["three.flow": Self.flow])
    invocation.variables = ["OPENROUTER_API_KEY": "sk-or-of-the-test"]
    invocation.transport = FakeTransport { request throws(EndpointFailure) in
      guard String(decoding: request.body.bytes, as: UTF8.self).contains("Two") else {
        return HTTPResponse(status: 200, body: completion("One is done."))
      }
      arrival.yield()
      let (never, _) = AsyncStream.makeStream(of: Never.self)
      for await _ in never {}
      throw EndpointFailure(.cancelled, "cancelled")
    }
    let started = invocation
    let task = Task { await started.run(["run"] + options + ["three.flow"]) }
    for await _ in arrivals { break }
    task.cancel()
    return await task.value
  }

  @Test func saysWhatWasDone() async throws {
    let outcome = try await interrupted([])
    #expect(outcome.code == .interrupted)
    #expect(outcome.output.isEmpty)
    #expect(outcome.error.contains("first   done in "))
    #expect(outcome.error.contains("second  stopped"))
    #expect(outcome.error.contains("interrupted: 1 of 3 steps in "))
    #expect(!outcome.error.contains("error"))
  }

  @Test func theAnswersThatCameAreInTheJSON() async throws {
    let outcome = try await interrupted(["--json", "--quiet"])
    #expect(outcome.code == .interrupted)
    #expect(outcome.error.isEmpty)
    let json = try outcome.json()
    #expect(json["interrupted"] == .bool(true))
    #expect(json["ok"] == .bool(false))
    let steps = try #require(json["steps"]?.list).compactMap(\.record)
    #expect(steps.map { $0["status"]?.string } == ["done", "stopped", "stopped"])
    #expect(steps[0]["answer"] == .string("One is done."))
  }
}
