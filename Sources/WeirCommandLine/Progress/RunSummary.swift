import WeirDiagnostics
import WeirEndpoint
import WeirRun

/// The closing lines of a run: how much was done, what it cost, and what is not to be trusted.
struct RunSummary {
  private let report: RunReport

  init(_ report: RunReport) { self.report = report }

  func write(on console: Console) {
    // A flow without steps asks nobody; there is nothing to sum up.
    guard !report.steps.isEmpty || report.answered.all > 0 || report.wasCancelled else { return }
    console.note(console.style.paint(text, .faint))
    let names = madeUp
    guard !names.isEmpty else { return }
    let shown =
      names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
    console.note(
      console.style.paint("made up", .warning)
        + ": \(shown). No model was asked and the tape has no answer; what is made up means nothing.")
  }

  private var text: String {
    let done = report.steps.reduce(report.answered.done) { $0 + $1.done }
    let all = report.steps.reduce(report.answered.all) { $0 + $1.all }
    let steps = "\(done) of \(all) step\(all == 1 ? "" : "s")"
    let asked = report.answered.hasAsked || report.steps.contains(where: \.hasAsked)
    let cost = asked ? ", \(report.usage.shown)" : ""
    let end =
      switch report.end {
      case .finished: ""
      case .cancelled: "interrupted: "
      case .outOfTime(let limit): "stopped, for its limit of \(limit.shown) is over: "
      }
    return "\(end)\(steps) in \(report.duration.shown)\(cost)"
  }

  private var madeUp: [String] {
    report.steps.filter(\.isMadeUp).map(\.name)
  }
}

extension StepReport {
  fileprivate var done: Int {
    switch result {
    case .once(let outcome): outcome.value == nil ? 0 : 1
    case .passes(let tally): tally.done
    }
  }

  fileprivate var all: Int {
    switch result {
    case .once: 1
    case .passes(let tally): tally.all
    }
  }

  /// Whether somebody was asked who may want to be paid.
  fileprivate var hasAsked: Bool {
    switch result {
    case .once(.answered(let answer)): answer.source == .endpoint
    case .once(.failed(let failure)), .once(.otherwise(_, let failure)): !failure.tried.isEmpty
    case .once(.printed), .once(.skipped), .once(.stopped): false
    case .passes(let tally): tally.hasAsked
    }
  }

  fileprivate var isMadeUp: Bool {
    switch result {
    case .once(.answered(let answer)): answer.source == .madeUp
    case .once: false
    case .passes(let tally): tally.madeUp > 0
    }
  }
}

extension StepTally {
  fileprivate var hasAsked: Bool { done + failed > madeUp + fromTape }
}
