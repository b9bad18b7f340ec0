import Synchronization
import WeirRun
import WeirValues

/// Keeps the events of a run as short texts, in the order in which they came.
final class EventLog: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func add(_ event: RunEvent) { lines.withLock { $0.append(Self.line(event)) } }

  private static func line(_ event: RunEvent) -> String {
    switch event {
    case .started(let step): "\(step) started"
    case .retrying(let step, _, let why): "\(step) retrying: \(why)"
    case .fallingBack(let step, let choice, let why): "\(step) falling back to \(choice.model): \(why)"
    case .ended(let step, let outcome): "\(step) \(word(outcome))"
    }
  }

  private static func word(_ outcome: StepOutcome) -> String {
    switch outcome {
    case .answered(let answer): "answered \(answer.value.json())"
    case .failed(let failure): "failed: \(failure.cause.message)"
    case .skipped(let skip): "skipped for \(skip.root) through \(skip.through)"
    case .stopped: "stopped"
    }
  }
}

extension RunReport {
  /// Each step with how it ended, in the order of the report.
  var lines: [String] {
    steps.map { step in
      let log = EventLog()
      log.add(.ended(step: step.name, step.outcome))
      return log.all[0]
    }
  }
}
