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
    var attempts = 0
    var repeats = 0
    var mayHaveCost = false
    let (request, heard) = request.hearingText()
    while true {
      do {
        var reply = try await endpoint.send(request)
        reply.attempts += attempts
        // Together they have used what nobody has said.
        if mayHaveCost { reply.usage = Usage() }
        return reply
      } catch {
        attempts += error.attempts
        var error = error
        error.mayHaveCostBefore = error.mayHaveCostBefore || mayHaveCost
        mayHaveCost = error.mayHaveCost
        let wait = try waitOrThrow(error, repeats: repeats, of: request, attempts: attempts)
        observe(
          RetryNotice(step: request.step, pass: request.pass, attempt: attempts, wait: wait, failure: error))
        // What the failed attempt has said is no part of the answer.
        if heard.take() { request.observe?(.rewritten("")) }
        try await pause(wait, after: error, attempts: attempts)
        repeats += 1
      }
    }
  }

  /// How long to wait before the next attempt; throws where there is none.
  private func waitOrThrow(
    _ failure: EndpointFailure, repeats: Int, of request: EndpointRequest, attempts: Int
  ) throws(EndpointFailure) -> Duration {
    var failure = failure
    failure.attempts = attempts
    guard failure.isRetryable, repeats < request.retries else { throw failure }
    guard !Task.isCancelled else { throw Self.cancelled(after: failure) }
    guard let asked = failure.retryAfter, asked > .zero else { return backoff(repeats) }
    guard asked <= Self.longestRetryAfter else { throw Self.tooLong(failure, asked) }
    return asked + .seconds(1) * (random() / 4)
  }

  private func backoff(_ repeats: Int) -> Duration {
    let wait = min(.seconds(1 << min(repeats, 5)), Self.longestBackoff)
    return wait * (0.75 + random() / 2)
  }

  private func pause(
    _ wait: Duration, after last: EndpointFailure, attempts: Int
  ) async throws(EndpointFailure) {
    do {
      try await sleep(wait)
    } catch {
      var last = last
      last.attempts = attempts
      throw Self.cancelled(after: last)
    }
  }

  /// What was not sent again has cost what was sent before.
  private static func cancelled(after last: EndpointFailure) -> EndpointFailure {
    var failure = EndpointFailure(.cancelled, "cancelled while waiting for the next attempt")
    failure.attempts = last.attempts
    failure.neverArrived = true
    failure.mayHaveCostBefore = last.mayHaveCost
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
  /// The same request, and what knows whether some of its answer was told to whoever watches.
  fileprivate func hearingText() -> (EndpointRequest, HeardText) {
    let heard = HeardText()
    guard isWatched, let observe else { return (self, heard) }
    var request = self
    request.observe = { event in
      switch event {
      case .text: heard.note()
      case .rewritten(let text): if !text.isEmpty { heard.note() }
      case .reasoning, .submitted, .position, .begun, .unheard, .log, .held: break
      }
      observe(event)
    }
    return (request, heard)
  }
}
