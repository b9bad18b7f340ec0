import Testing
import WeirCommandLine
import WeirValues

/// Tools over real sockets: the mock server calls each that it is offered, and then says what they gave.
@Suite(.timeLimit(.minutes(1)))
struct ToolRunTests {
  private static let flow = """
    use "./shout.flow"

    provider local { kind: "openai", url: "http://127.0.0.1:<port>/v1", key: env("OWN_KEY") }
    provider chat { kind: "fal-openai", url: "http://127.0.0.1:<port>/openrouter/router/openai/v1" }

    defaults { model: "openrouter:google/gemini-2.5-flash", retries: 0 }

    tool hello(name: string, times: int = 2 where it in 1...3) -> string "Greets" {
      run: ["echo", "hello", "{{times}}", "--", name]
    }

    tool odd(word: string where it.ends_with("odd")) -> string "Takes odd words" { run: ["echo", word] }

    step answer {
      tools: [hello, shout, odd]
      prompt: "Greet me."
    }
    """

  private static let shout = """
    about "Says it in capitals."
    input text: string
    step loud { prompt: "In capitals: {{text}}" }
    output loud.upper
    """

  @Test(arguments: ["openrouter", "local", "chat"])
  func callsOfTwoToolsAndAFlowStandInTheTranscript(_ provider: String) async throws {
    let flow = Self.flow.replacing("openrouter:", with: "\(provider):")
    let run = try await MockRun(
      ["ask.flow": flow, "shout.flow": Self.shout],
      ["run", "--json", "--allow-run=echo", "ask.flow"])
    let json = try run.outcome.json()
    #expect(run.outcome.code == .done, "\(run.outcome.error)")
    let step = try #require(json["steps"]?.list?.first)
    let calls = try #require(step["tools"]?.list)
    #expect(calls.map { $0["name"]?.string } == ["hello", "shout", "odd"])
    #expect(calls.map { $0["round"]?.number?.int } == [1, 1, 1])
    #expect(calls.map { $0["error"]?.bool } == [false, false, true])
    #expect(calls[0]["arguments"]?["name"]?.string != nil)
    #expect(calls[0]["result"]?.string?.hasPrefix("hello") == true)
    #expect(calls[1]["result"]?.string?.contains("THIS ANSWER IS MADE UP") == true)
    #expect(calls[1]["tokens"]?.record != nil)
    #expect(calls[2]["result"]?.string?.contains("`word` must meet `where it.ends_with(\"odd\")`") == true)
    #expect(json["output"]?.string?.contains("hello → hello") == true)
    #expect(step["attempts"]?.number?.int == 2)
    // The step, the flow's step, and the step again.
    #expect(run.log.count == 3)
  }

  @Test func whatWasNotAllowedIsToldBeforeAnythingIsAsked() async throws {
    let run = try await MockRun(["ask.flow": Self.flow, "shout.flow": Self.shout], ["run", "ask.flow"])
    #expect(run.outcome.code == .invalid)
    #expect(run.outcome.error.contains("tool `hello` runs `echo`, which was not allowed"))
    #expect(run.log.isEmpty)
  }

  @Test func everyCallIsAnEvent() async throws {
    let run = try await MockRun(
      ["ask.flow": Self.flow, "shout.flow": Self.shout],
      ["run", "--events", "--allow-run=echo", "ask.flow"])
    let lines = try run.outcome.output.split(separator: "\n").map { try Value(json: String($0)) }
    let events = lines.compactMap { line in
      line["tool"]?.string.map { "\(line["event"]?.string ?? "") \($0)" }
    }
    #expect(
      events.sorted() == [
        "tool_call hello", "tool_call odd", "tool_call shout", "tool_result hello", "tool_result odd",
        "tool_result shout",
      ])
    #expect(lines.contains { $0["step"]?.string == "answer.shout.loud" })
  }

  @Test func stepsOfOneFlowThatTwoStepsCallAreToldApart() async throws {
    let flow = """
      use "./shout.flow"

      defaults { model: "openrouter:google/gemini-2.5-flash" }
      step first { tools: [shout], prompt: "Greet me." }
      step second { tools: [shout], prompt: "Greet me too." }
      output [first, second]
      """
    let run = try await MockRun(
      ["ask.flow": flow, "shout.flow": Self.shout], ["run", "--events", "ask.flow"])
    let lines = try run.outcome.output.split(separator: "\n").map { try Value(json: String($0)) }
    let begun = lines.filter { $0["event"] == .string("started") }.compactMap { $0["step"]?.string }
    #expect(begun.sorted() == ["first", "first.shout.loud", "second", "second.shout.loud"])
  }

  @Test func stepsOfAFlowThatAToolCallsAreToldApart() async throws {
    let flow = """
      use "./outer.flow"

      defaults { model: "openrouter:google/gemini-2.5-flash" }
      step first { tools: [outer], prompt: "Greet me." }
      step second { tools: [outer], prompt: "Greet me too." }
      output [first, second]
      """
    let outer = """
      about "Calls another."
      use "./shout.flow"
      input text: string
      step said = shout(text: text)
      output said
      """
    let run = try await MockRun(
      ["ask.flow": flow, "outer.flow": outer, "shout.flow": Self.shout], ["run", "--events", "ask.flow"])
    let lines = try run.outcome.output.split(separator: "\n").map { try Value(json: String($0)) }
    let begun = lines.filter { $0["event"] == .string("started") }.compactMap { $0["step"]?.string }
    #expect(begun.sorted() == ["first", "first.outer.shout.loud", "second", "second.outer.shout.loud"])
  }
}
