import WeirEndpoint
import WeirGraph
import WeirValues

/// What has become of each step so far, and what could not be computed.
struct RunRecord {
  private let prepared: PreparedRun
  private let detail: RunReport.Detail
  private let observe: @Sendable (RunEvent) -> Void
  /// Of steps that run once, by their place: whether their answer is counted in `answered`, and else how they have
  /// ended. Empty until there is one, for mostly there are only answers.
  private var isCounted: [Bool]
  private var ends: [StepOutcome?] = []
  /// Of the other steps, by their place.
  private var tallies: [Int: StepTally] = [:]
  private var answered = StepTally()
  private var origins = AnswerOrigins()
  private var faults: [RunFault] = []
  private var moreFaults = 0
  private var repeats: [RepeatReport] = []

  private static let mostFaults = 20
  private static let mostRepeats = 100

  init(
    _ prepared: PreparedRun, detail: RunReport.Detail, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.prepared = prepared
    self.detail = detail
    self.observe = observe
    isCounted = Array(repeating: false, count: prepared.sites.all.count)
  }

  /// What asks nobody has no outcome.
  mutating func note(_ outcome: StepOutcome, at site: Site, pass: [Int]) {
    guard let place = prepared.sites.place(of: site) else { return }
    if site.block == .main {
      keep(outcome, at: place)
    } else {
      tallies[place, default: StepTally()].add(pass, kept(outcome), keeping: detail == .passes)
    }
    observe(.ended(StepPass(step: prepared.name(of: site), pass: pass), outcome))
  }

  private mutating func keep(_ outcome: StepOutcome, at place: Int) {
    if detail == .sums, case .answered(let answer) = outcome, !answer.isCutOff, answer.source != .madeUp {
      answered.add([], outcome, keeping: false)
      isCounted[place] = true
      return
    }
    if ends.isEmpty { ends = Array(repeating: nil, count: isCounted.count) }
    ends[place] = kept(outcome)
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
    if isCounted[place] { return nil }
    return .once(ends.isEmpty ? .stopped : ends[place] ?? .stopped)
  }
}
