import WeirEndpoint
import WeirValues

// fal: model-endpoints/queue. A job is submitted, watched and fetched by requests of their own:
//
//     submit ──▶ status, as a stream or asked for again and again ──▶ result
//                   └─ nobody waits any longer, or the time is over ──▶ cancel
//
// Once a job is submitted nothing here fails for a connection that breaks: the job is still there, and is asked
// for again until its time is over. What became of it is decided by its result and not by its status, which
// has no word for failure.

extension FalEndpoint {
  func queue(_ http: HTTPRequest, _ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let end = timing.now() + request.timeout
    let (job, position) = try await submit(http, request)
    var watch = FalJobWatch(hiding: secrets)
    tell(watch.take(polled: FalJobStatus(stage: .waiting(position: position))), to: request)
    let last: FalJobStatus?
    do {
      last = try await waitUntilDone(job, &watch, until: end, request)
    } catch {
      if error.kind == .cancelled { throw await takenBack(job) }
      if error.kind == .badReply, let reply = await unannouncedReply(of: job, within: timing.request) {
        return reply
      }
      if Task.isCancelled { throw await takenBack(job) }
      throw error.keeping(job)
    }
    if let last { return try await fetch(job, last) }
    // In little time: a job that is not done is to be taken back now.
    if watch.trouble != nil, let reply = await unannouncedReply(of: job, within: timing.cancel) {
      return reply
    }
    return try await giveUp(job, after: request.timeout, watch.trouble)
  }

  func tell(_ events: [AnswerEvent], to request: EndpointRequest) {
    guard let observe = request.observe else { return }
    for event in events { observe(event) }
  }

  // MARK: Wait

  /// The status that says it is done; nil where the time is over before.
  private func waitUntilDone(
    _ job: QueueJob, _ watch: inout FalJobWatch, until end: Duration, _ request: EndpointRequest
  ) async throws(EndpointFailure) -> FalJobStatus? {
    if let last = try await watchStream(of: job, &watch, until: end, request) { return last }
    let start = timing.now()
    var pause = timing.firstPoll
    var badReplies = 0
    while timing.now() < end {
      var asked = Duration.zero
      do {
        let status = try await status(of: job, within: min(timing.request, end - timing.now()))
        tell(watch.take(polled: status), to: request)
        if status.stage == .done { return status }
        badReplies = 0
      } catch {
        badReplies += error.kind == .badReply ? 1 : 0
        guard error.isRetryable || (1..<Self.mostBadReplies).contains(badReplies) else { throw error }
        tell(watch.take(error), to: request)
        asked = error.retryAfter ?? .zero
      }
      let left = end - timing.now()
      guard left > .zero else { return nil }
      try await sleep(min(max(pause, asked), left))
      let isLate = timing.now() - start > .seconds(60)
      pause = min(pause * 1.5, isLate ? timing.longestPoll : timing.longestEarlyPoll)
    }
    return nil
  }

  /// In a row, after which a server is taken to be none of fal's.
  private static let mostBadReplies = 5

  /// Reads the statuses as they come; nil where that ends before the job does, or cannot be had.
  private func watchStream(
    of job: QueueJob, _ watch: inout FalJobWatch, until end: Duration, _ request: EndpointRequest
  ) async throws(EndpointFailure) -> FalJobStatus? {
    var http = try get(job.statusAddress, of: job)
    http.address = http.address.appending("/stream").asking("logs", "1")
    http.headers = http.headers.replaced(by: [HTTPHeader("Accept", "text/event-stream")])
    http.timeouts.firstByte = timing.silence
    http.timeouts.idle = timing.silence
    http.timeouts.whole = end - timing.now()
    do {
      let stream = try await transport.open(http)
      guard stream.status == 200, stream.isOfEvents else { return nil }
      var events = EventStream(stream, from: http.address.site)
      while let event = try await events.next() {
        guard let status = event.json.flatMap(FalJobStatus.init(json:)) else { continue }
        tell(watch.take(streamed: status), to: request)
        if status.stage == .done {
          stream.letGo()
          return status
        }
      }
    } catch {
      if error.kind == .cancelled { throw error }
    }
    return nil
  }

  private func sleep(_ duration: Duration) async throws(EndpointFailure) {
    do {
      try await timing.sleep(duration)
    } catch {
      throw EndpointFailure(.cancelled, "cancelled")
    }
  }

  // MARK: End

