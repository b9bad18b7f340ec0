import WeirValues

/// What a status stream says: an event at every change, with the logs since the one before, and a comment
/// where nothing changes for long. It ends with the job.
struct FalStatusEvents: IteratorProtocol {
  private let job: FalJob
  private let base: String
  private let hasLogs: Bool
  private var now: Duration
  /// Logs before this were told.
  private var told = Duration.zero
  private var isFirst = true
  private var isOver = false
  private static let silence = Duration.seconds(15)

  init(_ job: FalJob, at now: Duration, base: String, hasLogs: Bool) {
    self.job = job
    self.base = base
    self.hasLogs = hasLogs
    self.now = now
  }

  mutating func next() -> MockEvent? {
    guard !isOver else { return nil }
    if isFirst {
      isFirst = false
      return event(pause: .zero)
    }
    guard let change = job.nextChange(after: now) else { return event(pause: .zero) }
    let pause = change - now
    if pause > Self.silence {
      now += Self.silence
      return .comment("ping", pause: Self.silence)
    }
    now = change
    return event(pause: pause)
  }

  private mutating func event(pause: Duration) -> MockEvent {
    isOver = job.state(at: now) == .completed
    let logs = hasLogs ? job.logs(at: now, from: told) : nil
    told = now + .nanoseconds(1)
    let body = job.status(at: now, base: base, logs: logs)
    return .data(Value.record(body).jsonBytes(), pause: pause)
  }
}
