import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProgram
import WeirRun
import WeirValues

/// Lists of models for endpoints that take several in one request, settings of delivery, and pictures.
@Suite(.timeLimit(.minutes(1))) struct FallbackTests {
  /// An endpoint that takes several models.
  private struct SwitchingEndpoint: Endpoint {
    let inner: FakeEndpoint
    var takesFallbacks: Bool { true }

    func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
      try await inner.send(request)
    }
  }

  private func reply(_ text: String, by model: String) -> Result<EndpointReply, EndpointFailure> {
    var reply = EndpointReply(text: text)
    reply.model = model
    return .success(reply)
  }

  private func ask(
    _ models: Expression, as type: ValueType = .string,
    _ script: [Result<EndpointReply, EndpointFailure>],
    _ change: (inout StepSettings) -> Void = { _ in }
  ) async throws -> (report: RunReport, requests: [String], log: [String]) {
    var sketch = Sketch()
    sketch.output(sketch.step("a", type, model: models, change))
    let inner = FakeEndpoint(["a": script])
    let log = EventLog()
    let report = await Runner(
      try ready(sketch), endpoints: ["main": SwitchingEndpoint(inner: inner), "other": inner],
      clock: RunClock(now: { .zero }, sleep: { _ in }), observe: log.add
    ).run()
    return (report, await inner.requests.map { ([$0.model] + $0.fallbacks).joined(separator: " ") }, log.all)
  }

  @Test func modelsThatStandSideBySideAreOneRequest() async throws {
    let (report, requests, log) = try await ask(["m/a", "m/b", "other:c"], [reply("hello", by: "m/b-2026")])
    #expect(requests == ["m/a m/b"])
    let answer = try #require(report.steps[0].answer)
    #expect(answer.model == "m/b-2026")
    #expect(answer.choice == ModelChoice(provider: "main", model: "m/b"))
    #expect(log.contains("a falling back to m/b: `m/a` could not answer"))
  }

  @Test func aVersionIsOneOfTheModelWithTheLongestName() async throws {
    let (report, _, _) = try await ask(["gpt", "gpt-mini"], [reply("hello", by: "gpt-mini-2026")])
    #expect(report.steps[0].answer?.choice.model == "gpt-mini")
  }

  @Test func aRequestThatFailsGivesWayToTheNextProvider() async throws {
    let (report, requests, _) = try await ask(
      ["m/a", "m/b", "other:c", "m/d"], [.failed(), .failed(), .text("hello")])
    #expect(requests == ["m/a m/b", "c", "m/d"])
    #expect(report.output == .string("hello"))
  }

  @Test func aRequestThatIsRefusedForItsListIsAskedModelByModel() async throws {
    let (report, requests, _) = try await ask(
      ["m/a", "m/b", "m/c"],
      [.failed(.invalidRequest, "no model m/b"), .failed(), .failed(.invalidRequest), .text("hello")])
    #expect(requests == ["m/a m/b m/c", "m/a", "m/b", "m/c"])
    #expect(report.output == .string("hello"))
    #expect(report.steps[0].answer?.attempts == 4)
  }

  @Test func moreModelsThanARequestTakesAreAskedInTurn() async throws {
    let (_, requests, _) = try await ask(["a", "b", "c", "d", "e", "f"], [.failed(), .text("hello")])
    #expect(requests == ["a b c d", "e f"])
  }

  @Test func repairsGoToTheModelThatHasAnsweredAndThenToThoseBehindIt() async throws {
    let (report, requests, _) = try await ask(
      ["m/a", "m/b", "m/c"], as: .int,
      [reply("one", by: "m/b:free"), reply("two", by: "m/b"), reply("3", by: "m/c")]
    ) { $0.repairs = 1 }
    #expect(requests == ["m/a m/b m/c", "m/b m/c", "m/c"])
    #expect(report.output == .int(3))
    #expect(report.steps[0].answer?.choice.model == "m/c")
  }

  // MARK: Settings

  @Test func whatIsSaidOfTheDeliveryGoesWithTheRequest() async throws {
    var sketch = Sketch()
    sketch.program.providers = [
      Provider(name: "other", kind: .openai, url: nil, key: nil, headers: [], span: place(1))
    ]
    sketch.program.providers[0].via = .queue
    let first = sketch.step("a", model: "m") {
      $0.via = "stream"
      $0.webhook = "https://example.com/done"
      $0.uploadOver = 1_000
      $0.detail = "low"
    }
    sketch.output(sketch.step("b", prompt: template(.value(first)), model: "other:m"))
    let endpoint = FakeEndpoint()
    _ = await Runner(
      try ready(sketch), endpoints: ["main": endpoint, "other": endpoint],
      isWatched: true
    ).run()
    let requests = await endpoint.requests
    #expect(requests.map(\.delivery) == [.stream, .queue])
    #expect(requests.map(\.webhook) == ["https://example.com/done", nil])
    #expect(requests.map(\.uploadOver) == [1_000, nil])
    #expect(requests.map(\.detail) == ["low", nil])
    #expect(requests.map(\.isWatched) == [true, true])
  }

  static let wrongSettings: [(StepSetting, Expression)] = [
    (.rounds, 0), (.via, "soon"), (.webhook, "example.com"), (.uploadOver, -1), (.detail, "more"),
  ]

  @Test(arguments: wrongSettings.indices) func aWrongSettingIsToldBeforeTheFirstRequest(_ index: Int) {
    let (setting, value) = Self.wrongSettings[index]
    var sketch = Sketch()
    let given = sketch.let("given", value)
    sketch.step("a") { $0[setting] = given }
    let (run, told) = prepare(sketch.program, RunOptions(providers: ["main"], defaultProvider: "main"))
    #expect(run == nil)
    #expect(told.map(\.code) == [.settingOutOfRange])
    #expect(told.first?.message.hasPrefix("`\(setting.rawValue)` must be") == true)
  }

  @Test func whatHappensWhileAnAnswerIsMadeIsPassedOn() async throws {
    struct Telling: Endpoint {
      func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
        request.observe?(.position(3))
        request.observe?(.text("Hel"))
        return EndpointReply(text: "Hello")
      }
    }
    var sketch = Sketch()
    sketch.output(sketch.step("a"))
    let log = EventLog()
    _ = try await run(sketch, on: Telling(), log: log)
    #expect(
      log.all == [
        "a started", "a answering: position(3)", "a answering: text(\"Hel\")", "a answered \"Hello\"",
      ])
  }

  // MARK: Pictures

  @Test func aStepOfTypeImageIsAnsweredByAPictureAndSaysWhereThereIsNone() async throws {
    let picture = try #require(Picture(address: "https://example.com/tiger.png"))
    var sketch = Sketch()
    let painted = sketch.step("tiger", .image, prompt: "Paint a tiger.")
    sketch.output(sketch.step("caption", prompt: template(.text("What is it? "), .value(painted))))
    var painting = EndpointReply(text: "Here you are.")
    painting.pictures = [picture]
    let endpoint = FakeEndpoint(["tiger": [.text("I cannot."), .success(painting)]])
    let report = try await run(sketch, on: endpoint)
    #expect(report.isComplete)
    let requests = await endpoint.requests
    #expect(requests.map(\.wantsPicture) == [true, true, false])
    #expect(requests[0].answer == nil)
    #expect(requests[1].prompt.text.contains("- the answer must be a picture, and there is none in it"))
    #expect(requests[2].prompt.pictures == [picture])
    let poor = FakeEndpoint(["tiger": [.text("No."), .text("No."), .text("No.")]])
    let failed = try await run(sketch, on: poor)
    #expect(failed.lines.first == "tiger failed: the answer must be a picture, and there is none in it")
  }
}
