package import WeirEndpoint
import WeirValues

/// What became of a step that stands in a loop, a branch or a called flow: sums over all passes, and the
/// first failures. Each pass by itself only where that was asked for.
package struct StepTally: Sendable {
  package private(set) var done = 0
  package private(set) var failed = 0
  package private(set) var skipped = 0
  package private(set) var stopped = 0
  /// Of those that are done, how many have taken what stands after `otherwise`.
  package private(set) var otherwise = 0
  package private(set) var madeUp = 0
  package private(set) var fromTape = 0
  package private(set) var cutOff = 0
  package private(set) var usage = Usage(
    promptTokens: 0, completionTokens: 0, totalTokens: 0, cost: Number(0))
  /// Of all passes together, which may have run at the same time.
  package private(set) var duration = Duration.zero
  /// The first few that failed, went on otherwise, or were skipped or cut off, in the order of time.
  package private(set) var remarkable: [StepPassReport] = []
  /// All of them, in the order of time; empty unless asked for.
  package private(set) var passes: [StepPassReport] = []

  private static let mostRemarkable = 3

  package var all: Int { done + failed + skipped + stopped }

  mutating func add(_ pass: [Int], _ outcome: StepOutcome, keeping keepsPasses: Bool) {
    var isRemarkable = true
    switch outcome {
    case .answered(let answer):
      done += 1
      count(answer)
      isRemarkable = answer.isCutOff
    case .printed(let answer):
      done += 1
      duration += answer.duration
      isRemarkable = false
    case .otherwise(_, let failure):
      done += 1
      otherwise += 1
      count(failure)
    case .failed(let failure):
      failed += 1
      count(failure)
    case .skipped: skipped += 1
    // A request that was under way when the run was stopped may have cost something.
    case .stopped:
      stopped += 1
      usage = usage.adding(Usage())
      isRemarkable = false
    }
    let report = StepPassReport(pass: pass, outcome: outcome)
    if isRemarkable, kindCount(of: outcome) <= Self.mostRemarkable { remarkable.append(report) }
    if keepsPasses { passes.append(report) }
  }

  private func kindCount(of outcome: StepOutcome) -> Int {
    switch outcome {
    case .answered: cutOff
    case .otherwise: otherwise
    case .failed: failed
    case .skipped: skipped
    case .printed, .stopped: 0
    }
  }

  private mutating func count(_ answer: StepAnswer) {
    switch answer.source {
    case .endpoint: break
    case .tape: fromTape += 1
    case .madeUp: madeUp += 1
    }
    if answer.isCutOff { cutOff += 1 }
    usage = usage.adding(answer.usage)
    duration += answer.duration
  }

  private mutating func count(_ failure: StepFailure) {
    usage = usage.adding(failure.knownUsage)
    duration += failure.duration
  }
}

/// One pass of a step.
package struct StepPassReport: Sendable {
  /// The indices of the passes of the loops around it, the outermost first.
  package let pass: [Int]
  package let outcome: StepOutcome
}
