import WeirRun

/// Watches a run while it goes on, and has a writer write what happens, one thing after another.
struct RunWatch {
  private let clock: RunClock
  /// Whether something is to be drawn as time passes.
  private let ticks: Bool

  private enum Input: Sendable {
    case event(RunEvent)
    case tick
  }

  init(clock: RunClock = .continuous, ticks: Bool) {
    self.clock = clock
    self.ticks = ticks
  }

  /// Runs `body`, which tells what happens through its argument, and returns once all of it is written.
  func write<Result: Sendable>(
    by makeWriter: @escaping @Sendable () -> RunWriter,
    while body: @Sendable (@escaping @Sendable (RunEvent) -> Void) async -> Result
  ) async -> (Result, ResultWriter) {
    let (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
    // Not a child of the run: what was done is shown even when the run is cancelled.
    let writing = Task.detached { [self] in await write(inputs, by: makeWriter()) }
    let ticking = ticks ? Task { await tick(continuation) } : nil
    let result = await body { continuation.yield(.event($0)) }
    ticking?.cancel()
    continuation.finish()
    return (result, await writing.value)
  }

  private func write(_ inputs: AsyncStream<Input>, by writer: consuming RunWriter) async -> ResultWriter {
    for await input in inputs {
      switch input {
      case .event(let event): writer.show(event, at: clock.now())
      case .tick: writer.tick(at: clock.now())
      }
    }
    return writer.finish()
  }

  private func tick(_ continuation: AsyncStream<Input>.Continuation) async {
    while (try? await Task.sleep(for: .milliseconds(100))) != nil { continuation.yield(.tick) }
  }
}
