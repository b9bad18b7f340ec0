import WeirEndpoint
import WeirValues

// fal: model-endpoints/queue. There is no key by which a submit could be repeated without effect: where its
// answer is lost the job may be in the queue, and to submit it again might be to pay twice.

extension FalEndpoint {
  /// The job, and how many are before it.
  func submit(
    _ http: HTTPRequest, _ request: EndpointRequest
  ) async throws(EndpointFailure) -> (QueueJob, position: Int?) {
    let response: HTTPResponse
    switch await shielded(http) {
    case .success(let answer): response = answer
    case .failure(let failure):
      throw failure.neverArrived || failure.kind == .invalidRequest ? failure : failure.mayHaveBeenQueued
    }
    guard (200..<300).contains(response.status) else {
      let failure = failure(response, now: timing.date(), at: sites.queue.site)
      throw response.isOfGateway ? failure.mayHaveBeenQueued : failure
    }
    guard let body = try? Value(json: response.body), let id = body["request_id"]?.string, !id.isEmpty else {
      throw bad("without a `request_id`", response, at: sites.queue.site).mayHaveBeenQueued
    }
    let job = job(id, at: body)
    request.observe?(.submitted(job))
    guard !Task.isCancelled else { throw await takenBack(job) }
    return (job, body["queue_position"]?.number?.int)
  }

  /// Sends the request in a task of its own: who is cancelled in the meantime still learns which job it is that
  /// must be taken back, if that is told in little time.
  private func shielded(_ http: HTTPRequest) async -> Result<HTTPResponse, EndpointFailure> {
    guard !Task.isCancelled else { return .failure(.cancelledBeforeSubmit) }
    let sending = Task { [transport] () -> Result<HTTPResponse, EndpointFailure> in
      do throws(EndpointFailure) {
        return .success(try await transport.send(http))
      } catch {
        return .failure(error)
      }
    }
    return await withTaskCancellationHandler {
      await sending.value
    } onCancel: { [timing] in
      Task {
        try? await timing.sleep(timing.cancel)
        sending.cancel()
      }
    }
  }

  /// The addresses as the reply gave them. Those that it did not give, or that may not hear the key, as behind a
  /// gateway that passes fal's own on, are made as fal makes them.
  private func job(_ id: String, at body: Value) -> QueueJob {
    let usual = job(id: id)
    func address(_ field: String, _ usual: String) -> String {
      guard let given = body[field]?.string, (try? self.address(given, of: job(id: id))) != nil else {
        return usual
      }
      return given
    }
    return QueueJob(
      id: id, statusAddress: address("status_url", usual.statusAddress),
      resultAddress: address("response_url", usual.resultAddress),
      cancelAddress: address("cancel_url", usual.cancelAddress))
  }
}

extension EndpointFailure {
  fileprivate static var cancelledBeforeSubmit: EndpointFailure {
    var failure = EndpointFailure(.cancelled, "cancelled")
    failure.neverArrived = true
    return failure
  }

  fileprivate var mayHaveBeenQueued: EndpointFailure {
    var failure = self
    failure.message += "; the request may have been queued all the same"
    failure.advice = "look at fal.ai/dashboard before you run it again: it might be paid for twice"
    (failure.isFinal, failure.isUnderWay) = (true, true)
    return failure
  }
}

extension HTTPResponse {
  /// A gateway that got no answer from what stands behind it.
  fileprivate var isOfGateway: Bool {
    [502, 504, 520, 521, 522, 523, 524].contains(status) && header("x-fal-request-id") == nil
  }
}
