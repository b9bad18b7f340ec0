import WeirGraph
import WeirValues

/// What has become of each step so far, and what could not be computed.
struct RunRecord {
  private let prepared: PreparedRun
  private let keepsPasses: Bool
  private let observe: @Sendable (RunEvent) -> Void
  /// By the place of the step: of those that run once, and of the others.
  private var outcomes: [StepOutcome?]
  private var tallies: [Int: StepTally] = [:]
  private var origins = AnswerOrigins()
  private var faults: [RunFault] = []
  private var moreFaults = 0
  private var repeats: [RepeatReport] = []

  private static let mostFaults = 20
  private static let mostRepeats = 100

  init(_ prepared: PreparedRun, keepsPasses: Bool, observe: @escaping @Sendable (RunEvent) -> Void) {
    self.prepared = prepared
    self.keepsPasses = keepsPasses
    self.observe = observe
    outcomes = Array(repeating: nil, count: prepared.sites.all.count)
  }

  /// What asks nobody has no outcome.
  mutating func note(_ outcome: StepOutcome, at site: Site, pass: [Int]) {
    guard let place = prepared.sites.place(of: site) else { return }
    var kept = outcome
    if case .answered(let answer) = outcome { kept = .answered(answer.sharing(&origins)) }
    if site.block == .main {
      outcomes[place] = kept
    } else {
      tallies[place, default: StepTally()].add(pass, kept, keeping: keepsPasses)
    }
    observe(.ended(StepPass(step: prepared.sites.name(of: site), pass: pass), outcome))
  }

  mutating func note(_ failure: EvaluationFailure, pass: [Int]) {
    if faults.count < Self.mostFaults {
      faults.append(RunFault(failure: failure, pass: pass))
    } else {
      moreFaults += 1
    }
  }

  mutating func note(_ report: RepeatReport) {
    if keepsPasses || repeats.count < Self.mostRepeats { repeats.append(report) }
  }

  func report(output: Value?, duration: Duration, end: RunReport.End) -> RunReport {
    let sites = prepared.sites
    let steps = sites.all.enumerated().map { place, site in
      StepReport(
        name: sites.name(of: site), span: sites.span(of: site),
        result: site.block == .main
          ? .once(outcomes[place] ?? .stopped) : .passes(tallies[place] ?? StepTally()))
    }
    return RunReport(
      steps: steps, repeats: repeats, faults: faults, moreFaults: moreFaults, output: output, end: end,
      duration: duration)
  }
}
