import Testing
import WeirCommandLine
import WeirServer

/// What a person is told when an endpoint fails: which step, what happened, what to do.
@Suite(.timeLimit(.minutes(1)))
struct FaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let fault: String
    let provider: String
    /// What must stand in the message and in its help.
    let told: [String]
    let help: [String]

    var testDescription: String { "\(fault) of \(provider)" }
  }

  private static let flow = """
    step hello {
      model: "google/gemini-2.5-flash"
      retries: 0
      timeout: 30s
      prompt: "Say hello."
    }

    step reply { model: "google/gemini-2.5-flash", prompt: "Answer {{hello}}" }
    """

  static let cases =
    ["fal", "openrouter"].flatMap { provider in
      [
        Case(
          fault: "hang", provider: provider, told: ["had not begun to answer after 3"],
          help: ["raise `timeout`"]),
        Case(fault: "cut", provider: provider, told: ["127.0.0.1:"], help: ["run"]),
        Case(fault: "reset", provider: provider, told: ["127.0.0.1:"], help: ["safe to run again"]),
        Case(fault: "html502", provider: provider, told: ["502"], help: ["safe to run again"]),
        Case(fault: "empty200", provider: provider, told: ["nothing"], help: ["paid"]),
        Case(fault: "error200", provider: provider, told: ["the provider failed"], help: ["run again"]),
        Case(
          fault: "429:retry-after=7", provider: provider, told: ["429"],
          help: ["lower `concurrency`", "safe to run again"]),
        Case(fault: "500", provider: provider, told: ["500"], help: ["safe to run again"]),
      ]
    } + [
      Case(fault: "401", provider: "fal", told: ["401"], help: ["FAL_KEY"]),
      Case(fault: "401", provider: "openrouter", told: ["401"], help: ["OPENROUTER_API_KEY"]),
      Case(fault: "403", provider: "openrouter", told: ["403"], help: ["run again"]),
      Case(
        fault: #"403:body={"detail": "User is locked. Reason: Exhausted balance."}"#, provider: "fal",
        told: ["403", "Exhausted balance"], help: ["fal.ai/dashboard/billing"]),
      Case(fault: "402", provider: "openrouter", told: ["402"], help: ["openrouter.ai/settings/credits"]),
    ]

  @Test(arguments: cases) func isToldWithStepCauseAndMend(_ expected: Case) async throws {
    let flow = expected.fault == "hang" ? Self.flow.replacing("30s", with: "300ms") : Self.flow
    let run = try await MockRun(
      ["hello.flow": flow], ["run", "--provider", expected.provider, "hello.flow"],
      faults: [try Fault(parsing: expected.fault)])
    let error = run.outcome.error
    #expect(run.outcome.code == .failed)
    #expect(run.outcome.output.isEmpty)
    // That the client goes away from what hangs is a line of its own.
    #expect(run.log.filter { !$0.contains("closed by the client") }.count == 1)
    let lines = error.split(separator: "\n")
    let message = try #require(
      lines.first { $0.hasPrefix("error[step-failed]: step `hello` got no answer: ") })
    for text in expected.told { #expect(message.contains(text), "\(error)") }
    let help = try #require(lines.first { $0.hasPrefix("help: ") })
    for text in expected.help { #expect(help.contains(text), "\(error)") }
    #expect(error.contains("hello.flow:1:6"))
    #expect(error.contains("asked google/gemini-2.5-flash: 1 request"))
    #expect(error.contains("step `reply` was not asked, for it needs `hello`"))
  }

  @Test func aRequestIsRepeatedWhereThatMayHelp() async throws {
    let flow = Self.flow.replacing("retries: 0", with: "retries: 1")
    let run = try await MockRun(
      ["hello.flow": flow], ["run", "hello.flow"],
      faults: [try Fault(parsing: "429:retry-after-ms=1")])
    #expect(run.outcome.code == .done)
    #expect(run.log.count == 3)
    #expect(run.outcome.error.contains("answered 429"))
    #expect(run.outcome.error.contains("trying again in "))
  }

  @Test func theNextModelIsAskedWhereOneHasFailed() async throws {
    let flow = #"step hello { model: ["a/first", "b/second"], retries: 0, prompt: "Say hello." }"#
    let run = try await MockRun(
      ["hello.flow": flow], ["run", "hello.flow"], faults: [try Fault(parsing: "404")])
    #expect(run.outcome.code == .done)
    #expect(run.log.count == 2)
    #expect(run.log[1].contains("model=b/second"))
    #expect(run.outcome.error.contains("asking b/second instead"))
  }

  @Test func aServerThatIsNotThereIsNamed() async throws {
    let run = try await MockRun(
      ["hello.flow": Self.flow], ["run", "hello.flow"],
      // Port 9, discard, which nobody serves.
      variables: ["WEIR_FAL_URL": "http://127.0.0.1:9"])
    #expect(run.outcome.code == .failed)
    #expect(run.outcome.error.contains("step `hello` got no answer: "))
    #expect(run.outcome.error.contains("127.0.0.1:9"))
    #expect(run.log.isEmpty)
  }
}
