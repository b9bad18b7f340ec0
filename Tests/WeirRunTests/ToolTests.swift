import Synchronization
import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirRun
import WeirValues

/// What models call while they answer.
@Suite(.timeLimit(.minutes(1))) struct ToolTests {
  private func allow(_ options: inout RunOptions) { options.allowedPrograms = ["weather", "date"] }

  /// A step that may call `weather(city, unit = "c")`.
  private func weatherSketch(
    _ type: ValueType = .string, _ change: (inout StepSettings) -> Void = { _ in }
  ) -> Sketch {
    var sketch = Sketch()
    let weather = sketch.tool(
      "weather",
      [
        ("city", .string, default: nil),
        ("unit", .union([.text("c"), .text("f")]), default: constant(.string("c"), .text("c"))),
      ], about: "The weather now"
    ) { words("weather", "--unit", $0[1], "--", $0[0]) }
    sketch.output(
      sketch.step("answer", type, prompt: "Umbrella?") {
        $0.tools = [weather]
        change(&$0)
      })
    return sketch
  }

  // MARK: The loop

  @Test func aModelIsToldWhatItHasCalledAndThenAnswers() async throws {
    let endpoint = FakeEndpoint([
      "answer": [
        .calls(("weather", #"{"city": "Lisbon", "unit": null}"#), text: "Let me look."),
        .text("No umbrella."),
      ]
    ])
    let programs = FakePrograms([.success(Array("18 degrees\n".utf8))])
    let log = EventLog()
    let report = try await run(weatherSketch(), on: endpoint, programs: programs, log: log, allow)
    #expect(report.output == .string("No umbrella."))
    #expect(programs.commands.map(\.arguments) == [["weather", "--unit", "c", "--", "Lisbon"]])
    let requests = await endpoint.requests
    #expect(requests.map(\.tools.count) == [1, 1])
    #expect(requests[1].prompt.text == "Umbrella?")
    #expect(requests[1].rounds.map(\.text) == ["Let me look."])
    #expect(requests[1].rounds.map(\.results) == [["18 degrees"]])
    #expect(requests[1].rounds.first?.calls.map(\.id) == ["call_0"])
    let offer = try #require(requests[0].tools.first)
    #expect(offer.name == "weather")
    #expect(offer.about == "The weather now")
    #expect(offer.parameters.isStrict)
    #expect(
      offer.parameters.schema.json()
        == #"{"type":"object","properties":{"city":{"type":"string"},"unit":{"type":["string","null"],"description":"null for \"c\"","enum":["c","f",null]}},"required":["city","unit"],"additionalProperties":false}"#
    )
    let calls = try #require(report.steps[0].answer?.calls)
    #expect(calls.map(\.name) == ["weather"])
    #expect(calls.map(\.round) == [1])
    #expect(calls.map(\.result) == ["18 degrees"])
    #expect(calls.map(\.isError) == [false])
    #expect(
      log.all == [
        "answer started", #"answer calling weather {"city": "Lisbon", "unit": null}"#,
        "answer called weather: 18 degrees", #"answer answered "No umbrella.""#,
      ])
  }

  @Test func callsOfOneRoundRunAtTheSameTimeAndKeepTheirOrder() async throws {
    let endpoint = FakeEndpoint([
      "answer": [
        .calls(
          ("weather", #"{"city": "A"}"#), ("weather", #"{"city": "B"}"#), ("weather", #"{"city": "C"}"#)),
        .text("done"),
      ]
    ])
    let programs = MeetingPrograms(3)
    let report = try await run(weatherSketch(), on: endpoint, programs: programs, allow)
    #expect(report.output == .string("done"))
    #expect(await endpoint.requests.last?.rounds.first?.results == ["A", "B", "C"])
  }

  static let faults: [(name: String, arguments: String, told: [String])] = [
    ("weather", "{}", ["`city` is missing, it must be `string`"]),
    ("weather", "", ["`city` is missing, it must be `string`"]),
    ("weather", #"{"city": "Lisbon", "unit": "kelvin"}"#, ["`unit` must be", "\"kelvin\""]),
    (
      "weather", #"{"citty": "Lisbon"}"#,
      ["there is no argument `citty`; did you mean `city`?", "`city` is missing, it must be `string`"]
    ),
    ("weather", #"{"city": "Lisbon", "unit": 3}"#, ["`unit` must be `\"c\" | \"f\"`, found"]),
    ("wether", #"{"city": "Lisbon"}"#, ["no tool of this name; did you mean `weather`?", "`weather`"]),
    ("weather", #"{"city": "-rf"}"#, ["must not begin with `-`", "\"-rf\""]),
    ("weather", "I would like to know.", ["the arguments"]),
  ]

  @Test(arguments: faults.indices) func whatIsWrongGoesBackAndNothingRuns(_ index: Int) async throws {
    let fault = Self.faults[index]
    // Without the `--` before it.
    var sketch = Sketch()
    let weather = sketch.tool(
      "weather",
      [
        ("city", .string, default: nil),
        ("unit", .union([.text("c"), .text("f")]), default: constant(.string("c"), .text("c"))),
      ]
    ) { words("weather", $0[0]) }
    sketch.output(sketch.step("answer") { $0.tools = [weather] })
    let endpoint = FakeEndpoint(["answer": [.calls((fault.name, fault.arguments)), .text("I see.")]])
    let programs = FakePrograms([])
    let report = try await run(sketch, on: endpoint, programs: programs, allow)
    #expect(report.output == .string("I see."))
    #expect(programs.commands.isEmpty)
    let told = try #require(await endpoint.requests.last?.rounds.first?.results.first)
    for part in fault.told { #expect(told.contains(part), "\(told)") }
    #expect(report.steps[0].answer?.calls.map(\.isError) == [true])
  }

  @Test func theConditionsOfParametersAreAskedBeforeAnythingRuns() async throws {
    var sketch = Sketch()
    let cities = sketch.input("cities", .list(.string), default: constant(.list([.string("Porto")])))
    let allowed = sketch.condition(binary(it, .in, cities), "it in cities")
    let city = sketch.type("City", .string, TypeNotes(documentation: nil, condition: allowed))
    let weather = sketch.tool("weather", [("city", .named(city), default: nil)]) {
      words("weather", "--", $0[0])
    }
    sketch.output(sketch.step("answer") { $0.tools = [weather] })
    let endpoint = FakeEndpoint([
      "answer": [
        .calls(("weather", #"{"city": "Lisbon"}"#)), .calls(("weather", #"{"city": "Porto"}"#)), .text("ok"),
      ]
    ])
    let programs = FakePrograms([.success(Array("rain".utf8))])
    let report = try await run(sketch, on: endpoint, programs: programs, allow)
    let results = report.steps[0].answer?.calls.map(\.result) ?? []
    #expect(results.count == 2)
    #expect(results.first?.contains("`city` must meet `where it in cities`, found \"Lisbon\"") == true)
    #expect(results.last == "rain")
    #expect(programs.commands.count == 1)
    let schema = await endpoint.requests.first?.tools.first?.parameters.schema.json()
    #expect(schema?.contains(#""enum":["Porto"]"#) == true)
  }

  @Test func aToolThatFailsIsToldToTheModelAndTheRunGoesOn() async throws {
    let endpoint = FakeEndpoint([
      "answer": [.calls(("weather", #"{"city": "Lisbon"}"#)), .text("I do not know.")]
    ])
    let programs = FakePrograms([.failure(.exited(status: 2, standardError: "no network\n"))])
    let report = try await run(weatherSketch(), on: endpoint, programs: programs, allow)
    #expect(report.output == .string("I do not know."))
    let call = try #require(report.steps[0].answer?.calls.first)
    #expect(
      call.result == "The tool `weather` has failed: exited with status 2; it said: no network")
    #expect(call.isError)
    #expect(report.isComplete)
  }

  @Test func aToolOfATypeGivesWhatItPrintedAsThatType() async throws {
    var sketch = Sketch()
    let now = sketch.tool("now", [], .record([RecordField("hour", .int)])) { _ in words("date") }
    sketch.output(sketch.step("answer") { $0.tools = [now] })
    let endpoint = FakeEndpoint([
      "answer": [.calls(("now", "{}")), .calls(("now", "{}")), .calls(("now", "")), .text("ok")]
    ])
    let programs = FakePrograms(
      [#"{ "hour": 9, "minute": 3 }"#, #"{"hour": "nine"}"#, "nine"].map { .success(Array($0.utf8)) })
    let report = try await run(sketch, on: endpoint, programs: programs, allow)
    let results = report.steps[0].answer?.calls.map(\.result) ?? []
    #expect(results.first == #"{"hour":9}"#)
    #expect(results.dropFirst().first?.contains("`hour` must be `int`, found the string \"nine\"") == true)
    #expect(results.last?.contains("is not JSON: nine") == true)
  }

  // MARK: Bounds

  @Test func onTheLastRoundTheModelHasToAnswer() async throws {
    let sketch = weatherSketch { $0.rounds = 2 }
    let call = Result<EndpointReply, EndpointFailure>.calls(("weather", #"{"city": "Lisbon"}"#))
    let rain = Result<[UInt8], ProgramFailure>.success(Array("rain".utf8))
    let endpoint = FakeEndpoint(["answer": [call, call, .text("rain")]])
    let report = try await run(sketch, on: endpoint, programs: FakePrograms([rain, rain]), allow)
    #expect(report.output == .string("rain"))
    #expect(await endpoint.requests.map(\.toolChoice) == [.auto, .auto, .none])
    #expect(await endpoint.requests.map(\.tools.count) == [1, 1, 1])
    let stubborn = FakeEndpoint(["answer": [call, call, call]])
    let failed = try await run(sketch, on: stubborn, programs: FakePrograms([rain, rain]), allow)
    #expect(
      failed.lines == ["answer failed: the model called tools in all 2 rounds and did not answer then"])
    #expect(failed.diagnostics.map(\.code) == [.stepFailed])
    #expect(failed.diagnostics.first?.help?.contains("`rounds`") == true)
  }

  @Test func whatAllRoundsUseIsCounted() async throws {
    let usage = Usage(promptTokens: 10, completionTokens: 5, totalTokens: 15, cost: Number(0.25))
    let call = Result<EndpointReply, EndpointFailure>.calls(
      ("weather", #"{"city": "Lisbon"}"#), usage: usage)
    let endpoint = FakeEndpoint(["answer": [call, .success(EndpointReply(text: "rain", usage: usage))]])
    let programs = FakePrograms([.success(Array("rain".utf8))])
    let report = try await run(weatherSketch(), on: endpoint, programs: programs, allow)
    #expect(report.usage.totalTokens == 30)
    #expect(report.usage.cost == Number(0.5))
    #expect(report.steps[0].answer?.attempts == 2)
  }

  @Test func anAnswerThatIsSentBackKeepsItsRounds() async throws {
    let sketch = weatherSketch(.int)
    let endpoint = FakeEndpoint([
      "answer": [.calls(("weather", #"{"city": "Lisbon"}"#)), .text("warm, I think"), .text("18")]
    ])
    let programs = FakePrograms([.success(Array("18".utf8))])
    let report = try await run(sketch, on: endpoint, programs: programs, allow)
    #expect(report.output == .int(18))
    let last = try #require(await endpoint.requests.last)
    #expect(last.turns.map(\.answer) == ["warm, I think"])
    #expect(last.turns.first?.rounds.map(\.results) == [["18"]])
    #expect(last.rounds.isEmpty)
  }

  @Test func aConversationThatGoesOnCarriesItsRoundsAndItsReasoning() async throws {
    var sketch = weatherSketch()
    let tools: [OfferedTool]
    guard case .step(let first)? = sketch.program.work.first else { return }
    tools = first.settings.tools
    sketch.step("more", prompt: "And tomorrow?", { $0.tools = tools }) { $0.continued = first.id }
    var answer = EndpointReply(text: "No umbrella.")
    answer.reasoningDetails = .list([.string("signed")])
    let endpoint = FakeEndpoint([
      "answer": [.calls(("weather", #"{"city": "Lisbon"}"#)), .success(answer)], "more": [.text("Rain.")],
    ])
    let programs = FakePrograms([.success(Array("18".utf8))])
    _ = try await run(sketch, on: endpoint, programs: programs, allow)
    let turn = try #require(await endpoint.requests.last?.turns.first)
    #expect(turn.answer == "No umbrella.")
    #expect(turn.rounds.map(\.results) == [["18"]])
    #expect(turn.reasoningDetails == .list([.string("signed")]))
    #expect(await endpoint.requests.last?.tools.map(\.name) == ["weather"])
  }

  // MARK: Before the first request

  @Test func aProgramOfAToolThatWasNotAllowedIsTold() {
    let (prepared, told) = prepare(
      weatherSketch().program, RunOptions(providers: ["main"], defaultProvider: "main"))
    #expect(prepared == nil)
    #expect(told.map(\.code) == [.notAllowed])
    #expect(told.first?.message == "tool `weather` runs `weather`, which was not allowed")
  }

  @Test func anEndpointWithoutToolsIsNotAskedAtAll() throws {
    let prepared = try ready(weatherSketch(), allow)
    let objections = prepared.objections(of: ["main": ToollessEndpoint()])
    #expect(objections.map(\.code) == [.unsupportedSetting])
    #expect(objections.first?.message.contains("takes no tools") == true)
  }
}

/// Refuses requests with tools.
private struct ToollessEndpoint: Endpoint {
  func objection(to request: EndpointRequest) -> EndpointFailure? {
    request.tools.isEmpty ? nil : EndpointFailure(.invalidRequest, "it takes no tools")
  }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    EndpointReply(text: "")
  }
}

/// Prints the last argument, once so many programs run at the same time.
private actor MeetingPrograms: ProgramLauncher {
  private let count: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { self.count = count }

  func run(_ command: ProgramCommand) async throws(ProgramFailure) -> [UInt8] {
    if waiting.count + 1 == count {
      for continuation in waiting { continuation.resume() }
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
    return Array((command.arguments.last ?? "").utf8)
  }
}
