import Synchronization

/// Asks again where asking again may help, and waits in between.
///
/// At most `request.retries` repeats, after 1 s, 2 s, 4 s … and at most 30 s, each a quarter more or
/// less so that a thousand steps do not come back together. What the endpoint asks for
/// (`retryAfter`) counts instead, and is never cut short; where it is longer than two minutes the
/// failure is final. Which failures are worth it is `EndpointFailure.isRetryable`, not decided here.
package struct Retry: WrappingEndpoint {
  package let endpoint: any Endpoint
  private let sleep: @Sendable (Duration) async throws -> Void
  private let random: @Sendable () -> Double
  private let observe: @Sendable (RetryNotice) -> Void

  private static let longestBackoff = Duration.seconds(30)
  private static let longestRetryAfter = Duration.seconds(120)

  /// `random` gives numbers from 0 up to but not including 1; `observe` hears of every wait before
  /// it begins.
  package init(
    _ endpoint: any Endpoint,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    observe: @escaping @Sendable (RetryNotice) -> Void = { _ in }
  ) {
    self.endpoint = endpoint
    self.sleep = sleep
    self.random = random
    self.observe = observe
  }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    var tries = Tries()
    let heard = HeardText()
    let request = request.telling(heard)
    while true {
      do {
        return tries.all(with: try await endpoint.send(request))
      } catch {
        let wait = try plan(error, &tries, request, heard)
        try await pause(wait, tries)
      }
    }
  }

  /// What was tried for a request so far.
  private struct Tries {
    var attempts = 0
    var repeats = 0
    /// Whether one of them may have been paid for.
    var mayHaveCost = false

    func all(with last: EndpointReply) -> EndpointReply {
      var reply = last
      reply.attempts += attempts
      // Together they have used what nobody has said.
      if mayHaveCost { reply.usage = Usage() }
      return reply
    }
  }

  /// How long to wait before the next attempt, which is told; throws where there is none.
  ///
  /// On its own: what an asynchronous function has for a moment is kept until it ends, for each request that is
  /// under way.
  @inline(never)
  private func plan(
    _ failure: EndpointFailure, _ tries: inout Tries, _ request: EndpointRequest, _ heard: HeardText
  ) throws(EndpointFailure) -> Duration {
    var failure = failure
    tries.attempts += failure.attempts
    failure.attempts = tries.attempts
    failure.mayHaveCostBefore = failure.mayHaveCostBefore || tries.mayHaveCost
    tries.mayHaveCost = failure.mayHaveCost
    let wait = try wait(after: failure, tries, of: request)
    observe(
      RetryNotice(
        step: request.step, pass: request.pass, attempt: tries.attempts, wait: wait, failure: failure))
    // What the failed attempt has said is no part of the answer.
    if heard.take() { request.observe?(.rewritten("")) }
    tries.repeats += 1
    return wait
  }

  private func wait(
    after failure: EndpointFailure, _ tries: Tries, of request: EndpointRequest
  ) throws(EndpointFailure) -> Duration {
    guard failure.isRetryable, tries.repeats < request.retries else { throw failure }
    guard !Task.isCancelled else { throw Self.cancelled(after: tries) }
    guard let asked = failure.retryAfter, asked > .zero else { return backoff(tries.repeats) }
    guard asked <= Self.longestRetryAfter else { throw Self.tooLong(failure, asked) }
    return asked + .seconds(1) * (random() / 4)
  }

  private func backoff(_ repeats: Int) -> Duration {
    let wait = min(.seconds(1 << min(repeats, 5)), Self.longestBackoff)
    return wait * (0.75 + random() / 2)
  }

  private func pause(_ wait: Duration, _ tries: Tries) async throws(EndpointFailure) {
    do {
      try await sleep(wait)
    } catch {
      throw Self.cancelled(after: tries)
    }
  }

  /// What was not sent again has cost what was sent before.
  private static func cancelled(after tries: Tries) -> EndpointFailure {
    var failure = EndpointFailure(.cancelled, "cancelled while waiting for the next attempt")
    failure.attempts = tries.attempts
    failure.neverArrived = true
    failure.mayHaveCostBefore = tries.mayHaveCost
    return failure
  }

  private static func tooLong(_ failure: EndpointFailure, _ asked: Duration) -> EndpointFailure {
    var final = EndpointFailure(
      failure.kind, failure.message, advice: "it asks to wait \(asked.words); run again then",
      retryAfter: asked)
    final.attempts = failure.attempts
    final.neverArrived = failure.neverArrived
    final.mayHaveCostBefore = failure.mayHaveCostBefore
    final.isFinal = true
    return final
  }
}

/// That a request failed and will be sent again.
package struct RetryNotice: Sendable {
  package let step: String
  package let pass: [Int]
  /// Which attempt failed, from 1.
  package let attempt: Int
  /// How long until the next one.
  package let wait: Duration
  package let failure: EndpointFailure
}

/// Whether some of an answer has come.
private final class HeardText: Sendable {
  private let heard = Atomic(false)

  func note() { heard.store(true, ordering: .relaxed) }
  /// Whether some has come since it was asked last.
  func take() -> Bool { heard.exchange(false, ordering: .relaxed) }
}

extension EndpointRequest {
  /// The same request, telling whether some of its answer goes to whoever watches.
  @inline(never)
  fileprivate func telling(_ heard: HeardText) -> EndpointRequest {
    guard isWatched, let observe else { return self }
    var request = self
    request.observe = { event in
      switch event {
      case .text: heard.note()
      case .rewritten(let text): if !text.isEmpty { heard.note() }
      case .reasoning, .submitted, .position, .begun, .unheard, .log, .held: break
      }
      observe(event)
    }
    return request
  }
}
