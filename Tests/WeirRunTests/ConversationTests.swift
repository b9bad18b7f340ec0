import Synchronization
import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProgram
import WeirRun
import WeirValues

/// Repairs, `ensure`, `otherwise`, examples, `continue` and `meta`.
@Suite(.timeLimit(.minutes(1))) struct ConversationTests {
  private let score = ValueType.record([RecordField("score", .int), RecordField("why", .string)])

  private func ensure(_ condition: Expression, _ reason: Expression?, _ text: String) -> Step.Ensure {
    Step.Ensure(condition: condition, reason: reason, text: text, span: condition.span)
  }

  // MARK: Repairs

  @Test func anAnswerThatDoesNotFitGoesBackWithEverythingThatIsWrong() async throws {
    var sketch = Sketch()
    sketch.output(sketch.step("a", score, prompt: "Rate it"))
    let endpoint = FakeEndpoint([
      "a": [.text(#"{"score": "high"}"#), .text(#"{"score": 3, "why": "so"}"#)]
    ])
    let log = EventLog()
    let report = try await run(sketch, on: endpoint, log: log)
    #expect(report.output?.json() == #"{"score":3,"why":"so"}"#)
    let requests = await endpoint.requests
    #expect(requests[1].turns == [.init(ask: [.text("Rate it")], answer: #"{"score": "high"}"#)])
    #expect(
      requests[1].prompt.text == """
        Your answer cannot be used:

        - `score` must be `int`, found the string "high"
        - `why` is missing, it must be `string`

        Answer again: the whole answer, put right, and nothing else.
        """)
    #expect(report.steps[0].answer?.rejected.count == 1)
    #expect(report.steps[0].answer?.attempts == 2)
    #expect(log.all.filter { $0.contains("repairing") }.count == 1)
  }

  @Test func aConversationGrowsUntilTheRepairsAreSpent() async throws {
    var sketch = Sketch()
    sketch.step("a", .int) { $0.repairs = 2 }
    let endpoint = FakeEndpoint(["a": [.text("one"), .text("two"), .text("three"), .text("4")]])
    let report = try await run(sketch, on: endpoint)
    #expect(report.lines == ["a failed: nothing in the answer is of type `int`, found the string \"three\""])
    #expect(await endpoint.requests.map(\.turns.count) == [0, 1, 2])
  }

  @Test func theNextModelBeginsAnew() async throws {
    var sketch = Sketch()
    sketch.step("a", .int, model: ["first", "second"]) { $0.repairs = 1 }
    let endpoint = FakeEndpoint(["a": [.text("one"), .text("two"), .text("3")]])
    let report = try await run(sketch, on: endpoint)
    #expect(report.steps[0].answer?.value == .int(3))
    #expect(await endpoint.requests.map(\.turns.count) == [0, 1, 0])
  }

  @Test func aRefusalIsNotSentBack() async throws {
    var sketch = Sketch()
    sketch.step("a", .int)
    let endpoint = FakeEndpoint(["a": [.text("no", finish: .contentFilter), .text("1")]])
    let report = try await run(sketch, on: endpoint)
    #expect(report.lines == ["a failed: the model refused to answer"])
  }

  @Test func whatWasCutOffIsAskedForWithTwiceAsMuchOnce() async throws {
    var sketch = Sketch()
    sketch.step("a", .list(.int)) { $0.maxTokens = 100 }
    let endpoint = FakeEndpoint([
      "a": [.text("[1, 2", finish: .length), .text(#"{"value": [1, 2, 3]}"#)]
    ])
    let report = try await run(sketch, on: endpoint)
    #expect(report.steps[0].answer?.value.json() == "[1,2,3]")
    let requests = await endpoint.requests
    #expect(requests.map(\.maxTokens) == [100, 200])
    #expect(requests[1].turns.isEmpty)

    let short = FakeEndpoint(["a": Array(repeating: .text("[1", finish: .length), count: 5)])
    _ = try await run(sketch, on: short)
    #expect(await short.requests.map(\.maxTokens) == [100, 200])
  }

  @Test func whatAnEndpointCutsOffByItselfIsAskedForWithMoreRoom() async throws {
    var sketch = Sketch()
    sketch.step("a", .list(.int))
    var cut = EndpointReply(text: "[1, 2", usage: Usage(completionTokens: 40), finish: .length)
    let endpoint = FakeEndpoint(["a": [.success(cut), .text(#"{"value": [1, 2, 3]}"#)]])
    let report = try await run(sketch, on: endpoint)
    #expect(report.steps[0].answer?.value.json() == "[1,2,3]")
    #expect(await endpoint.requests.map(\.maxTokens) == [nil, 80])
    #expect(report.steps[0].answer?.rejected.map(\.maxTokens) == [80])
    // Nothing tells how long it was: it is not just repeated.
    cut = EndpointReply(text: "", finish: .length)
    let silent = FakeEndpoint(["a": [.success(cut)]])
    let failed = try await run(sketch, on: silent)
    #expect(failed.lines == ["a failed: the answer was cut off at its greatest length"])
    #expect(await silent.requests.count == 1)
  }

  @Test func anEndpointThatHasNoMoreRoomDoesNotHideWhatWasWrong() async throws {
    var sketch = Sketch()
    sketch.step("a", .list(.int))
    let endpoint = FakeEndpoint([
      "a": [.text("[1, 2", finish: .length), .failed(.invalidRequest, "max_tokens is too large")]
    ])
    let report = try await run(sketch, on: endpoint)
    #expect(report.lines == ["a failed: the answer was cut off at its greatest length"])
  }

  @Test func everyRejectedAnswerIsKeptWithItsFaults() async throws {
    var sketch = Sketch()
    sketch.step("a", .record([RecordField("score", .int)])) { $0.repairs = 1 }
    let long = String(repeating: "x", count: 600)
    let endpoint = FakeEndpoint(["a": [.text(#"{"score": "high"}"#), .text("{\"score\": \"\n\(long)\"}")]])
    let report = try await run(sketch, on: endpoint)
    guard case .once(.failed(let failure)) = report.steps[0].result else {
      Issue.record("the step has not failed")
      return
    }
    #expect(failure.rejected.map(\.answer).first == #"{"score": "high"}"#)
    #expect(failure.rejected[0].problems.map(\.path.description) == ["score"])
    #expect(failure.rejected[0].problems[0].expected == "int")
    #expect(
      failure.rejected[0].sent == failure.rejected[0].problems.first.map { RepairAccount.text([$0.message]) })
    #expect(failure.rejected[1].sent == nil)
    let details = try #require(report.diagnostics.first?.details)
    #expect(details.first?.title == "the last answer began")
    #expect(details.first?.lines.count == 2)
    #expect(details.first?.lines.last?.hasSuffix("x…") == true)
  }

  @Test func anEmptyAnswerIsAskedForAgain() async throws {
    var sketch = Sketch()
    sketch.step("a")
    let endpoint = FakeEndpoint(["a": [.text(""), .text("hello")]])
    let report = try await run(sketch, on: endpoint)
    #expect(report.steps[0].answer?.value == .string("hello"))
    #expect(await endpoint.requests[1].turns.isEmpty)
  }

  // MARK: ensure

  @Test func whatAnEnsureSaysIsToldWithAllElseThatDoesNotHold() async throws {
    var sketch = Sketch()
    let small = sketch.notes(where: binary(it, .less, 5), "it < 5")
    let type = ValueType.record([RecordField("score", .int, small)])
    let least = sketch.input("least", .int, default: 3)
    sketch.step(
      "a", type,
      also: { step in
        step.ensures = [
          ensure(
            binary(it.field("score"), .greater, least),
            template(.text("Score it above "), .value(least), .text(", not "), .value(it.field("score"))), "…"
          ),
          ensure(binary(it.field("score"), .notEqual, 9), nil, "it.score != 9"),
        ]
      })
    let endpoint = FakeEndpoint([
      "a": [.text(#"{"score": 9}"#), .text(#"{"score": 1}"#), .text(#"{"score": 4}"#)]
    ])
    let report = try await run(sketch, on: endpoint)
    #expect(report.steps[0].answer?.value.json() == #"{"score":4}"#)
    let accounts = await endpoint.requests.map { $0.prompt.text }
    #expect(
      accounts[1].contains("- `score` must meet `where it < 5`, found 9\n- `it.score != 9` must hold\n"))
    #expect(accounts[2].contains("- Score it above 3, not 1\n"))
  }

  @Test func whatIsMadeUpIsHeldToNoEnsure() async throws {
    var sketch = Sketch()
    sketch.step("a", also: { $0.ensures = [ensure(false, nil, "false")] })
    let report = try await run(sketch, on: OfflineEndpoint())
    #expect(report.steps[0].answer?.source == .madeUp)
    let asked = try await run(sketch, on: FakeEndpoint())
    #expect(asked.lines == ["a failed: `false` must hold"])
  }

  // MARK: otherwise

  @Test func otherwiseStandsInForAFailureAndItIsTold() async throws {
    var sketch = Sketch()
    let a = sketch.step("a") { $0.otherwise = "nothing" }
    sketch.output(sketch.step("b", prompt: template(.text("After "), .value(a))))
    let endpoint = FakeEndpoint(["a": [.failed()]])
    let report = try await run(sketch, on: endpoint)
    #expect(report.lines == [#"a otherwise "nothing": no connection"#, #"b answered "b""#])
    #expect(await endpoint.requests.last?.prompt.text == "After nothing")
    #expect(report.isComplete)
    #expect(report.diagnostics.map(\.severity) == [.warning])
    #expect(
      report.diagnostics[0].message
        == "step `a` got no answer: no connection, and the run goes on with its `otherwise`")
  }

  @Test func otherwiseStandsInNeitherForASkipNorForAStop() async throws {
    var sketch = Sketch()
    let a = sketch.step("a")
    sketch.step("b", prompt: template(.value(a))) { $0.otherwise = null }
    let report = try await run(sketch, on: FakeEndpoint(["a": [.failed()]]))
    #expect(report.lines[1] == "b skipped for a through a")
    let stopped = try await run(sketch, on: FakeEndpoint(["a": [.text("x")], "b": [.failed(.cancelled)]]))
    #expect(stopped.lines[1] == "b stopped")
  }

  // MARK: Turns

  @Test func examplesStandBeforeThePromptAsTheEndpointWouldAnswer() async throws {
    var sketch = Sketch()
    sketch.step("text") {
      $0.examples = [.init(ask: template(.text("Say "), .value(1)), answer: "one")]
    }
    sketch.step("number", .int) { $0.examples = [.init(ask: "one", answer: 1)] }
    let list = constant(.list([.record(["ask": .string("x"), "answer": .record(["score": .int(1)])])]))
    sketch.step("record", .record([RecordField("score", .int)])) { $0.exampleList = list }
    let endpoint = FakeEndpoint(["number": [.text("2")], "record": [.text(#"{"score": 2}"#)]])
    _ = try await run(sketch, on: endpoint)
    let turns = await Dictionary(uniqueKeysWithValues: endpoint.requests.map { ($0.step, $0.turns) })
    #expect(turns["text"] == [.init(ask: [.text("Say 1")], answer: "one")])
    #expect(turns["number"] == [.init(ask: [.text("one")], answer: #"{"value":1}"#)])
    #expect(turns["record"] == [.init(ask: [.text("x")], answer: #"{"score":1}"#)])
  }

  @Test func aConversationIsCarriedOnWithoutItsRepairs() async throws {
    var sketch = Sketch()
    var first: ValueID?
    sketch.step("first", .int, prompt: "How many?") { settings in
      settings.system = "Be exact"
      settings.examples = [.init(ask: "e", answer: 0)]
    } also: {
      first = $0.id
    }
    var second: ValueID?
    sketch.step(
      "second", prompt: "Sure?",
      also: {
        second = $0.id; $0.continued = first
      })
    sketch.step("third", prompt: "Really?", also: { $0.continued = second })
    let endpoint = FakeEndpoint([
      "first": [.text("many"), .text(#"{"value": 7}"#)], "second": [.text("Yes.")],
    ])
    _ = try await run(sketch, on: endpoint)
    let last = try #require(await endpoint.requests.last)
    #expect(last.system == "Be exact")
    #expect(
      last.turns == [
        .init(ask: [.text("e")], answer: #"{"value":0}"#),
        .init(ask: [.text("How many?")], answer: #"{"value":7}"#),
        .init(ask: [.text("Sure?")], answer: "Yes."),
      ])
    #expect(last.prompt.text == "Really?")
  }

  @Test func everyPassCarriesOnTheSameConversationByItself() async throws {
    var sketch = Sketch()
    var first: ValueID?
    sketch.step("first", prompt: "Begin", also: { first = $0.id })
    let pages = constant(.list([.string("a"), .string("b")]), .list(.string))
    let names = sketch.forEach(pages) { sketch, page, _ in
      sketch.step("more", prompt: template(.value(page)), also: { $0.continued = first })
    }
    sketch.output(try #require(names["more"]))
    let report = try await run(
      sketch,
      on: AskedEndpoint { "\($0.turns.map { "\($0.ask.text)>\($0.answer) " }.joined())\($0.prompt.text)" })
    #expect(report.output?.json() == #"["Begin>Begin a","Begin>Begin b"]"#)
  }

  @Test func metaTellsHowAStepWasAnswered() async throws {
    var sketch = Sketch()
    let pages = constant(.list([.string("a")]), .list(.string))
    let names = sketch.forEach(pages) { sketch, _, _ in
      sketch.step("a")
      _ = sketch.meta()
    }
    sketch.output(try #require(names["meta(a)"]))
    var reply = EndpointReply(text: "x", usage: Usage(promptTokens: 3, cost: Number(0.5)))
    reply.model = "m-2025"
    reply.attempts = 2
    let report = try await run(sketch, on: FakeEndpoint(["a": [.success(reply)]]))
    #expect(
      report.output?.json()
        == #"[{"model":"m-2025","provider":null,"reasoning":null,"prompt_tokens":3,"completion_tokens":null,"total_tokens":null,"cost":0.5,"seconds":0,"attempts":2,"cached":false,"reading":"exact","changes":[]}]"#
    )
  }
}
