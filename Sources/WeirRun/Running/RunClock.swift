/// Tells how much time has passed, and lets some pass. Given from outside, so that tests decide what a
/// step takes.
package struct RunClock: Sendable {
  /// The time since some fixed moment.
  package let now: @Sendable () -> Duration
  /// Returns after so much time; throws when the task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.now = now
    self.sleep = sleep
  }

  package static var continuous: RunClock {
    let clock = ContinuousClock()
    let start = clock.now
    return RunClock { start.duration(to: clock.now) }
  }
}
