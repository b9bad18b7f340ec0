import WeirDiagnostics
import WeirEndpoint
import WeirReading
import WeirRun

/// What a person sees of a run while it goes on: a line for each step that has ended, and on a
/// terminal, below them, a line that changes for each step under way and each that waits. Where there
/// are more of these than find room, the rest is counted.
///
/// ```
/// caption   done in 1.2 s, 812 tokens, $0.00012
/// post      running 0.4 s
/// title     waiting
/// ```
///
/// It makes texts and writes nothing.
struct ProgressView {
  private let isLive: Bool
  /// Whether it is told what was forgiven in an answer.
  private let isVerbose: Bool
  private let style: Style
  private let width: Int
  /// How many steps and passes of them are known of so far.
  private var total: Int
  /// The names of which no pass was seen yet.
  private var unseen: Set<String>
  /// The steps that have not begun, in the order of the source; only where all of them find room.
  private var waiting: [String]
  /// The steps under way, in the order in which they began.
  private var running: [RunningStep] = []
  private var ended = 0
  /// The passes whose place in a queue was told; only where lines stay.
  private var placed: Set<StepPass> = []
  private var liveLines = 0
  private static let mostLiveLines = 8

  /// `names` are those of all steps.
  init(_ names: [String], isLive: Bool, isVerbose: Bool = false, style: Style) {
    self.isLive = isLive
    self.isVerbose = isVerbose
    self.style = style
    total = names.count
    unseen = Set(names)
    waiting = isLive && names.count <= Self.mostLiveLines ? names : []
    width = min(24, names.map(\.count).max() ?? 0)
  }

  /// What to write for an event that happens at `now`.
  mutating func show(_ event: RunEvent, at now: Duration) -> String {
    switch event {
    case .started(let pass):
      count(pass)
      guard isLive else { return line(pass.label, "started", .faint) }
      waiting.removeAll { $0 == pass.step }
      running.append(RunningStep(name: pass.label, since: now))
      return redraw(at: now)
    case .retrying(let pass, let wait, let why):
      return showNote(pass, "\(why); trying again in \(wait.shown)", at: now)
    case .loweringForm(let pass, let model, let refused, let next, let why):
      let note = "\(model) takes no \(refused.noun) (\(why)); asking by \(next.words)"
      return erase() + line(pass.label, note, .warning) + draw(at: now)
    case .answering(let pass, let event): return show(event, of: pass, at: now)
    case .repairing(let pass, let why): return showNote(pass, "\(why); asking for a better answer", at: now)
    case .calling(let pass, let tool, _): return showNote(pass, "calling \(tool)", at: now)
    case .called(let pass, let tool, let result, let duration, let isError):
      let note = "\(tool) \(isError ? "failed: \(result)" : "answered in \(duration.shown)")"
      return erase() + line(pass.label, note, isError ? .warning : .note) + draw(at: now)
    case .fallingBack(let pass, let choice, let why):
      return erase() + line(pass.label, "\(why); asking \(choice.model) instead", .warning) + draw(at: now)
    case .ended(let pass, let outcome):
      count(pass)
      placed.remove(pass)
      guard isLive else { return line(pass.label, outcome) + changes(pass.label, outcome) }
      waiting.removeAll { $0 == pass.step }
      if let place = running.firstIndex(where: { $0.name == pass.label }) { running.remove(at: place) }
      ended += 1
      return erase() + line(pass.label, outcome) + changes(pass.label, outcome) + draw(at: now)
    }
  }

  /// What to write when only time has passed.
  mutating func tick(at now: Duration) -> String { isLive ? redraw(at: now) : "" }

  /// What to write when nothing more will happen.
  mutating func finish() -> String { erase() }

  /// A step in a loop counts as one until its first pass begins; each other pass when it begins.
  private mutating func count(_ pass: StepPass) {
    if unseen.remove(pass.step) != nil || running.contains(where: { $0.name == pass.label }) { return }
    if !pass.pass.isEmpty { total += 1 }
  }

  private mutating func showNote(_ pass: StepPass, _ text: String, at now: Duration) -> String {
    change(pass) { $0.state = .note(text) }
    return isLive ? redraw(at: now) : line(pass.label, text, .warning)
  }

