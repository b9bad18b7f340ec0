package import WeirEndpoint
import WeirGraph
import WeirProgram

/// Runs a prepared flow: steps start as soon as all that they need is there, as many at once as the
/// flow allows, and the others go on when one fails.
///
/// It asks whoever it is given under a provider's name and does not know what stands behind it.
/// Cancelling the task that runs it cancels every request and gives a report of what was done.
package struct Runner: Sendable {
  private let executor: StepExecutor
  private let concurrency: Int

  /// `endpoints` has every provider that the run was prepared with. `concurrency` is the flow's own
  /// unless given. `observe` is called from several threads.
  package init(
    _ prepared: PreparedRun, endpoints: [String: any Endpoint], concurrency: Int? = nil,
    clock: RunClock = .continuous, observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) {
    self.concurrency = max(1, concurrency ?? prepared.program.limits.concurrency)
    executor = StepExecutor(prepared, endpoints: endpoints, clock: clock, observe: observe)
  }

  private struct Ended: Sendable {
    let node: NodeID
    let outcome: StepOutcome
  }

  /// Only this task touches the plan; its children run one step each. Never on the main actor:
  /// coming back to it would cost more than a step does here.
  @concurrent package func run() async -> RunReport {
    let start = executor.clock.now()
    let progress = await withTaskGroup(of: Ended.self) { group in
      var progress = Progress(executor.prepared, observe: executor.observe)
      var running = 0
      while true {
        running += startReady(&progress, limit: concurrency - running, in: &group)
        guard running > 0, let ended = await group.next() else { return progress }
        running -= 1
        progress.end(ended.node, with: ended.outcome)
      }
    }
    return progress.report(duration: executor.clock.now() - start, wasCancelled: Task.isCancelled)
  }

  /// Returns how many steps it has started: none any more once the run is cancelled.
  private func startReady(
    _ progress: inout Progress, limit: Int, in group: inout TaskGroup<Ended>
  ) -> Int {
    let jobs = progress.takeReady(limit: Task.isCancelled ? 0 : limit)
    for job in jobs {
      executor.observe(.started(step: job.step.name))
      group.addTask { [executor] in
        Ended(node: job.node, outcome: await executor.execute(job.step, job.values))
      }
    }
    return jobs.count
  }
}
