/// Tells how much time has passed. Given from outside, so that tests decide what a step takes.
package struct RunClock: Sendable {
  /// The time since some fixed moment.
  package let now: @Sendable () -> Duration

  package init(now: @escaping @Sendable () -> Duration) { self.now = now }

  package static var continuous: RunClock {
    let clock = ContinuousClock()
    let start = clock.now
    return RunClock { start.duration(to: clock.now) }
  }
}
