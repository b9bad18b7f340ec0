import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirRun
import WeirValues

@testable import WeirCommandLine
@testable import WeirRun

extension RunEvent {
  static func started(step: String) -> RunEvent { .started(StepPass(step: step, pass: [])) }
  static func ended(step: String, _ outcome: StepOutcome) -> RunEvent {
    .ended(StepPass(step: step, pass: []), outcome)
  }
  static func retrying(step: String, wait: Duration, why: String) -> RunEvent {
    .retrying(StepPass(step: step, pass: []), wait: wait, why: why)
  }
  static func fallingBack(step: String, to choice: ModelChoice, why: String) -> RunEvent {
    .fallingBack(StepPass(step: step, pass: []), to: choice, why: why)
  }
}

/// What the progress of a run looks like, event by event.
struct ProgressViewTests {
  private static let choice = ModelChoice(provider: "fal", model: "a/b")

  private func answered(_ source: EndpointReply.Source) -> StepOutcome {
    .answered(
      StepAnswer(
        value: .string("x"), choice: Self.choice, model: "a/b", provider: nil, reasoning: nil,
        usage: Usage(totalTokens: 812, cost: Number(0.00012)), attempts: 1, rejected: [], reading: nil,
        form: nil, source: source, isCutOff: false, duration: .milliseconds(1_200)))
  }

  private var skipped: StepOutcome {
    .skipped(Skip(root: "caption", rootSpan: Span(0..<1, in: FileID(0)), through: "caption"))
  }

  private var failed: StepOutcome {
    .failed(
      StepFailure(
        cause: .endpoint(EndpointFailure(.unavailable, "down")), tried: [Self.choice], attempts: 1,
        usage: nil,
        duration: .seconds(1), rejected: []))
  }

  private func plain(_ event: RunEvent) -> String {
    var view = ProgressView(["caption", "post"], isLive: false, style: .plain)
    return view.show(event, at: .zero)
  }

