import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirRun
import WeirValues

/// Flows that models call.
@Suite(.timeLimit(.minutes(1))) struct FlowToolTests {
  /// A step that may call `sum_up(text, words = 20)`, a flow of two steps, and `now()`.
  private func sketch(model: Expression? = "small") -> Sketch {
    var sketch = Sketch()
    let flow = sketch.flow("sum_up") { sketch in
      let text = sketch.input("text", notes: sketch.notes(where: binary(it, .notEqual, ""), "it != \"\""))
      let count = sketch.input("words", .int, default: 20)
      let short = sketch.step(
        "short", prompt: template(.value(text), .text(" in "), .value(count)), model: model)
      sketch.output(sketch.step("title", prompt: template(.text("Title: "), .value(short)), model: model))
    }
    let now = sketch.tool("now") { _ in words("date") }
    let sumUp = sketch.tool(flow)
    sketch.output(sketch.step("answer", prompt: "Sum it up.", model: "large") { $0.tools = [sumUp, now] })
    return sketch
  }

  private func allow(_ options: inout RunOptions) { options.allowedPrograms = ["date"] }

  @Test func aFlowRunsWithWhatTheModelGivesAndBesideAProgram() async throws {
    let usage = Usage(promptTokens: 1, completionTokens: 1, totalTokens: 2, cost: Number(0.5))
    func reply(_ text: String) -> Result<EndpointReply, EndpointFailure> {
      .success(EndpointReply(text: text, usage: usage))
    }
    let endpoint = FakeEndpoint([
      "answer": [
        .calls(("sum_up", #"{"text": "A long text.", "words": null}"#), ("now", "{}"), usage: usage),
        reply("It is short."),
      ], "answer.sum_up.short": [reply("Short.")], "answer.sum_up.title": [reply("The title")],
    ])
    let programs = FakePrograms([.success(Array("noon".utf8))])
    let log = EventLog()
    let report = try await run(sketch(), on: endpoint, programs: programs, log: log, allow)
    #expect(report.output == .string("It is short."))
    let requests = await endpoint.requests
    #expect(requests.map(\.step) == ["answer", "answer.sum_up.short", "answer.sum_up.title", "answer"])
    #expect(requests.map(\.model) == ["large", "small", "small", "large"])
    #expect(requests[1].prompt.text == "A long text. in 20")
    #expect(requests[1].pass == [0])
    #expect(requests[3].rounds.first?.results == ["The title", "noon"])
    #expect(report.usage.totalTokens == 8)
    #expect(report.usage.cost == Number(2))
    #expect(report.steps.map(\.name) == ["answer"])
    #expect(report.steps[0].answer?.calls.map(\.usage?.totalTokens) == [4, nil])
    #expect(log.all.contains(#"answer.sum_up.title[0] answered "The title""#))
  }

  @Test func whereNothingNamesAModelTheOneThatCallsIsAsked() async throws {
    let endpoint = FakeEndpoint(["answer": [.calls(("sum_up", #"{"text": "A"}"#)), .text("ok")]])
    _ = try await run(sketch(model: nil), on: endpoint, allow)
    #expect(await endpoint.requests.map(\.model) == ["large", "large", "large", "large"])
  }

  @Test func whatItsInputsDoNotTakeGoesBack() async throws {
    let endpoint = FakeEndpoint(["answer": [.calls(("sum_up", #"{"text": ""}"#)), .text("ok")]])
    let report = try await run(sketch(), on: endpoint, allow)
    #expect(await endpoint.asked == ["answer", "answer"])
    let call = try #require(report.steps[0].answer?.calls.first)
    #expect(call.isError)
    #expect(call.result.contains("must meet `where it != \"\"`"))
  }

  @Test func aFlowThatFailsIsToldToTheModel() async throws {
    let endpoint = FakeEndpoint([
      "answer": [.calls(("sum_up", #"{"text": "A"}"#)), .text("ok")],
      "answer.sum_up.short": [.failed(.refused, "it is forbidden")],
    ])
    let report = try await run(sketch(), on: endpoint, allow)
    #expect(report.output == .string("ok"))
    let call = try #require(report.steps[0].answer?.calls.first)
    #expect(call.isError)
    #expect(
      call.result.contains("step `answer.sum_up.short` got no answer: it is forbidden"), "\(call.result)")
  }

  @Test func everyCallHasARunOfItsOwn() async throws {
    let endpoint = FakeEndpoint([
      "answer": [
        .calls(("sum_up", #"{"text": "A"}"#), ("sum_up", #"{"text": "B", "words": 3}"#)), .text("ok"),
      ]
    ])
    let report = try await run(sketch(), on: endpoint, allow)
    #expect(report.output == .string("ok"))
    let prompts = await endpoint.requests.filter { $0.step == "answer.sum_up.short" }.map {
      "\($0.pass) \($0.prompt.text)"
    }
    #expect(Set(prompts) == ["[0] A in 20", "[1] B in 3"])
  }

  @Test func itsProgramsAndProvidersAreLookedAtBeforeTheFirstRequest() throws {
    var sketch = Sketch()
    let flow = sketch.flow("shell") { sketch in
      sketch.output(sketch.run("files", words("ls")))
      sketch.step("said", model: "other:model")
    }
    let shell = sketch.tool(flow)
    sketch.output(sketch.step("answer") { $0.tools = [shell] })
    let (prepared, told) = prepare(
      sketch.program, RunOptions(providers: ["main", "other"], defaultProvider: "main"))
    #expect(prepared == nil)
    #expect(told.map(\.code) == [.notAllowed])
    let allowed = try ready(sketch) { $0.allowedPrograms = ["ls"] }
    #expect(Set(allowed.steps.flatMap(\.models).map(\.provider)) == ["main", "other"])
  }

  @Test func theLimitsOfTheRunHoldAndThoseOfTheFlowDoNot() async throws {
    var sketch = sketch()
    sketch.concurrency(1)
    let call = #"{"text": "A"}"#
    let endpoint = FakeEndpoint(["answer": [.calls(("sum_up", call), ("sum_up", call)), .text("ok")]])
    let report = try await run(sketch, on: endpoint, allow)
    #expect(report.output == .string("ok"))
    #expect(await endpoint.mostUnderWay == 1)
  }

  @Test func aRunThatIsCancelledEndsWhatItsToolsDo() async throws {
    var sketch = Sketch()
    let flow = sketch.flow("sum_up") { $0.output($0.step("short")) }
    let sumUp = sketch.tool(flow)
    sketch.output(sketch.step("answer") { $0.tools = [sumUp] })
    let endpoint = FakeEndpoint(["answer": [.calls(("sum_up", "{}"))]], holding: ["answer.sum_up.short"])
    let running = Task { [sketch] in try await run(sketch, on: endpoint) }
    await endpoint.arrival(of: "answer.sum_up.short")
    running.cancel()
    let report = try await running.value
    #expect(report.lines == ["answer stopped"])
    #expect(report.wasCancelled)
  }
}
