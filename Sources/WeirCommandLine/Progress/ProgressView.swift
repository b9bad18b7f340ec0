import WeirDiagnostics
import WeirEndpoint
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
  private let style: Style
  private let width: Int
  private let total: Int
  /// The steps that have not begun, in the order of the source; only where all of them find room.
  private var waiting: [String]
  /// The steps under way, in the order in which they began.
  private var running: [(name: String, since: Duration, note: String?)] = []
  private var ended = 0
  private var liveLines = 0
  private static let mostLiveLines = 8

  /// `names` are those of all steps.
  init(_ names: [String], isLive: Bool, style: Style) {
    self.isLive = isLive
    self.style = style
    total = names.count
    waiting = isLive && names.count <= Self.mostLiveLines ? names : []
    width = min(24, names.map(\.count).max() ?? 0)
  }

  /// What to write for an event that happens at `now`.
  mutating func show(_ event: RunEvent, at now: Duration) -> String {
    switch event {
    case .started(let step):
      guard isLive else { return line(step, "started", .faint) }
      waiting.removeAll { $0 == step }
      running.append((step, now, nil))
      return redraw(at: now)
    case .retrying(let step, let wait, let why):
      let text = "\(why); trying again in \(wait.shown)"
      note(step, text)
      return isLive ? redraw(at: now) : line(step, text, .warning)
    case .fallingBack(let step, let choice, let why):
      return erase() + line(step, "\(why); asking \(choice.model) instead", .warning) + draw(at: now)
    case .ended(let step, let outcome):
      guard isLive else { return line(step, outcome) }
      waiting.removeAll { $0 == step }
      running.removeAll { $0.name == step }
      ended += 1
      return erase() + line(step, outcome) + draw(at: now)
    }
  }

  /// What to write when only time has passed.
  mutating func tick(at now: Duration) -> String { isLive ? redraw(at: now) : "" }

  /// What to write when nothing more will happen.
  mutating func finish() -> String { erase() }

  private mutating func note(_ step: String, _ text: String) {
    guard let index = running.firstIndex(where: { $0.name == step }) else { return }
    running[index].note = text
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
    case .failed: line(step, "failed", .error)
    case .skipped(let skip): line(step, "skipped, for it needs `\(skip.root)`", .warning)
    case .stopped: line(step, "stopped", .warning)
    }
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
      text += line(step.name, step.note ?? "running \((now - step.since).shown)", .note)
    }
    for name in waiting { text += line(name, "waiting", .faint) }
    let hidden = running.count - Self.mostLiveLines
    let left = total - ended - running.count - waiting.count
    liveLines = min(running.count, Self.mostLiveLines) + waiting.count
    guard hidden > 0 || left > 0 else { return text }
    liveLines += 1
    let more = hidden > 0 ? "\(hidden) more running, " : ""
    return text + style.paint("\(more)\(left) waiting", .faint) + "\n"
  }
}