  /// Fetches the result at once: it is kept for minutes only. What goes wrong on the way is tried again, also
  /// where the time is over by now.
  private func fetch(_ job: QueueJob, _ last: FalJobStatus?) async throws(EndpointFailure) -> EndpointReply {
    for pause in [timing.firstPoll, timing.firstPoll * 4, timing.firstPoll * 8, nil] {
      var trouble: EndpointFailure
      switch await resultResponse(of: job, within: timing.request) {
      case .success(let response) where response.isResult(ofFailed: last?.error != nil):
        do {
          return try reply(response, of: job, last)
        } catch {
          // What cannot be read now is still there.
          throw error.kind == .badReply ? error.keeping(job) : error
        }
      case .success(let response): trouble = failure(response, now: timing.date(), at: sites.queue.site)
      case .failure(let failure): trouble = failure
      }
      guard let pause, trouble.isRetryable else { throw trouble.keeping(job) }
      do {
        try await sleep(pause)
      } catch {
        throw error.keeping(job)
      }
    }
    preconditionFailure("the last attempt returns or throws")
  }

  /// The answer of a job of which no status could be had; nil where it is not there, or not yet. What else the
  /// result may say is not looked at: of a job that is not done it is a failure as well.
  private func unannouncedReply(of job: QueueJob, within time: Duration) async -> EndpointReply? {
    guard case .success(let response) = await resultResponse(of: job, within: time), response.status == 200
    else { return nil }
    return try? reply(response, of: job, nil)
  }

  /// The time is over: takes the job back, unless it was done in the meantime. `trouble` is what kept the last
  /// status from coming.
  private func giveUp(
    _ job: QueueJob, after timeout: Duration, _ trouble: String?
  ) async throws(EndpointFailure) -> EndpointReply {
    let outcome = await takeBack(job)
    if outcome == .tooLate { return try await fetch(job, nil) }
    let why = trouble.map { ", for its status could not be had (\($0))" } ?? ""
    var failure = EndpointFailure(
      .timedOut,
      "\(sites.queue.site) had no answer after \(timeout.words)\(why); \(outcome.words(for: job))",
      advice: outcome.isConfirmed
        ? "raise `timeout`" : "raise `timeout`; `weir job \(Excerpt.of(job.id))` tells what became of it")
    failure.isFinal = true
    if !outcome.isConfirmed { (failure.job, failure.isUnderWay) = (job, true) }
    throw failure
  }

  /// Nobody waits any longer.
  func takenBack(_ job: QueueJob) async -> EndpointFailure {
    let outcome = await takeBack(job)
    let failure = EndpointFailure(.cancelled, "cancelled; \(outcome.words(for: job))")
    return outcome.isConfirmed ? failure : failure.keeping(job)
  }

  /// Best effort, in little time, and in a task of its own: the one that asks may have been cancelled itself.
  func takeBack(_ job: QueueJob) async -> FalCancellation {
    await Task { () -> FalCancellation in
      do throws(EndpointFailure) {
        return try await cancel(job, within: timing.cancel)
      } catch {
        return .unconfirmed
      }
    }.value
  }
}

extension EndpointFailure {
  /// The job is still there: it is not to be submitted anew, but can be fetched.
  fileprivate func keeping(_ job: QueueJob) -> EndpointFailure {
    let id = Excerpt.of(job.id)
    var failure = self
    if !message.contains(id) { failure.message += "; the request is \(id)" }
    failure.isFinal = true
    // It is not there, or not in this way.
    guard kind != .invalidRequest, kind != .unsupported else { return failure }
    (failure.job, failure.isUnderWay) = (job, true)
    let fetching = "fetch its answer with `weir job \(id)`"
    switch kind {
    case .unauthorized, .quota:
      failure.advice = [advice, fetching].compactMap { $0 }.joined(separator: ", then ")
    case .unreachable, .timedOut, .rateLimited, .unavailable, .refused, .brokenOff, .badReply, .cancelled,
      .invalidRequest, .unsupported:
      failure.advice = fetching
    }
    failure.job = job
    return failure
  }
}

extension HTTPResponse {
  /// Whether the job's own answer came, and not that of something that stands before it, or none yet. Of a job
  /// that has failed by its status, any failure is its own.
  fileprivate func isResult(ofFailed hasFailed: Bool) -> Bool {
    switch status {
    case 202: false
    case 401, 403, 404, 408, 429, 500, 502, 503, 504, 520..<530:
      hasFailed || header("x-fal-request-id") != nil
    default: true
    }
  }
}
