import WeirEndpoint
import WeirGraph
import WeirValues

/// What has become of each step so far, and what could not be computed.
struct RunRecord {
  private let prepared: PreparedRun
  private let detail: RunReport.Detail
  private let observe: @Sendable (RunEvent) -> Void
  /// By the place of the step: of those that run once, and of the others.
  private var ends: [End?]
  private var tallies: [Int: StepTally] = [:]
  private var answered = StepTally()
  private var origins = AnswerOrigins()
  private var faults: [RunFault] = []
  private var moreFaults = 0
  private var repeats: [RepeatReport] = []

  /// Of a step that runs once.
  private enum End {
    case kept(StepOutcome)
    /// An answer that is counted in `answered`.
    case counted
  }

  private static let mostFaults = 20
  private static let mostRepeats = 100

  init(
    _ prepared: PreparedRun, detail: RunReport.Detail, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.prepared = prepared
    self.detail = detail
    self.observe = observe
    ends = Array(repeating: nil, count: prepared.sites.all.count)
  }

  /// What asks nobody has no outcome.
  mutating func note(_ outcome: StepOutcome, at site: Site, pass: [Int]) {
    guard let place = prepared.sites.place(of: site) else { return }
    if site.block == .main {
      ends[place] = end(outcome)
    } else {
      tallies[place, default: StepTally()].add(pass, kept(outcome), keeping: detail == .passes)
    }
    observe(.ended(StepPass(step: prepared.name(of: site), pass: pass), outcome))
  }

  private mutating func end(_ outcome: StepOutcome) -> End {
    guard detail == .sums, case .answered(let answer) = outcome, !answer.isCutOff, answer.source != .madeUp
    else { return .kept(kept(outcome)) }
    answered.add([], outcome, keeping: false)
    return .counted
  }

  private mutating func kept(_ outcome: StepOutcome) -> StepOutcome {
    if case .answered(let answer) = outcome { .answered(answer.sharing(&origins)) } else { outcome }
  }

  mutating func note(_ failure: EvaluationFailure, pass: [Int]) {
    if faults.count < Self.mostFaults {
      faults.append(RunFault(failure: failure, pass: pass))
    } else {
      moreFaults += 1
    }
  }

  mutating func note(_ report: RepeatReport) {
    if detail == .passes || repeats.count < Self.mostRepeats { repeats.append(report) }
  }

  func report(output: Value?, duration: Duration, end: RunReport.End) -> RunReport {
    let steps = prepared.sites.all.enumerated().compactMap { place, site -> StepReport? in
      guard let result = result(at: place) else { return nil }
      return StepReport(name: prepared.name(of: site), span: prepared.span(of: site), result: result)
    }
    return RunReport(
      steps: steps, answered: answered, repeats: repeats, faults: faults, moreFaults: moreFaults,
      output: output, end: end,
      duration: duration)
  }

  /// Nil for what is counted elsewhere.
  private func result(at place: Int) -> StepReport.Result? {
    guard prepared.sites.all[place].block == .main else { return .passes(tallies[place] ?? StepTally()) }
    return switch ends[place] {
    case .kept(let outcome): .once(outcome)
    case .counted: nil
    case nil: .once(.stopped)
    }
  }
}
