import WeirRun

/// Watches a run while it goes on, and has a writer write what happens, one thing after another.
struct RunWatch {
  private let clock: RunClock
  /// Whether something is to be drawn as time passes.
  private let ticks: Bool

  init(clock: RunClock = .continuous, ticks: Bool) {
    self.clock = clock
    self.ticks = ticks
  }

  /// Runs `body`, which tells what happens through its argument, and returns once all of it is written.
  func write<Result: Sendable>(
    by makeWriter: @escaping @Sendable () -> RunWriter,
    while body: @Sendable (@escaping @Sendable (RunEvent) -> Void) async -> Result
  ) async -> (Result, ResultWriter) {
    let queue = EventQueue()
    // Not a child of the run: what was done is shown even when the run is cancelled.
    let writing = Task.detached { [self] in await write(queue, by: makeWriter()) }
    let ticking = ticks ? Task { await tick(queue) } : nil
    let result = await body { queue.add($0) }
    ticking?.cancel()
    queue.finish()
    return (result, await writing.value)
  }

  private func write(_ queue: EventQueue, by writer: consuming RunWriter) async -> ResultWriter {
    while let inputs = await queue.next() {
      for input in inputs {
        switch input {
        case .event(let event): writer.show(event, at: clock.now())
        case .tick: writer.tick(at: clock.now())
        }
      }
    }
    return writer.finish()
  }

  private func tick(_ queue: EventQueue) async {
    while (try? await Task.sleep(for: .milliseconds(100))) != nil { queue.tick() }
  }
}
