import Synchronization
import WeirEndpoint
import WeirRun
import WeirValues

/// Keeps the events of a run as short texts, in the order in which they came.
final class EventLog: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func add(_ event: RunEvent) { lines.withLock { $0.append(Self.line(event)) } }

  private static func line(_ event: RunEvent) -> String {
    switch event {
    case .started(let step): "\(step.label) started"
    case .retrying(let step, _, let why): "\(step.label) retrying: \(why)"
    case .loweringForm(let step, let model, _, let form, _):
      "\(step.label) asking \(model) by \(form.words)"
    case .repairing(let step, let why): "\(step.label) repairing: \(why)"
    case .fallingBack(let step, let choice, let why): "\(step.label) falling back to \(choice.model): \(why)"
    case .calling(let step, let tool, let arguments): "\(step.label) calling \(tool) \(arguments)"
    case .called(let step, let tool, let result, _, let isError):
      "\(step.label) \(isError ? "was refused by" : "called") \(tool): \(result)"
    case .answering(let step, let event): "\(step.label) answering: \(event)"
    case .ended(let step, let outcome): "\(step.label) \(word(outcome))"
    }
  }

  static func word(_ outcome: StepOutcome) -> String {
    switch outcome {
    case .answered(let answer): "answered \(answer.value.json())"
    case .printed(let answer): "printed \(answer.value.json())"
    case .otherwise(let value, let failure): "otherwise \(value.json()): \(failure.cause.message)"
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
      switch step.result {
      case .once(let outcome): "\(step.name) \(EventLog.word(outcome))"
      case .passes(let tally):
        "\(step.name) done \(tally.done), failed \(tally.failed), skipped \(tally.skipped), stopped \(tally.stopped)"
      }
    }
  }
}
