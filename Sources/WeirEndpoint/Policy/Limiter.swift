import Synchronization

/// Lets no more requests out to a provider at a time than it bears, for all steps that ask it.
///
/// It begins with what was agreed, halves that when the provider answers that there are too many (429),
/// and grows again by one after each two seconds without. Where the provider says how long to wait, nothing goes
/// out to it for so long, whoever asks; where it says so of one model, nothing goes to that model. What it asks of
/// more than two minutes is not waited for: requests fail with what it said until then.
///
/// It sends nothing twice; that is the matter of `Retry`, which stands outside of it.
package final class Limiter: WrappingEndpoint {
  package let endpoint: any Endpoint
  private let places: (any SharedPlaces)?
  private let now: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  private let window: Mutex<SendWindow>
  private let waiters = Atomic(0)

  private static let longestWait = Duration.seconds(120)
  /// How often it is looked whether another run has given a place back.
  private static let glance = Duration.milliseconds(20)

  /// `now` is the time since some fixed moment.
  package init(
    _ endpoint: any Endpoint, concurrency: Int,
    sharing places: (any SharedPlaces)? = nil,
    now: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.endpoint = endpoint
    self.places = places
    self.now = now
    self.sleep = sleep
    window = Mutex(SendWindow(max(1, concurrency)))
  }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let pass = try await enter(request)
    do {
      let place = try await sharedPlace(for: request)
      defer { if let place { places?.giveBack(place) } }
      let reply = try await endpoint.send(request)
      wake(window.withLock { $0.end(pass, at: now()) })
      return reply
    } catch {
      end(pass, error, of: request.model)
      throw error
    }
  }

  @inline(never)
  private func end(_ pass: SendWindow.Pass, _ failure: EndpointFailure, of model: String) {
    guard failure.kind == .rateLimited else { return wake(window.withLock { $0.end(pass, at: now()) }) }
    if let wait = failure.retryAfter, !failure.isAboutModel { places?.hold(min(wait, Self.longestWait)) }
    wake(window.withLock { $0.end(pass, refusedBy: failure, of: model, at: now()) })
  }

  // MARK: Turns

  private func enter(_ request: EndpointRequest) async throws(EndpointFailure) -> SendWindow.Pass {
    while true {
      if Task.isCancelled {
        // The turn may have been its own, and nobody else would pass it on.
        wake(window.withLock { $0.passOn() })
        throw .cancelledWaiting
      }
      switch window.withLock({ $0.turn(for: request.model, at: now()) }) {
      case .go(let pass): return pass
      case .held(let wait, let failure): try await hold(request, wait, failure)
      case .full: await stand()
      }
    }
  }

  private func hold(
    _ request: EndpointRequest, _ wait: Duration, _ failure: EndpointFailure
  ) async throws(EndpointFailure) {
    guard wait <= Self.longestWait else { throw failure.unasked }
    try await pause(request, wait, why: failure.message)
  }

  private func pause(_ request: EndpointRequest, _ wait: Duration, why: String) async throws(EndpointFailure)
  {
    request.observe?(.held(wait, why: why))
    do {
      try await sleep(wait)
    } catch {
      throw .cancelledWaiting
    }
  }

  private func stand() async {
    let id = waiters.add(1, ordering: .relaxed).newValue
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waiter = SendWindow.Waiter(id: id, continuation: continuation)
        // The handler may have come before there was anything to take out of the line.
        let stands = window.withLock { !Task.isCancelled && $0.stand(waiter) }
        if !stands { continuation.resume() }
      }
    } onCancel: {
      window.withLock { $0.leaveLine(id) }?.continuation.resume()
    }
  }

  private func wake(_ waiters: [SendWindow.Waiter]) {
    for waiter in waiters { waiter.continuation.resume() }
  }

  // MARK: With other runs

  private func sharedPlace(for request: EndpointRequest) async throws(EndpointFailure) -> Int? {
    guard let places else { return nil }
    while true {
      if let wait = places.held {
        try await pause(request, wait, why: "another run was told that there are too many requests")
      } else if let place = places.take() {
        return place
      } else {
        do {
          try await sleep(Self.glance)
        } catch {
          throw .cancelledWaiting
        }
      }
    }
  }
}

extension EndpointFailure {
  fileprivate static var cancelledWaiting: EndpointFailure {
    var failure = EndpointFailure(.cancelled, "cancelled while waiting for its turn")
    failure.attempts = 0
    return failure
  }

  /// The same for a request that was not sent because of it.
  fileprivate var unasked: EndpointFailure {
    var failure = EndpointFailure(
      kind, message, advice: advice ?? retryAfter.map { "it asks to wait \($0.words); run again then" },
      retryAfter: retryAfter)
    failure.attempts = 0
    failure.isFinal = true
    return failure
  }
}