  private mutating func change(_ pass: StepPass, _ body: (inout RunningStep) -> Void) {
    guard isLive, let index = running.firstIndex(where: { $0.name == pass.label }) else { return }
    body(&running[index])
  }

  /// Pieces of an answer come by the thousand: they are drawn with the next tick.
  private mutating func show(_ event: AnswerEvent, of pass: StepPass, at now: Duration) -> String {
    switch event {
    case .text(let text), .reasoning(let text):
      change(pass) { $0.add(text) }
      return ""
    case .rewritten(let text):
      change(pass) {
        $0.state = .running
        $0.add(text)
      }
      return ""
    case .submitted(let job):
      placed.remove(pass)
      guard isLive else { return line(pass.label, "queued as \(job.id)", .faint) }
      return showState(.note("queued"), pass, at: now)
    case .position(let place):
      let words = place == 0 ? "queued, next in line" : "queued, \(place) before it"
      // Lines that stay tell the first place alone: the queue is asked many times.
      guard isLive else { return placed.insert(pass).inserted ? line(pass.label, words, .faint) : "" }
      return showState(.note(words), pass, at: now)
    case .begun:
      guard isLive else { return line(pass.label, "has left the queue", .faint) }
      return showState(.running, pass, at: now)
    case .unheard(let why): return showNote(pass, "\(why); asking for its status again", at: now)
    case .log(let message):
      guard isVerbose else { return "" }
      return erase() + line(pass.label, "log: \(message)", .note) + draw(at: now)
    case .held(let wait, let why):
      guard isLive else { return line(pass.label, "\(why); waiting \(wait.shown)", .warning) }
      return showState(.held(until: now + wait, why), pass, at: now)
    }
  }

  private mutating func showState(_ state: RunningStep.State, _ pass: StepPass, at now: Duration) -> String {
    change(pass) { $0.state = state }
    return redraw(at: now)
  }

  // MARK: Lines that stay

  private func line(_ step: String, _ outcome: StepOutcome) -> String {
    switch outcome {
    case .answered(let answer):
      switch answer.source {
      case .endpoint: line(step, "done in \(answer.duration.shown), \(answer.usage.shown)", .success)
      case .tape: line(step, "from the tape", .success)
      case .madeUp: line(step, "made up", .warning)
      }
    case .printed(let answer): line(step, "done in \(answer.duration.shown)", .success)
    case .otherwise: line(step, "failed, going on with `otherwise`", .warning)
    case .failed: line(step, "failed", .error)
    case .skipped(let skip): line(step, "skipped, for it needs `\(skip.root)`", .warning)
    case .stopped: line(step, "stopped", .warning)
    }
  }

  /// A line for each thing that was forgiven in the answer.
  private func changes(_ step: String, _ outcome: StepOutcome) -> String {
    guard isVerbose, case .answered(let answer) = outcome, let reading = answer.reading else { return "" }
    return reading.changes.map { line(step, "read: \($0.message)", .note) }.joined()
  }

  private func line(_ step: String, _ text: String, _ tint: Style.Tint) -> String {
    let padding = String(repeating: " ", count: max(0, width - step.count))
    return "\(step)\(padding)  \(style.paint(text, tint))\n"
  }

  // MARK: Lines that change

  private mutating func redraw(at now: Duration) -> String { erase() + draw(at: now) }

  private mutating func erase() -> String {
    defer { liveLines = 0 }
    return liveLines == 0 ? "" : "\u{1B}[\(liveLines)A\u{1B}[J"
  }

  private mutating func draw(at now: Duration) -> String {
    guard isLive else { return "" }
    var text = ""
    for step in running.prefix(Self.mostLiveLines) {
      text += line(step.name, step.words(at: now), .note)
    }
    for name in waiting { text += line(name, "waiting", .faint) }
    let hidden = running.count - Self.mostLiveLines
    let left = max(0, total - ended - running.count - waiting.count)
    liveLines = min(running.count, Self.mostLiveLines) + waiting.count
    guard hidden > 0 || left > 0 else { return text }
    liveLines += 1
    let more = hidden > 0 ? "\(hidden) more running, " : ""
    return text + style.paint("\(more)\(left) waiting", .faint) + "\n"
  }
}