  @Test func withoutATerminalEveryEventIsALine() {
    #expect(plain(.started(step: "post")) == "post     started\n")
    #expect(
      plain(.retrying(step: "post", wait: .seconds(2), why: "fal.run answered 503"))
        == "post     fal.run answered 503; trying again in 2.0 s\n")
    let pass = StepPass(step: "post", pass: [])
    #expect(
      plain(.answering(pass, .unheard(why: "queue.fal.run answered 500")))
        == "post     queue.fal.run answered 500; asking for its status again\n")
    #expect(plain(.calling(pass, tool: "weather", arguments: "{}")) == "post     calling weather\n")
    #expect(
      plain(.called(pass, tool: "weather", result: "18", seconds: .milliseconds(300), isError: false))
        == "post     weather answered in 0.3 s\n")
    #expect(
      plain(.called(pass, tool: "weather", result: "no network", seconds: .zero, isError: true))
        == "post     weather failed: no network\n")
    #expect(
      plain(.fallingBack(step: "caption", to: Self.choice, why: "gone"))
        == "caption  gone; asking a/b instead\n")
    #expect(
      plain(.ended(step: "post", answered(.endpoint))) == "post     done in 1.2 s, 812 tokens, $0.00012\n")
    #expect(plain(.ended(step: "post", answered(.tape))) == "post     from the tape\n")
    #expect(plain(.ended(step: "post", answered(.madeUp))) == "post     made up\n")
    #expect(plain(.ended(step: "post", failed)) == "post     failed\n")
    #expect(plain(.ended(step: "post", skipped)) == "post     skipped, for it needs `caption`\n")
    #expect(plain(.ended(step: "post", .stopped)) == "post     stopped\n")
  }

  @Test func withoutATerminalTheFirstPlaceInAQueueIsALine() {
    var view = ProgressView(["post"], isLive: false, style: .plain)
    let pass = StepPass(step: "post", pass: [])
    let job = QueueJob(id: "r-1", statusAddress: "s", resultAddress: "r", cancelAddress: "c")
    let events: [AnswerEvent] = [
      .submitted(job), .position(3), .position(3), .position(1), .begun, .submitted(job), .position(0),
    ]
    let lines = events.map { view.show(.answering(pass, $0), at: .zero) }
    #expect(
      lines == [
        "post  queued as r-1\n", "post  queued, 3 before it\n", "", "", "post  has left the queue\n",
        "post  queued as r-1\n", "post  queued, next in line\n",
      ])
  }

  @Test func withoutATerminalTimeAloneSaysNothing() {
    var view = ProgressView(["caption"], isLive: false, style: .plain)
    _ = view.show(.started(step: "caption"), at: .zero)
    #expect(view.tick(at: .seconds(1)).isEmpty)
    #expect(view.finish().isEmpty)
  }

  /// What stands on the terminal after some events, as a terminal would show it.
  private func screen(
    _ names: [String], _ body: (inout ProgressView) -> [String]
  ) -> [String] {
    var view = ProgressView(names, isLive: true, style: .plain)
    var terminal = Terminal()
    for text in body(&view) { terminal.write(text) }
    return terminal.lines
  }

  @Test func onATerminalAStepUnderWayHasALineThatChanges() {
    let lines = screen(["caption", "post"]) { view in
      [view.show(.started(step: "caption"), at: .zero), view.tick(at: .milliseconds(400))]
    }
    #expect(lines == ["caption  running 0.4 s", "post     waiting"])
  }

  @Test func aStepThatHasEndedKeepsItsLineAboveThoseUnderWay() {
    let lines = screen(["caption", "post"]) { view in
      [
        view.show(.started(step: "caption"), at: .zero),
        view.show(.ended(step: "caption", answered(.endpoint)), at: .milliseconds(1_200)),
        view.show(.started(step: "post"), at: .milliseconds(1_200)), view.tick(at: .milliseconds(1_600)),
      ]
    }
    #expect(lines == ["caption  done in 1.2 s, 812 tokens, $0.00012", "post     running 0.4 s"])
  }

  @Test func aWaitIsShownInTheLineOfTheStep() {
    let lines = screen(["caption"]) { view in
      [
        view.show(.started(step: "caption"), at: .zero),
        view.show(.retrying(step: "caption", wait: .seconds(2), why: "slow down"), at: .seconds(1)),
      ]
    }
    #expect(lines == ["caption  slow down; trying again in 2.0 s"])
  }

  @Test func anotherModelIsALineThatStays() {
    let lines = screen(["caption"]) { view in
      [
        view.show(.started(step: "caption"), at: .zero),
        view.show(.fallingBack(step: "caption", to: Self.choice, why: "gone"), at: .seconds(1)),
      ]
    }
    #expect(lines == ["caption  gone; asking a/b instead", "caption  running 1.0 s"])
  }

  @Test func ofManyStepsUnderWayTheRestIsCounted() {
    let names = (0..<12).map { "step\($0)" }
    let lines = screen(names) { view in
      names.prefix(10).map { view.show(.started(step: $0), at: .zero) }
    }
    #expect(lines.count == 9)
    #expect(lines.last == "2 more running, 2 waiting")
  }

  @Test func inTheEndOnlyTheLinesThatStayAreThere() {
    let lines = screen(["caption", "post"]) { view in
      [
        view.show(.started(step: "caption"), at: .zero),
        view.show(.ended(step: "caption", failed), at: .seconds(1)),
        view.show(.ended(step: "post", skipped), at: .seconds(1)), view.finish(),
      ]
    }
    #expect(lines == ["caption  failed", "post     skipped, for it needs `caption`"])
  }

  @Test func colourIsTheStylesBusiness() {
    var view = ProgressView(["a"], isLive: false, style: .coloured)
    #expect(view.show(.ended(step: "a", failed), at: .zero) == "a  \u{1B}[1;31mfailed\u{1B}[0m\n")
  }
}

/// As much of a terminal as the progress uses: lines, moving up, and clearing what is below.
private struct Terminal {
  private(set) var lines: [String] = []

  mutating func write(_ text: String) {
    var rest = text[...]
    while !rest.isEmpty {
      if let match = rest.prefixMatch(of: /\u{1B}\[([0-9]+)A\u{1B}\[J/), let count = Int(match.1) {
        lines.removeLast(count)
        rest = rest[match.range.upperBound...]
      } else if let end = rest.firstIndex(of: "\n") {
        lines.append(String(rest[..<end]))
        rest = rest[rest.index(after: end)...]
      } else {
        lines.append(String(rest))
        return
      }
    }
  }
}
