import WeirDiagnostics
import WeirEndpoint
import WeirRun

/// The closing lines of a run: how much was done, what it cost, and what is not to be trusted.
struct RunSummary {
  private let report: RunReport

  init(_ report: RunReport) { self.report = report }

  func write(on console: Console) {
    // A flow without steps asks nobody; there is nothing to sum up.
    guard !report.steps.isEmpty || report.wasCancelled else { return }
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
    let done = report.steps.count { $0.answer != nil }
    let steps = "\(done) of \(report.steps.count) step\(report.steps.count == 1 ? "" : "s")"
    let asked = report.steps.contains { $0.answer?.source == .endpoint || isFailed($0) }
    let cost = asked ? ", \(report.usage.shown)" : ""
    let end = report.wasCancelled ? "interrupted: " : ""
    return "\(end)\(steps) in \(report.duration.shown)\(cost)"
  }

  private func isFailed(_ step: StepReport) -> Bool {
    if case .failed = step.outcome { true } else { false }
  }

  private var madeUp: [String] {
    report.steps.filter { $0.answer?.source == .madeUp }.map(\.name)
  }
}
