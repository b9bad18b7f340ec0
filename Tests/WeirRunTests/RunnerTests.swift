import Synchronization
import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProgram
import WeirRun
import WeirValues

private func runner(
  _ sketch: Sketch, on endpoint: FakeEndpoint, other: FakeEndpoint = FakeEndpoint(),
  log: EventLog = EventLog()
) throws -> Runner {
  Runner(
    try ready(sketch), endpoints: ["main": endpoint, "other": other],
    clock: RunClock { .zero }, observe: log.add)
}

@Suite(.timeLimit(.minutes(1))) struct RunnerTests {
  @Test func independentStepsOverlap() async throws {
    var sketch = Sketch()
    sketch.step("a")
    sketch.step("b")
    let endpoint = FakeEndpoint(holding: ["a", "b"])
    let runner = try runner(sketch, on: endpoint)
    async let report = runner.run()
    await endpoint.arrival(of: "a")
    await endpoint.arrival(of: "b")
    await endpoint.release("a")
    await endpoint.release("b")
    #expect(await report.lines == [#"a answered "a""#, #"b answered "b""#])
  }

  @Test func aStepStartsAsSoonAsItsNeedsAreThereAndNotBefore() async throws {
    var sketch = Sketch()
    let a = sketch.step("a")
    sketch.step("slow")
    sketch.step("b", prompt: template(.text("After "), .value(a)))
    let endpoint = FakeEndpoint(["a": [.text("one")]], holding: ["a", "slow"])
    let runner = try runner(sketch, on: endpoint)
    async let report = runner.run()
    await endpoint.arrival(of: "slow")
    await endpoint.arrival(of: "a")
    #expect(await !endpoint.asked.contains("b"))
    await endpoint.release("a")
    await endpoint.arrival(of: "b")
    #expect(await endpoint.underWay >= 1)
    await endpoint.release("slow")
    #expect(await report.isComplete)
    #expect(await endpoint.requests.last?.prompt == [.text("After one")])
  }

  @Test func resultsStandInTheOrderOfTheSourceAndEventsInThatOfTime() async throws {
    var sketch = Sketch()
    sketch.step("a")
    sketch.step("b")
    let endpoint = FakeEndpoint(holding: ["a", "b"])
    let log = EventLog()
    let runner = try runner(sketch, on: endpoint, log: log)
    async let report = runner.run()
    await endpoint.arrival(of: "a")
    await endpoint.release("b")
    while !log.all.contains(#"b answered "b""#) { await Task.yield() }
    await endpoint.release("a")
    #expect(await report.steps.map(\.name) == ["a", "b"])
    #expect(log.all == ["a started", "b started", #"b answered "b""#, #"a answered "a""#])
  }

  @Test func aFailureSkipsWhatNeedsItAndTheRestFinishes() async throws {
    var sketch = Sketch()
    let a = sketch.step("a")
    let b = sketch.step("b", prompt: template(.value(a)))
    sketch.step("c", prompt: template(.value(b)))
    let d = sketch.step("d")
    sketch.output(d, as: "d")
    sketch.output(b, as: "b")
    let endpoint = FakeEndpoint(["a": [.failed(attempts: 4, neverArrived: true)]])
    let log = EventLog()
    let report = try await runner(sketch, on: endpoint, log: log).run()
    #expect(
      report.lines == [
        "a failed: no connection", "b skipped for a through a", "c skipped for a through b",
        #"d answered "d""#,
      ])
    #expect(log.all.contains("c skipped for a through b"))
    #expect(report.output == nil)
    #expect(!report.isComplete)
    #expect(await Set(endpoint.asked) == ["a", "d"])
    #expect(report.diagnostics.map(\.code) == [.stepFailed, .stepSkipped, .stepSkipped])
    #expect(report.diagnostics.map(\.severity) == [.error, .note, .note])
    #expect(report.diagnostics[0].labels[0].text == "asked model: 4 requests")
    #expect(report.diagnostics[0].help == "it is safe to run again")
    #expect(report.diagnostics[2].message == "step `c` was not asked, for it needs `a`, by way of `b`")
  }

  @Test func cancellingStopsRequestsAndReportsWhatWasDone() async throws {
    var sketch = Sketch()
    let a = sketch.step("a")
    let b = sketch.step("b", prompt: template(.value(a)))
    sketch.step("c", prompt: template(.value(b)))
    let endpoint = FakeEndpoint(holding: ["b"])
    let log = EventLog()
    let runner = try runner(sketch, on: endpoint, log: log)
    let task = Task { await runner.run() }
    await endpoint.arrival(of: "b")
    task.cancel()
    let report = await task.value
    #expect(report.lines == [#"a answered "a""#, "b stopped", "c stopped"])
    #expect(report.wasCancelled)
    #expect(!report.isComplete)
    #expect(report.diagnostics.isEmpty)
    #expect(await endpoint.asked == ["a", "b"])
    #expect(log.all == ["a started", #"a answered "a""#, "b started", "b stopped"])
  }

  @Test func aCancelledTaskAsksNobody() async throws {
    var sketch = Sketch()
    sketch.step("a")
    let endpoint = FakeEndpoint()
    let runner = try runner(sketch, on: endpoint)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return await runner.run()
    }
    task.cancel()
    #expect(await task.value.lines == ["a stopped"])
    #expect(await endpoint.asked.isEmpty)
  }

  @Test func atMostAsManyStepsAsAllowedAreUnderWay() async throws {
    var sketch = Sketch()
    sketch.concurrency(2)
    let base = sketch.step("base")
    for number in 0..<20 {
      let name = sketch.let("name\(number)", template(.value(base), .text("\(number)")), .string)
      sketch.step("step\(number)", prompt: template(.value(name)))
    }
    let endpoint = FakeEndpoint()
    let report = try await runner(sketch, on: endpoint).run()
    #expect(report.isComplete)
    #expect(await endpoint.requests.count == 21)
    #expect(await endpoint.mostUnderWay == 2)
  }

  @Test func whatAFailedModelMayHaveCostMakesTheSumUnknown() async throws {
    var sketch = Sketch()
    sketch.step("a", model: ["first", "second"])
    let right = EndpointReply(text: "7", usage: Usage(promptTokens: 5, cost: Number(0.5)))
    let endpoint = FakeEndpoint(["a": [.failed(attempts: 1), .success(right)]])
    let report = try await runner(sketch, on: endpoint).run()
    #expect(report.steps[0].answer?.usage == Usage())
    #expect(report.usage == Usage())
  }

  @Test func whereOnlySumsAreKeptAnAnswerIsCountedAndTheRestIsTold() async throws {
    var sketch = Sketch()
    for name in ["plain", "taped", "cut", "made", "failed"] { sketch.step(name) }
    func reply(_ tokens: Int, _ source: EndpointReply.Source = .endpoint) -> EndpointReply {
      var reply = EndpointReply(text: "x", usage: Usage(promptTokens: tokens))
      reply.source = source
      return reply
    }
    var cut = reply(4)
    cut.finish = .length
    let endpoint = FakeEndpoint([
      "plain": [.success(reply(1))], "taped": [.success(reply(2, .tape))], "cut": [.success(cut)],
      "made": [.success(reply(8, .madeUp))], "failed": [.failed(attempts: 1, neverArrived: true)],
    ])
    let report = try await run(sketch, on: endpoint, detail: .sums)
    #expect(report.steps.map(\.name) == ["cut", "made", "failed"])
    #expect(report.answered.done == 2)
    #expect(report.answered.fromTape == 1)
    #expect(report.usage == Usage(promptTokens: 15))
    #expect(!report.isComplete)
    #expect(report.diagnostics.map(\.severity) == [.warning, .error])
  }

  @Test func countsThatAreTooLargeForASumAreUnknown() async throws {
    var sketch = Sketch()
    for name in ["a", "b"] { sketch.step(name) }
    let reply = EndpointReply(text: "7", usage: Usage(promptTokens: .max, totalTokens: 3))
    let report = try await runner(
      sketch, on: FakeEndpoint(["a": [.success(reply)], "b": [.success(reply)]])
    ).run()
    #expect(report.usage == Usage(totalTokens: 6))
  }

  @Test func theNextModelIsAskedWhereOneHasFailed() async throws {
    var sketch = Sketch()
    sketch.step("a", .int, model: ["first", "other:second", "third"]) { $0.repairs = 0 }
    var wrong = EndpointReply(text: "none", usage: Usage(promptTokens: 10, cost: Number(0.25)))
    wrong.attempts = 2
    var right = EndpointReply(
      text: "7", usage: Usage(promptTokens: 5, completionTokens: 1, cost: Number(0.5)))
    right.model = "third-2025"
    let main = FakeEndpoint(["a": [.failed(attempts: 4, neverArrived: true), .success(right)]])
    let other = FakeEndpoint(["a": [.success(wrong)]])
    let log = EventLog()
    let report = try await runner(sketch, on: main, other: other, log: log).run()
    let answer = try #require(report.steps[0].answer)
    #expect(answer.value == .int(7))
    #expect(answer.attempts == 7)
    #expect(answer.usage == Usage(promptTokens: 15, cost: Number(0.75)))
    #expect(answer.model == "third-2025")
    #expect(answer.choice == ModelChoice(provider: "main", model: "third"))
    #expect(await main.requests.map(\.model) == ["first", "third"])
    #expect(await other.requests.map(\.model) == ["second"])
    #expect(
      log.all == [
        "a started", "a falling back to second: no connection",
        "a falling back to third: nothing in the answer is of type `int`, found the string \"none\"",
        "a answered 7",
      ])
  }

  @Test func theLastFailureCounts() async throws {
    var sketch = Sketch()
    sketch.step("a", .int, model: ["first", "second"]) { $0.repairs = 0 }
    let endpoint = FakeEndpoint(["a": [.failed(.quota, "no credit left"), .text("\"x\"")]])
    let report = try await runner(sketch, on: endpoint).run()
    let diagnostic = try #require(report.diagnostics.first)
    #expect(diagnostic.code == .answerMismatch)
    #expect(
      diagnostic.message
        == "step `a` got an answer that cannot be used: the answer must be `int`, found the string \"x\"")
    #expect(diagnostic.labels[0].text == "asked first, then second: 2 requests")
    #expect(diagnostic.details == [.init("the last answer was", [#""x""#])])
  }

  @Test func settingsSchemaAndSystemReachTheEndpoint() async throws {
    var sketch = Sketch()
    let a = sketch.step("a")
    sketch.step("b", .int, model: "other:deep/model:free") { settings in
      settings.system = template(.text("Be "), .value(a))
      settings.temperature = 0.5
      settings.topP = 1
      settings.maxTokens = 100
      settings.seed = 7
      settings.stop = "END"
      settings.reasoning = "low"
      settings.timeout = 1.5
      settings.retries = 0
      settings.options = constant(.record(["top_k": .int(5)]))
    }
    let other = FakeEndpoint(["b": [.text("1")]])
    _ = try await runner(sketch, on: FakeEndpoint(), other: other).run()
    let request = try #require(await other.requests.first)
    #expect(request.model == "deep/model:free")
    #expect(request.system == "Be a")
    #expect(request.answer?.name == "b")
    #expect(request.temperature == Number(0.5))
    #expect(request.topP == Number(1))
    #expect(request.maxTokens == 100)
    #expect(request.seed == 7)
    #expect(request.stop == ["END"])
    #expect(request.reasoning == .effort("low"))
    #expect(request.timeout == .seconds(1.5))
    #expect(request.retries == 0)
    #expect(request.options == ["top_k": .int(5)])
  }

  @Test func aPromptThatCannotBeMadeFailsItsStepAlone() async throws {
    var sketch = Sketch()
    let a = sketch.step("a", .list(.string))
    sketch.step("b", prompt: template(.value(a.element(3))))
    let endpoint = FakeEndpoint(["a": [.text("[]")]])
    let report = try await runner(sketch, on: endpoint).run()
    #expect(
      report.lines == ["a answered []", "b failed: index 3 is outside `a`, which has 0 elements"])
    #expect(report.diagnostics.map(\.code) == [.evaluationFailed])
    #expect(report.diagnostics[0].labels[1].text == "step `b` was not asked")
  }

  @Test func letsAndOutputsAreComputedFromAnswers() async throws {
    var sketch = Sketch()
    let a = sketch.step("a")
    let doubled = sketch.let("doubled", template(.value(a), .value(a)), .string)
    sketch.output(doubled, as: "twice")
    sketch.output(a, as: "once")
    let report = try await runner(sketch, on: FakeEndpoint()).run()
    #expect(report.output?.json() == #"{"twice":"aa","once":"a"}"#)
    #expect(report.isComplete)
  }

  @Test func anOutputWithoutANameIsTheValueItself() async throws {
    var sketch = Sketch()
    sketch.output(sketch.step("a"))
    #expect(try await runner(sketch, on: FakeEndpoint()).run().output == .string("a"))
  }

  @Test func aLetThatFailsSkipsWhatNeedsIt() async throws {
    var sketch = Sketch()
    let a = sketch.step("a")
    let number = sketch.let("number", call("parse_json", a), .int, readAs: .int)
    sketch.step("b", prompt: template(.value(number)))
    let c = sketch.step("c")
    sketch.output(c)
    let endpoint = FakeEndpoint(["a": [.text("\"seven\"")]])
    let report = try await runner(sketch, on: endpoint).run()
    #expect(
      report.lines == [#"a answered "\"seven\"""#, "b skipped for number through number", #"c answered "c""#])
    #expect(report.faults.map(\.message) == [#"`number` must be `int`, found the string "seven""#])
    #expect(report.output == .string("c"))
    #expect(!report.isComplete)
  }

  @Test func aFailingOutputIsAFault() async throws {
    var sketch = Sketch()
    let a = sketch.step("a", .list(.string))
    sketch.output(a.element(0))
    let report = try await runner(sketch, on: FakeEndpoint(["a": [.text("[]")]])).run()
    #expect(report.output == nil)
    #expect(report.diagnostics.map(\.code) == [.evaluationFailed])
  }

  @Test func aTextThatWasCutOffIsUsedWithAWarning() async throws {
    var sketch = Sketch()
    sketch.output(sketch.step("a"))
    let report = try await runner(sketch, on: FakeEndpoint(["a": [.text("Once up", finish: .length)]])).run()
    #expect(report.output == .string("Once up"))
    #expect(report.diagnostics.map(\.code) == [.answerCutOff])
    #expect(report.diagnostics.map(\.severity) == [.warning])
  }

  @Test func durationsComeFromTheClock() async throws {
    var sketch = Sketch()
    sketch.step("a")
    let ticks = Mutex(0)
    let clock = RunClock {
      ticks.withLock {
        $0 += 1; return .seconds($0)
      }
    }
    let report = await Runner(
      try ready(sketch), endpoints: ["main": FakeEndpoint(), "other": FakeEndpoint()], clock: clock
    ).run()
    #expect(report.steps[0].answer?.duration == .seconds(1))
    #expect(report.duration == .seconds(3))
  }

  @Test func usageIsUnknownWhereOneStepDoesNotSay() async throws {
    var sketch = Sketch()
    sketch.step("a")
    sketch.step("b")
    let known = EndpointReply(text: "x", usage: Usage(promptTokens: 3, cost: Number(0.5)))
    let other = EndpointReply(text: "y", usage: Usage(promptTokens: 4))
    let endpoint = FakeEndpoint(["a": [.success(known)], "b": [.success(other)]])
    let report = try await runner(sketch, on: endpoint).run()
    #expect(report.usage == Usage(promptTokens: 7))
  }

  @Test func aConditionMayNameAnotherStep() async throws {
    var sketch = Sketch()
    let labels = sketch.step("labels", .list(.string))
    let notes = sketch.notes(where: binary(it, .in, labels), "it in labels")
    sketch.step("label", .record([RecordField("name", .string, notes)])) { $0.repairs = 0 }
    let endpoint = FakeEndpoint([
      "labels": [.text(#"["red", "blue"]"#)], "label": [.text(#"{"name": "green"}"#)],
    ])
    let report = try await runner(sketch, on: endpoint).run()
    #expect(
      report.lines.last
        == #"label failed: `name` must meet `where it in labels`, found "green""#)
    let schema = await endpoint.requests.last?.answer?.schema
    #expect(schema?["properties"]?["name"]?["enum"] == .list([.string("red"), .string("blue")]))
  }

  @Test func aLongChainOfStepsRuns() async throws {
    var sketch = Sketch()
    var last = sketch.step("start")
    for number in 0..<500 { last = sketch.step("step\(number)", prompt: template(.value(last))) }
    sketch.output(last)
    let report = try await runner(sketch, on: FakeEndpoint()).run()
    #expect(report.output == .string("step499"))
  }
}
