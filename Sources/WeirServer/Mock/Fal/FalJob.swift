import WeirValues

/// A request in the queue: what it will come to, and when.
///
/// Knows its own times alone, counted from the start of the server, so that what it says is a matter of
/// when it is asked. A class, because a stream tells of it while others cancel it; it stays on the thread of
/// the server.
final class FalJob {
  let id: String
  /// `openrouter/router` of `openrouter/router/vision`: where it is asked for.
  let root: String
  let timing: Timing
  /// What the model says.
  let reply: HTTPServerReply
  /// Seconds since 1970 at the start of the server.
  let epoch: Int
  private var cancelled: Duration?
  /// What the status says of a failure.
  private var failure: (message: String, type: String)?

  struct Timing {
    let submitted: Duration
    /// Places before it, and how long each takes.
    let places: Int
    let place: Duration
    /// The work itself.
    let work: Duration

    var begins: Duration { submitted + place * places }
    var ends: Duration { begins + work }
  }

  enum State: Equatable {
    /// With so many before it.
    case queued(Int)
    case running
    case completed
  }

  init(
    id: String, root: String, timing: Timing, reply: HTTPServerReply, epoch: Int,
    failure: (message: String, type: String)? = nil
  ) {
    self.id = id
    self.root = root
    self.timing = timing
    self.reply = reply
    self.epoch = epoch
    self.failure = failure
  }

  func state(at now: Duration) -> State {
    if let cancelled, cancelled <= now { return .completed }
    if now >= timing.ends { return .completed }
    if now >= timing.begins { return .running }
    let passed = Int((now - timing.submitted) / timing.place)
    return .queued(max(0, timing.places - 1 - passed))
  }

  /// When the state after `now` begins; nil when it is the last.
  func nextChange(after now: Duration) -> Duration? {
    switch state(at: now) {
    case .completed: nil
    case .running: timing.ends
    case .queued(let position): timing.begins - timing.place * position
    }
  }

  /// Takes it out of the queue, or stops the work; false when it is done.
  func cancel(at now: Duration) -> Bool {
    guard state(at: now) != .completed else { return false }
    cancelled = now
    failure = ("Request was cancelled", "client_cancelled")
    return true
  }

  /// The model's reply, or why there is none.
  func result(at now: Duration) -> HTTPServerReply {
    let words = FalMock(kind: .router)
    guard state(at: now) == .completed else {
      return words.failure(400, "Request is still in progress").reply
    }
    var reply = reply
    if let failure {
      let status = failure.type == "client_cancelled" ? 400 : 500
      reply = words.failure(status, failure.message, type: failure.type).reply
    }
    reply.fields.set("x-fal-request-id", id)
    return reply
  }

  // MARK: Status

  /// What the status says. `logs`: nil to leave them out.
  func status(at now: Duration, base: String, logs: [Value]?) -> Record {
    var record: Record = [:]
    switch state(at: now) {
    case .queued(let position):
      record["status"] = .string("IN_QUEUE")
      record["queue_position"] = .int(position)
    case .running: record["status"] = .string("IN_PROGRESS")
    case .completed: record["status"] = .string("COMPLETED")
    }
    record["request_id"] = .string(id)
    for (name, end) in [("response_url", ""), ("status_url", "/status"), ("cancel_url", "/cancel")] {
      record[name] = .string("\(base)/queue/\(root)/requests/\(id)\(end)")
    }
    guard record["status"] != .string("IN_QUEUE") else { return record }
    record["logs"] = logs.map { .list($0) } ?? .null
    guard record["status"] == .string("COMPLETED") else { return record }
    record["metrics"] = .record(["inference_time": .number(seconds)])
    if let failure {
      record["error"] = .string(failure.message)
      record["error_type"] = .string(failure.type)
    }
    return record
  }

  private var seconds: Number { Number((timing.work / .milliseconds(1)).rounded() / 1000) }

  /// What the model has printed until now, and not before `from`.
  func logs(at now: Duration, from: Duration = .zero) -> [Value] {
    let lines = [
      (timing.begins, "The mock begins"), (timing.begins + timing.work / 2, "The mock makes up its answer"),
      (timing.ends, "The mock is done"),
    ]
    let last = min(now, cancelled ?? now)
    return lines.filter { $0.0 <= last && $0.0 >= from }.map { time, message in
      .record([
        "message": .string(message), "level": .string("INFO"), "source": .string("USER"),
        "timestamp": .string(MockTime.text(epoch + Int(time / .seconds(1)))),
      ])
    }
  }
}
