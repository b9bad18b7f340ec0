import WeirRun

/// Prints a run's progress as it happens: the one that writes to standard error while a run goes on.
struct ProgressPrinter {
  private let console: Console
  private let clock: RunClock
  private let isVerbose: Bool

  private enum Input: Sendable {
    case event(RunEvent)
    case tick
  }

  init(_ console: Console, isVerbose: Bool = false, clock: RunClock = .continuous) {
    self.console = console
    self.isVerbose = isVerbose
    self.clock = clock
  }

  /// Runs `body`, which tells what happens through its argument, and shows it until `body` is done.
  func show<Result: Sendable>(
    _ names: [String], while body: @Sendable (@escaping @Sendable (RunEvent) -> Void) async -> Result
  ) async -> Result {
    let (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
    let view = ProgressView(names, isLive: console.isTerminal, isVerbose: isVerbose, style: console.style)
    // Not a child of the run: what was done is shown even when the run is cancelled.
    let printing = Task.detached { [self] in await show(inputs, view) }
    let ticking = console.isTerminal ? Task { await tick(continuation) } : nil
    let result = await body { continuation.yield(.event($0)) }
    ticking?.cancel()
    continuation.finish()
    await printing.value
    return result
  }

  private func show(_ inputs: AsyncStream<Input>, _ view: ProgressView) async {
    var view = view
    for await input in inputs {
      let text =
        switch input {
        case .event(let event): view.show(event, at: clock.now())
        case .tick: view.tick(at: clock.now())
        }
      if !text.isEmpty { console.writeError(text) }
    }
    console.writeError(view.finish())
  }

  private func tick(_ continuation: AsyncStream<Input>.Continuation) async {
    while (try? await Task.sleep(for: .milliseconds(100))) != nil { continuation.yield(.tick) }
  }
}
