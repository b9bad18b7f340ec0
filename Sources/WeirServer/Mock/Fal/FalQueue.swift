import WeirValues

/// fal's queue (fal: inference-api/queue): what was submitted, until it is fetched and after.
struct FalQueue {
  /// Places before every job, how long each takes, and the work.
  let places: Int
  let place: Duration
  let work: Duration
  /// Seconds since 1970 at the start of the server.
  let epoch: Int
  private var jobs: [String: FalJob] = [:]
  private var count = 0
  /// What is older is forgotten.
  private static let greatestCount = 10_000
  private let words = FalMock(kind: .router)

  init(places: Int, latency: Duration, epoch: Int) {
    self.places = places
    self.epoch = epoch
    place = latency > .zero ? latency : .milliseconds(100)
    work = latency
  }

  /// What is done with a job.
  enum Action: Equatable {
    case status
    case statusStream
    case result
    case cancel

    var methods: [String] {
      switch self {
      case .status, .statusStream, .result: ["GET"]
      case .cancel: ["PUT"]
      }
    }
  }

  /// A job as a path names it: `openrouter/router/requests/ID/status`, without `/queue/`.
  struct Address: Equatable {
    let root: String
    let id: String
    let action: Action

    init?(_ path: Substring) {
      let steps = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard let place = steps.firstIndex(of: "requests"), (2...3).contains(place), steps.count > place + 1
      else {
        return nil
      }
      root = steps[..<place].joined(separator: "/")
      id = steps[place + 1]
      switch Array(steps[(place + 2)...]) {
      case []: action = .result
      case ["status"]: action = .status
      case ["status", "stream"]: action = .statusStream
      case ["cancel"]: action = .cancel
      default: return nil
      }
    }
  }

  /// `[namespace/]owner/alias` of an endpoint.
  static func root(of endpoint: Substring) -> String {
    let steps = endpoint.split(separator: "/")
    let count = ["workflows", "comfy"].contains(steps.first) ? 3 : 2
    return steps.prefix(count).joined(separator: "/")
  }

  // MARK: Submit

  /// - Parameter failure: what the status of the job will say of a failure.
  mutating func submit(
    _ request: HTTPServerRequest, to root: String, reply: HTTPServerReply, at now: Duration, base: String,
    failure: (message: String, type: String)?
  ) throws(MockRefusal) -> HTTPServerAnswer {
    if let limit = request.query("fal_max_queue_length").flatMap({ Int($0) }), places > limit {
      throw words.failure(429, "Queue is longer than \(limit)")
    }
    count += 1
    let id = Self.id(epoch, count)
    var timing = FalJob.Timing(submitted: now, places: places, place: place, work: work)
    var (reply, failure) = (reply, failure)
    if let limit = Self.startLimit(request), timing.begins - now > limit {
      // It does not begin in time, and then it is over.
      timing = FalJob.Timing(submitted: now, places: 1, place: limit, work: .zero)
      failure = nil
      reply = words.failure(504, "Request timed out").reply
      reply.fields.append("x-fal-request-timeout-type", "user")
    }
    let job = FalJob(id: id, root: root, timing: timing, reply: reply, epoch: epoch, failure: failure)
    jobs[id] = job
    jobs[Self.id(epoch, count - Self.greatestCount)] = nil
    var body = job.status(at: now, base: base, logs: nil)
    // A job that needs no time is done, but nobody is told so before they ask.
    body["status"] = .string("IN_QUEUE")
    body["queue_position"] = .int(max(0, timing.places - 1))
    for name in ["logs", "metrics", "error", "error_type"] { body[name] = nil }
    var note = "queue=\(id)"
    if let webhook = request.query("fal_webhook") {
      note += " webhook=\(webhook.prefix { $0 != "?" })"
    }
    return HTTPServerAnswer(
      delivery: .reply(HTTPServerReply(json: .record(body), fields: ["x-fal-request-id": id])), note: note)
  }

  private static func id(_ epoch: Int, _ count: Int) -> String {
    func hex(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(hex(epoch, 8))-0000-4000-8000-\(hex(count, 12))"
  }

  /// The time that a client allows until the work begins.
  private static func startLimit(_ request: HTTPServerRequest) -> Duration? {
    let text = request.fields["x-fal-request-start-timeout"] ?? request.fields["x-fal-request-timeout"]
    return text.flatMap(Double.init).flatMap { $0.isFinite && $0 > 0 && $0 < 1e9 ? .seconds($0) : nil }
  }

  // MARK: Jobs

  func answer(
    _ request: HTTPServerRequest, _ address: Address, at now: Duration, base: String,
    _ style: EventStyle = EventStyle()
  ) throws(MockRefusal) -> HTTPServerAnswer {
    guard let job = jobs[address.id], job.root == address.root else {
      if address.action == .cancel {
        throw MockRefusal(404, .record(["status": .string("NOT_FOUND")]), message: "no such request")
      }
      throw words.failure(404, "Request not found")
    }
    switch address.action {
    case .status: return status(of: job, request, at: now, base: base)
    case .statusStream: return stream(of: job, request, at: now, base: base, style)
    case .result:
      return HTTPServerAnswer(delivery: .reply(job.result(at: now)), note: "result of \(job.id)")
    case .cancel: return cancel(job, at: now)
    }
  }

  private static func wantsLogs(_ request: HTTPServerRequest) -> Bool {
    ["1", "true"].contains(request.query("logs"))
  }

  private func status(
    of job: FalJob, _ request: HTTPServerRequest, at now: Duration, base: String
  ) -> HTTPServerAnswer {
    let logs = Self.wantsLogs(request) ? job.logs(at: now) : nil
    let body = job.status(at: now, base: base, logs: logs)
    let reply = HTTPServerReply(
      json: .record(body), status: job.state(at: now) == .completed ? 200 : 202,
      fields: ["x-fal-request-id": job.id])
    return HTTPServerAnswer(delivery: .reply(reply), note: Self.note(body))
  }

  /// `IN_QUEUE 2 of ID`
  private static func note(_ body: Record) -> String {
    let position = body["queue_position"].map { " \($0.json())" } ?? ""
    return "\(body["status"]?.string ?? "")\(position) of \(body["request_id"]?.string ?? "")"
  }

  private func stream(
    of job: FalJob, _ request: HTTPServerRequest, at now: Duration, base: String, _ style: EventStyle
  ) -> HTTPServerAnswer {
    let events = FalStatusEvents(job, at: now, base: base, hasLogs: Self.wantsLogs(request))
    let stream = HTTPServerStream(
      200, ["content-type": "text/event-stream", "x-fal-request-id": job.id],
      pieces: EventPieces(events, style))
    return HTTPServerAnswer(delivery: .stream(stream), note: "status stream of \(job.id)")
  }

  private func cancel(_ job: FalJob, at now: Duration) -> HTTPServerAnswer {
    let state = job.state(at: now)
    let (status, word) =
      switch state {
      case .queued: (200, "OK")
      case .running: (202, "CANCELLATION_REQUESTED")
      case .completed: (400, "ALREADY_COMPLETED")
      }
    _ = job.cancel(at: now)
    let reply = HTTPServerReply(json: .record(["status": .string(word)]), status: status)
    return HTTPServerAnswer(delivery: .reply(reply), note: "cancel \(job.id) \(word)")
  }
}
