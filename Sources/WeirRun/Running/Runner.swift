package import WeirEndpoint
import WeirGraph
package import WeirProcess
import WeirProgram
import WeirValues

/// Runs a prepared flow: steps start as soon as all that they need is there, as many at once as the
/// flow allows, and the others go on when one fails.
///
/// It asks whoever it is given under a provider's name and does not know what stands behind it.
/// Cancelling the task that runs it cancels every request and gives a report of what was done; so
/// does the end of the time that the flow allows itself.
package struct Runner: Sendable {
  private let executor: StepExecutor
  private let concurrency: Int
  private let detail: RunReport.Detail
  private let timeLimit: Duration?

  /// `endpoints` has every provider that the run was prepared with. `concurrency` is the flow's own
  /// unless given. `detail` is what the report keeps. With `isWatched` the
  /// answers are told while they come, by endpoints that can. `observe` is called from several threads.
  package init(
    _ prepared: PreparedRun, endpoints: [String: any Endpoint],
    programs: (any ProgramLauncher)? = nil, concurrency: Int? = nil, detail: RunReport.Detail = .steps,
    isWatched: Bool = false, clock: RunClock = .continuous,
    observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) {
    self.concurrency = max(1, concurrency ?? prepared.program.limits.concurrency)
    self.detail = detail
    timeLimit = prepared.program.limits.time.map { .seconds($0.double) }
    executor = StepExecutor(
      prepared, endpoints: endpoints, programs: programs ?? NoPrograms(), isWatched: isWatched, clock: clock,
      concurrency: self.concurrency, observe: observe)
  }

  private enum Ended: Sendable {
    case job(JobEnd)
    /// The time that the flow allows itself is over; false where the run was over before.
    case time(isOver: Bool)
  }

  /// Only this task touches the plan; its children run one step each. Never on the main actor:
  /// coming back to it would cost more than a step does here.
  @concurrent package func run() async -> RunReport {
    let start = executor.clock.now()
    let (progress, isOutOfTime) = await withTaskGroup(of: Ended.self) { group in
      if let timeLimit { startTimer(timeLimit, in: &group) }
      let result = await finish(in: &group)
      group.cancelAll()
      return result
    }
    let end: RunReport.End =
      if isOutOfTime, let timeLimit { .outOfTime(timeLimit) } else {
        Task.isCancelled ? .cancelled : .finished
      }
    return progress.report(duration: executor.clock.now() - start, end: end)
  }

  private func finish(in group: inout TaskGroup<Ended>) async -> (Progress, isOutOfTime: Bool) {
    var progress = Progress(executor.prepared, detail: detail, observe: executor.observe)
    var running = 0
    var isOutOfTime = false
    while true {
      let isStopped = isOutOfTime || Task.isCancelled
      running += startReady(&progress, limit: isStopped ? 0 : concurrency - running, in: &group)
      guard running > 0, let ended = await group.next() else { return (progress, isOutOfTime) }
      switch ended {
      case .job(let end):
        running -= 1
        progress.end(end)
      case .time(let isOver):
        guard isOver else { break }
        isOutOfTime = true
        group.cancelAll()
      }
    }
  }

  private func startTimer(_ limit: Duration, in group: inout TaskGroup<Ended>) {
    group.addTask { [executor] in
      .time(isOver: (try? await executor.clock.sleep(limit)) != nil)
    }
  }

  /// Returns how many steps it has started: none any more once the run is stopped.
  private func startReady(
    _ progress: inout Progress, limit: Int, in group: inout TaskGroup<Ended>
  ) -> Int {
    let jobs = progress.takeReady(limit: limit)
    for job in jobs {
      executor.observe(.started(job.at))
      group.addTask { [executor] in .job(await executor.execute(job)) }
    }
    return jobs.count
  }
}
