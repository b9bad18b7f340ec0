import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProgram
import WeirRun
import WeirValues

/// Loops, choice and calls.
@Suite(.timeLimit(.minutes(1))) struct BlockTests {
  private let pages = constant(.list(["a", "b", "c"].map { .string($0) }), .list(.string))

  @Test func everyElementGoesItsOwnWayAndTheListKeepsItsOrder() async throws {
    var sketch = Sketch()
    let names = sketch.forEach(pages) { sketch, page, index in
      let notes = sketch.step("notes", prompt: template(.text("Sum up "), .value(page)))
      let score = sketch.step("score", prompt: template(.text("Score "), .value(notes)))
      sketch.let("row", expression(.list([index, notes, score])))
    }
    sketch.output(try #require(names["row"]))
    let answers = AskedEndpoint { $0.prompt.text }
    let log = EventLog()
    let report = try await run(sketch, on: answers, log: log)
    #expect(
      report.output?.json()
        == #"[[0,"Sum up a","Score Sum up a"],[1,"Sum up b","Score Sum up b"],[2,"Sum up c","Score Sum up c"]]"#
    )
    #expect(report.isComplete)
    #expect(
      report.lines == [
        "notes done 3, failed 0, skipped 0, stopped 0", "score done 3, failed 0, skipped 0, stopped 0",
      ])
    #expect(log.all.contains("score[2] started"))
  }

  @Test func theLastElementMayBeDoneBeforeTheFirst() async throws {
    var sketch = Sketch()
    let names = sketch.forEach(pages) { sketch, page, _ in
      sketch.step("notes", prompt: template(.value(page)))
    }
    sketch.output(try #require(names["notes"]))
    let endpoint = PatientEndpoint(last: "a", after: 2)
    let report = try await run(sketch, on: endpoint)
    #expect(report.output?.json() == #"["a","b","c"]"#)
    #expect(await endpoint.answered.last == "a")
  }

  @Test func aListOfNothingAsksNobody() async throws {
    var sketch = Sketch()
    let list = sketch.step("list", .list(.string))
    let names = sketch.forEach(list) { sketch, page, _ in sketch.step("notes", prompt: template(.value(page)))
    }
    sketch.output(try #require(names["notes"]))
    let report = try await run(sketch, on: AskedEndpoint { _ in "[]" })
    #expect(report.output == .list([]))
    #expect(report.isComplete)
  }

  @Test func aFailedElementLetsTheOthersFinish() async throws {
    var sketch = Sketch()
    let names = sketch.forEach(pages) { sketch, page, _ in
      let notes = sketch.step("notes", prompt: template(.value(page)))
      sketch.step("score", prompt: template(.text("of "), .value(notes)))
    }
    sketch.step("all", prompt: template(.value(try #require(names["score"]))))
    let endpoint = AskedEndpoint { request throws(EndpointFailure) in
      if request.prompt.text == "b" { throw EndpointFailure(.refused, "no") }
      return request.prompt.text
    }
    let report = try await run(sketch, on: endpoint)
    #expect(
      report.lines == [
        "notes done 2, failed 1, skipped 0, stopped 0", "score done 2, failed 0, skipped 1, stopped 0",
        "all skipped for notes through score",
      ])
    #expect(report.diagnostics.map(\.message).first == "step `notes[1]` got no answer: no")
    #expect(report.output == nil)
  }

  @Test func manyFailuresAreToldByTheFirstFew() async throws {
    var sketch = Sketch()
    let list = constant(.list((0..<50).map { .int($0) }), .list(.int))
    sketch.forEach(list, .int) { sketch, page, _ in sketch.step("notes", prompt: template(.value(page))) }
    let report = try await run(
      sketch, on: AskedEndpoint { _ throws(EndpointFailure) in throw EndpointFailure(.refused, "no") })
    #expect(report.lines == ["notes done 0, failed 50, skipped 0, stopped 0"])
    #expect(report.diagnostics.count == 3)
    #expect(report.diagnostics[0].labels[0].text?.hasSuffix("and 47 more passes") == true)
  }

  @Test func passesAreKeptWhenAskedFor() async throws {
    var sketch = Sketch()
    sketch.forEach(pages) { sketch, page, _ in sketch.step("notes", prompt: template(.value(page))) }
    let report = try await run(sketch, on: AskedEndpoint { $0.prompt.text }, detail: .passes)
    guard case .passes(let tally) = report.steps[0].result else {
      Issue.record("a step in a loop has passes")
      return
    }
    #expect(Set(tally.passes.map(\.pass)) == [[0], [1], [2]])
    #expect(tally.usage == Usage())
  }

  @Test func loopsNestAndReadWhatIsOutside() async throws {
    var sketch = Sketch()
    let tone = sketch.step("tone")
    let names = sketch.forEach(pages) { sketch, page, _ in
      let numbers = constant(.list([.int(1), .int(2)]), .list(.int))
      sketch.forEach(numbers, .int) { sketch, number, _ in
        sketch.step("line", prompt: template(.value(tone), .value(page), .value(number)))
      }
    }
    sketch.output(try #require(names["line"]))
    let report = try await run(sketch, on: AskedEndpoint { $0.step == "tone" ? "t" : $0.prompt.text })
    #expect(report.output?.json() == #"[["ta1","ta2"],["tb1","tb2"],["tc1","tc2"]]"#)
  }

  // MARK: if

  @Test(arguments: [("en", "null", 0), ("de", #""Translate""#, 1)])
  func onlyTheBranchThatIsTakenAsks(language: String, result: String, asked: Int) async throws {
    var sketch = Sketch()
    let given = sketch.step("language")
    let names = sketch.choose([
      (binary(given, .notEqual, "en"), { $0.step("english", prompt: "Translate") })
    ])
    sketch.output(try #require(names["english"]))
    let report = try await run(
      sketch, on: AskedEndpoint { $0.step == "language" ? language : $0.prompt.text })
    #expect(report.output?.json() == result)
    #expect(report.isComplete)
    #expect(report.lines[1] == "english done \(asked), failed 0, skipped 0, stopped 0")
  }

  @Test func branchesMakeTheSameName() async throws {
    var sketch = Sketch()
    let size = sketch.step("size", .int)
    let names = sketch.choose([
      (binary(size, .greater, 5), { $0.step("text", prompt: "long") }),
      (binary(size, .greater, 2), { $0.step("text", prompt: "middle") }),
      (nil, { $0.let("text", "short", .string) }),
    ])
    sketch.output(try #require(names["text"]))
    for (answer, result) in [("9", "long"), ("3", "middle"), ("1", "short")] {
      let report = try await run(
        sketch, on: AskedEndpoint { $0.step == "size" ? answer : $0.prompt.text })
      #expect(report.output == .string(result))
    }
  }

  // MARK: repeat

  private func drafts(upTo bound: Expression = 3) throws -> Sketch {
    var sketch = Sketch()
    let outline = sketch.step("outline")
    let names = sketch.repeat("draft", from: outline, upTo: bound) { sketch, draft in
      let review = sketch.step("review", .int, prompt: template(.text("Review "), .value(draft)))
      sketch.until(binary(review, .greaterOrEqual, 8))
      return sketch.step("rewrite", prompt: template(.value(draft), .text("+")))
    }
    sketch.output(try #require(names["draft"]), as: "draft")
    sketch.output(try #require(names["review"]), as: "review")
    return sketch
  }

  @Test func aRepeatEndsWhereItsUntilHolds() async throws {
    let endpoint = AskedEndpoint { request in
      switch request.step {
      case "outline": "o"
      case "review": request.prompt.text == "Review o+" ? "9" : "5"
      default: request.prompt.text
      }
    }
    let report = try await run(try drafts(), on: endpoint, detail: .passes)
    #expect(report.output?.json() == #"{"draft":"o+","review":9}"#)
    #expect(report.isComplete)
    #expect(report.lines[2] == "rewrite done 1, failed 0, skipped 0, stopped 0")
    #expect(report.repeats.map(\.passes) == [2])
    #expect(report.repeats.map(\.didHold) == [true])
  }

  @Test func aRepeatEndsAtItsBoundWithWhatWouldComeNext() async throws {
    let endpoint = AskedEndpoint { $0.step == "review" ? "5" : $0.step == "outline" ? "o" : $0.prompt.text }
    let report = try await run(try drafts(), on: endpoint)
    #expect(report.output?.json() == #"{"draft":"o+++","review":5}"#)
    #expect(report.repeats.map(\.didHold) == [false])
  }

  @Test func aBoundOutOfItsRangeIsToldBeforeTheFirstRequest() throws {
    let (_, diagnostics) = prepare(
      try drafts(upTo: 0).program, RunOptions(providers: ["main"], defaultProvider: "main"))
    #expect(
      diagnostics.map(\.message) == ["the most passes must be a whole number from 1 to 10000, found 0"])
  }

  @Test func aFailureInAPassEndsTheRepeatAndSkipsWhatNeedsIt() async throws {
    var sketch = try drafts()
    sketch.step("last", prompt: template(.value(sketch.program.outputs[0].expression)))
    let endpoint = AskedEndpoint { request throws(EndpointFailure) in
      if request.step == "rewrite" { throw EndpointFailure(.refused, "no") }
      return request.step == "review" ? "5" : "o"
    }
    let report = try await run(sketch, on: endpoint)
    #expect(report.lines.last == "last skipped for rewrite through draft")
    #expect(!report.isComplete)
  }

  // MARK: Calls

  @Test func aFlowIsCalledWithItsArgumentsAndDefaults() async throws {
    var sketch = Sketch()
    let flow = sketch.flow("summarize") { sketch in
      let text = sketch.input("text")
      let words = sketch.input("words", .int, default: 50)
      let summary = sketch.step("summary", prompt: template(.value(words), .text(": "), .value(text)))
      sketch.output(summary, as: "summary")
      sketch.output(words, as: "words")
    }
    let first = sketch.step("first")
    let called = sketch.call("short", flow, ["text": first])
    sketch.output(called)
    let report = try await run(sketch, on: AskedEndpoint { $0.step == "first" ? "T" : $0.prompt.text })
    #expect(report.output?.json() == #"{"summary":"50: T","words":50}"#)
    #expect(
      report.lines == [#"first answered "T""#, "summarize.summary done 1, failed 0, skipped 0, stopped 0"])
  }

  @Test func eachPassCallsByItself() async throws {
    var sketch = Sketch()
    let flow = sketch.flow("twice") { sketch in
      let text = sketch.input("text")
      sketch.output(sketch.step("again", prompt: template(.value(text), .value(text))))
    }
    let names = sketch.forEach(pages) { sketch, page, _ in sketch.call("done", flow, ["text": page]) }
    sketch.output(try #require(names["done"]))
    let log = EventLog()
    let report = try await run(sketch, on: AskedEndpoint { $0.prompt.text }, log: log)
    #expect(report.output?.json() == #"["aa","bb","cc"]"#)
    #expect(log.all.contains("twice.again[1] started"))
  }

  @Test func anArgumentIsHeldToTheConditionsOfItsInput() async throws {
    var sketch = Sketch()
    let flow = sketch.flow("f") { sketch in
      let notes = sketch.notes(where: binary(it, .less, 10), "it < 10")
      sketch.output(sketch.input("n", .int, notes: notes))
    }
    let number = sketch.step("number", .int)
    sketch.output(sketch.call("late", flow, ["n": number]))
    let report = try await run(sketch, on: AskedEndpoint { _ in "12" })
    #expect(report.faults.map(\.message) == ["input `n` must meet `where it < 10`, found 12"])
    #expect(report.output == nil)

    var early = Sketch()
    let called = early.flow("f") { sketch in
      let notes = sketch.notes(where: binary(it, .less, 10), "it < 10")
      sketch.output(sketch.input("n", .int, notes: notes))
    }
    early.output(early.call("early", called, ["n": 12]))
    let (_, diagnostics) = prepare(early.program, RunOptions(providers: ["main"], defaultProvider: "main"))
    #expect(diagnostics.map(\.message) == ["input `n` must meet `where it < 10`, found 12"])
  }

  @Test func aCalledFlowWithoutAModelTakesThatOfItsCaller() async throws {
    var sketch = Sketch()
    let inner = sketch.flow("inner") { sketch in sketch.output(sketch.step("deep", model: nil)) }
    let outer = sketch.flow("outer") { sketch in sketch.output(sketch.call("below", inner)) }
    sketch.output(sketch.call("all", outer))
    let (_, diagnostics) = prepare(sketch.program, RunOptions(providers: ["main"], defaultProvider: "main"))
    #expect(diagnostics.map(\.code) == [.noModel])
    sketch.defaultModel("caller/model")
    let endpoint = AskedEndpoint { $0.model }
    let report = try await run(sketch, on: endpoint)
    #expect(report.output == .string("caller/model"))
  }

  @Test func whatAnotherFlowLendsNeedsNoCall() async throws {
    var sketch = Sketch()
    var warm: Expression?
    _ = sketch.flow("tone") { sketch in warm = sketch.let("warm", "warmly", .string) }
    sketch.output(sketch.step("a", prompt: template(.text("Say it "), .value(try #require(warm)))))
    #expect(try await run(sketch, on: AskedEndpoint { $0.prompt.text }).output == .string("Say it warmly"))
  }

  // MARK: Settings of passes

  @Test func settingsMayReadTheElementOfAKnownList() async throws {
    var sketch = Sketch()
    let models = constant(.list([.string("small"), .string("other:large")]), .list(.string))
    let names = sketch.forEach(models) { sketch, model, index in
      sketch.step("answer", model: model) { $0.seed = index }
    }
    sketch.output(try #require(names["answer"]))
    let report = try await run(sketch, on: AskedEndpoint { "\($0.model) \($0.seed ?? -1)" })
    #expect(report.output?.json() == #"["small 0","large 1"]"#)
  }

  @Test func aWrongSettingOfOnePassIsToldBeforeTheFirstRequest() {
    var sketch = Sketch()
    let heats = constant(.list([.int(1), .int(3), .int(5)]), .list(.int))
    sketch.forEach(heats, .int) { sketch, heat, _ in sketch.step("a") { $0.temperature = heat } }
    let (_, diagnostics) = prepare(sketch.program, RunOptions(providers: ["main"], defaultProvider: "main"))
    #expect(
      diagnostics.map(\.message) == [
        "`temperature` must be from 0 to 2, found 3", "`temperature` must be from 0 to 2, found 5",
      ])
  }

  @Test func aConditionOfTheTypeMayReadTheElement() async throws {
    var sketch = Sketch()
    let limits = constant(.list([.int(10), .int(20)]), .list(.int))
    sketch.forEach(limits, .int) { sketch, limit, _ in
      let notes = sketch.notes(where: binary(it, .less, limit), "it < limit")
      sketch.step("n", .record([RecordField("n", .int, notes)]))
    }
    let endpoint = AskedEndpoint { request in
      let most = request.answer?.schema["properties"]?["n"]?["maximum"]?.number?.int ?? 0
      return #"{"n": \#(most)}"#
    }
    let report = try await run(sketch, on: endpoint, detail: .passes)
    guard case .passes(let tally) = report.steps[0].result else { return }
    #expect(Set(tally.passes.compactMap { $0.outcome.value?["n"] }) == [.int(9), .int(19)])
  }

  // MARK: Limits

  @Test func cancellingInTheMiddleOfALoopEndsAtOnce() async throws {
    var sketch = Sketch()
    let many = constant(.list((0..<1_000).map { .int($0) }), .list(.int))
    sketch.forEach(many, .int) { sketch, number, _ in sketch.step("a", prompt: template(.value(number))) }
    let endpoint = SilentEndpoint()
    let runner = Runner(try ready(sketch), endpoints: ["main": endpoint, "other": endpoint])
    let task = Task { await runner.run() }
    await endpoint.arrival()
    task.cancel()
    let report = await task.value
    #expect(report.end == .cancelled)
    #expect(await endpoint.requests <= Limits.defaultConcurrency)
  }

  @Test func theLimitOfTimeStopsTheRun() async throws {
    var sketch = Sketch()
    sketch.timeLimit(Number(600))
    sketch.step("a")
    let endpoint = FakeEndpoint(holding: ["a"])
    let clock = RunClock(now: { .zero }) { [endpoint] duration in
      #expect(duration == .seconds(600))
      await endpoint.arrival(of: "a")
    }
    let runner = Runner(try ready(sketch), endpoints: ["main": endpoint, "other": endpoint], clock: clock)
    let report = await runner.run()
    #expect(report.end == .outOfTime(.seconds(600)))
    #expect(report.lines == ["a stopped"])
    #expect(!report.isComplete)
  }

  @Test func aRunThatIsOverBeforeItsLimitDoesNotWaitForIt() async throws {
    var sketch = Sketch()
    sketch.timeLimit(Number(600))
    sketch.output(sketch.step("a"))
    let clock = RunClock(now: { .zero }) { _ in try await Task.sleep(for: .seconds(600)) }
    let endpoint = FakeEndpoint()
    let report = await Runner(
      try ready(sketch), endpoints: ["main": endpoint, "other": endpoint], clock: clock
    ).run()
    #expect(report.end == .finished)
    #expect(report.output == .string("a"))
  }
}
