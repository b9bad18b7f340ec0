package import WeirEndpoint
import WeirValues

// What another process may do for a job that this one, or an earlier one, has submitted.

extension FalEndpoint {
  /// A job of which nothing but the name is known. Its addresses are made of the first two parts of the
  /// endpoint, whichever endpoint it was submitted to (fal: api-reference/inference-api).
  package func job(id: String) -> QueueJob {
    let address = sites.queue.appending("/\(family.root)/requests/\(id.percentEncoded)").text
    return QueueJob(
      id: id, statusAddress: "\(address)/status", resultAddress: address, cancelAddress: "\(address)/cancel")
  }

  package func status(of job: QueueJob) async throws(EndpointFailure) -> FalJobStatus {
    try await status(of: job, within: timing.request)
  }

  func status(of job: QueueJob, within time: Duration) async throws(EndpointFailure) -> FalJobStatus {
    var http = try get(job.statusAddress, of: job)
    http.address = http.address.asking("logs", "1")
    http.timeouts.whole = time
    let response = try await transport.send(http)
    // 202 while it waits or runs, 200 when it is done.
    guard (200..<300).contains(response.status) else {
      let failure = failure(response, now: timing.date(), at: sites.queue.site)
      throw response.status == 404 ? failure.aboutUnknownJob : failure
    }
    guard let body = try? Value(json: response.body), let status = FalJobStatus(json: body) else {
      throw bad("with what is no status of a request", response, at: sites.queue.site)
    }
    return status
  }

  /// The answer of a job that is done. One that is not is a failure, which may be repeated.
  package func result(of job: QueueJob) async throws(EndpointFailure) -> EndpointReply {
    let last = try await status(of: job)
    switch last.stage {
    case .done:
      return try reply(try await resultResponse(of: job, within: timing.request).get(), of: job, last)
    case .running: throw notDone("is running", job)
    case .waiting(let position):
      throw notDone(position.map { "is in the queue, with \($0) before it" } ?? "is in the queue", job)
    }
  }

  private func notDone(_ words: String, _ job: QueueJob) -> EndpointFailure {
    EndpointFailure(
      .unavailable, "the request \(Excerpt.of(job.id)) \(words)", advice: "ask again later")
  }

  func resultResponse(
    of job: QueueJob, within time: Duration
  ) async -> Result<HTTPResponse, EndpointFailure> {
    do throws(EndpointFailure) {
      var http = try get(job.resultAddress, of: job)
      http.timeouts.whole = time
      return .success(try await transport.send(http))
    } catch {
      return .failure(error)
    }
  }

  /// `last` is the status that said it is done. What it says of an error counts where the result does not
  /// say more.
  func reply(
    _ response: HTTPResponse, of job: QueueJob, _ last: FalJobStatus?
  ) throws(EndpointFailure) -> EndpointReply {
    do {
      var reply = try decode(response, now: timing.date(), from: sites.queue.site)
      reply.id = reply.id ?? job.id
      return reply
    } catch {
      guard let told = last?.error, response.body.isEmpty || error.kind == .badReply else { throw error }
      let type = last?.errorType.map { Value.string($0) } ?? .null
      throw failure(
        Complaint(
          error: .record(["message": .string(told), "error_type": type]), status: 200, provider: nil),
        at: sites.queue.site)
    }
  }

  /// Asks fal to take the job back. A job that runs may still end, and be paid for.
  package func cancel(_ job: QueueJob) async throws(EndpointFailure) -> FalCancellation {
    try await cancel(job, within: timing.request)
  }

  func cancel(_ job: QueueJob, within time: Duration) async throws(EndpointFailure) -> FalCancellation {
    var http = try get(job.cancelAddress, of: job)
    http.method = .put
    http.timeouts.whole = time
    let response = try await transport.send(http)
    let word = (try? Value(json: response.body))?["status"]?.string
    switch (response.status, word) {
    case (_, "ALREADY_COMPLETED"): return .tooLate
    case (_, "NOT_FOUND"), (404, _): return .notFound
    case (_, "CANCELLATION_REQUESTED"), (202, _): return .requested
    case (200..<300, _): return .removed
    default: throw failure(response, now: timing.date(), at: sites.queue.site)
    }
  }

  /// A request with the key, which nothing but fal itself gets.
  func get(_ text: String, of job: QueueJob) throws(EndpointFailure) -> HTTPRequest {
    HTTPRequest(
      .get, try address(text, of: job),
      headers: HTTPHeader.json(key, prefix: "Key ", adding: headers).filter {
        $0.name.lowercased() != "content-type"
      })
  }

  func address(_ text: String, of job: QueueJob) throws(EndpointFailure) -> WebAddress {
    guard let address = sites.queue.resolving(text), sites.mayHearKey(address) else {
      var failure = EndpointFailure(
        .badReply,
        """
        \(sites.queue.site) keeps the request \(Excerpt.of(job.id)) at `\(Excerpt.of(text, hiding: secrets))`, \
        to which the key is not sent
        """
      ).advising("check the `url` of the provider")
      failure.isFinal = true
      throw failure
    }
    return address
  }
}

extension EndpointFailure {
  /// What is not found is the request and not a model.
  fileprivate var aboutUnknownJob: EndpointFailure {
    EndpointFailure(
      kind, message,
      advice: "check the ID of the request: `weir job` lists those that were left in a queue")
  }
}

/// What became of taking a job back.
package enum FalCancellation: Sendable, Hashable {
  /// It was in the queue, and is no more.
  case removed
  /// It is running, and was told to stop.
  case requested
  /// It is done, and its answer can be fetched; or it was cancelled before. fal does not tell these apart.
  case tooLate
  /// fal knows no such job.
  case notFound
  /// fal did not say.
  case unconfirmed

  package var isConfirmed: Bool {
    switch self {
    case .removed, .requested, .notFound: true
    case .tooLate, .unconfirmed: false
    }
  }

  package func words(for job: QueueJob) -> String {
    let id = Excerpt.of(job.id)
    return switch self {
    case .removed: "the request \(id) was taken out of the queue"
    case .requested: "the request \(id) was running and was told to stop"
    case .tooLate: "the request \(id) was already done or cancelled"
    case .notFound: "the request \(id) is not known there"
    case .unconfirmed: "whether the request \(id) was taken back is not known"
    }
  }
}
