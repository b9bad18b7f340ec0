/// How long things may take with fal, and the clocks by which that is known.
package struct FalTiming: Sendable {
  /// For one request to the queue or for a token; a job as a whole has the time of its step.
  package var request = Duration.seconds(30)
  /// Between two questions for a job's status, at first; it grows by half each time.
  package var firstPoll = Duration.milliseconds(250)
  /// To which it grows in the first minute of a job, and after that.
  package var longestEarlyPoll = Duration.seconds(2)
  package var longestPoll = Duration.seconds(5)
  /// Of a stream of statuses. fal sends a sign of life every 15 s.
  package var silence = Duration.seconds(40)
  /// For taking a job back, when nobody waits any longer for its answer.
  package var cancel = Duration.seconds(2)
  /// Of an upload at the least, besides the time that it takes on a line of a megabit a second.
  package var upload = Duration.seconds(60)

  package var now: @Sendable () -> Duration
  /// Seconds since 1970, for what is dated.
  package var date: @Sendable () -> Double
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: (@Sendable () -> Duration)? = nil, date: (@Sendable () -> Double)? = nil,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    let start = ContinuousClock.now
    self.now = now ?? { ContinuousClock.now - start }
    self.date = date ?? { RetryAfter.now }
    self.sleep = sleep
  }

  /// On a line of a megabit a second, which is 125 bytes a millisecond.
  func sending(_ bytes: Int) -> Duration { .milliseconds(bytes / 125) }
}
