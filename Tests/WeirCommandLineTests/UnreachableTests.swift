import Testing
import WeirCommandLine
import WeirEndpoint
import WeirProviders
import WeirValues

/// What is told of servers that cannot be reached, and what such a run has cost.
struct UnreachableTests {
  private func outcome(
    _ provider: String, _ failure: EndpointFailure, _ variables: [String: String] = [:]
  ) async throws -> Outcome {
    var invocation = try Invocation([
      "a.flow": """
      provider mine { kind: "openai", url: "http://127.0.0.1:1/v1" }

      step a { model: "\(provider):a/b", retries: 0, prompt: "Say hello." }

      """
    ])
    invocation.variables = ["OPENROUTER_API_KEY": "sk-or-of-the-test"].merging(variables) { $1 }
    invocation.transport = FakeTransport { _ throws(EndpointFailure) in throw failure }
    return await invocation.run(["run", "--json", "a.flow"])
  }

  private var notFound: EndpointFailure {
    EndpointFailure(.unreachable, "the name of the server was not found")
      .advising("check the `url` and the network", builtIn: "check the network")
  }

  @Test func whoseAddressTheFlowHasWrittenIsAdvisedToLookAtIt() async throws {
    let own = try await outcome("mine", notFound)
    #expect(own.error.contains("help: check the `url` and the network; it is safe"), "\(own.error)")
  }

  @Test func whatIsBuiltInHasNoAddressToMend() async throws {
    let builtIn = try await outcome("openrouter", notFound)
    #expect(builtIn.error.contains("help: check the network; it is safe"), "\(builtIn.error)")
    let replaced = try await outcome(
      "openrouter", notFound, ["WEIR_OPENROUTER_URL": "http://127.0.0.1:1/api/v1"])
    #expect(replaced.error.contains("help: check `WEIR_OPENROUTER_URL`; it is safe"), "\(replaced.error)")
  }

  @Test func whatNeverArrivedHasCostNothing() async throws {
    var refused = EndpointFailure(.unreachable, "no connection")
    refused.neverArrived = true
    #expect(try await cost(after: refused) == .int(0))
    #expect(try await cost(after: EndpointFailure(.unreachable, "broken off")) == .null)
    #expect(try await cost(after: EndpointFailure(.timedOut, "no answer")) == .null)
  }

  private func cost(after failure: EndpointFailure) async throws -> Value? {
    let outcome = try await outcome("openrouter", failure)
    #expect(outcome.code == .failed)
    return try outcome.json()["usage"]?["cost"] ?? outcome.json()["cost"]
  }
}
