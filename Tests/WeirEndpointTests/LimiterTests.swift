import Synchronization
import Testing
import WeirEndpoint

struct LimiterTests {
  /// Answers when it is told to, and knows how many requests it has.
  private final class Gate: Endpoint {
    private struct State {
      var open: [CheckedContinuation<EndpointFailure?, Never>] = []
      var sent = 0
      var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }
    private let state = Mutex(State())

    var sent: Int { state.withLock { $0.sent } }

    func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
      let failure = await withCheckedContinuation { continuation in
        let ready = state.withLock { state in
          state.open.append(continuation)
          state.sent += 1
          let (ready, left) = (
            state.watchers.filter { $0.count <= state.sent }, state.watchers.filter { $0.count > state.sent }
          )
          state.watchers = left
          return ready
        }
        for watcher in ready { watcher.continuation.resume() }
      }
      if let failure { throw failure }
      return EndpointReply(text: "done")
    }

    /// Returns once so many requests have come in all.
    func until(_ count: Int) async {
      await withCheckedContinuation { continuation in
        let isThere = state.withLock { state in
          if state.sent >= count { return true }
          state.watchers.append((count, continuation))
          return false
        }
        if isThere { continuation.resume() }
      }
    }

    /// Ends the oldest request.
    func end(_ failure: EndpointFailure? = nil) {
      state.withLock { $0.open.removeFirst() }.resume(returning: failure)
    }
  }

  /// Time that passes when it is told to, and sleeps that end with it.
  private final class Clock: Sendable {
    private struct State {
      var now = Duration.zero
      var sleeps: [Duration] = []
    }
    private let state = Mutex(State())

    var now: Duration { state.withLock { $0.now } }
    var sleeps: [Duration] { state.withLock { $0.sleeps } }
    func pass(_ time: Duration) { state.withLock { $0.now += time } }

    /// A sleep takes no time but the clock's.
    func sleep(_ time: Duration) throws {
      try Task.checkCancellation()
      state.withLock {
        $0.now += time
        $0.sleeps.append(time)
      }
    }
  }

  private func request(_ model: String = "m") -> EndpointRequest {
    EndpointRequest(step: "caption", model: model, prompt: [])
  }

  private func tooMany(after: Duration? = nil, isAboutModel: Bool = false) -> EndpointFailure {
    var failure = EndpointFailure(.rateLimited, "openrouter.ai answered 429", retryAfter: after)
    failure.isAboutModel = isAboutModel
    return failure
  }

  private func limiter(_ gate: Gate, _ concurrency: Int, _ clock: Clock = Clock()) -> Limiter {
    Limiter(
      gate, concurrency: concurrency, now: { clock.now }, sleep: { try clock.sleep($0) })
  }

  @Test func noMoreIsUnderWayThanWasAgreed() async throws {
    let gate = Gate()
    let limiter = limiter(gate, 2)
    try await withThrowingTaskGroup { group in
      for _ in 0..<5 { group.addTask { _ = try await limiter.send(request()) } }
      await gate.until(2)
      #expect(gate.sent == 2)
      for count in 3...5 {
        gate.end()
        await gate.until(count)
        #expect(gate.sent == count)
      }
      gate.end()
      gate.end()
      try await group.waitForAll()
    }
  }

  @Test func halfAsMuchGoesOutAfterARefusal() async throws {
    let gate = Gate()
    let clock = Clock()
    let limiter = limiter(gate, 8, clock)
    await withTaskGroup { group in
      for _ in 0..<8 { group.addTask { _ = try? await limiter.send(request()) } }
      await gate.until(8)
      // They went out together, so it is one refusal.
      for _ in 0..<8 { gate.end(tooMany()) }
      await group.waitForAll()
      for _ in 0..<8 { group.addTask { _ = try? await limiter.send(request()) } }
      await gate.until(12)
      gate.end()
      await gate.until(13)
      #expect(gate.sent == 13)
      clock.pass(.seconds(2))
      // One more than before.
      gate.end()
      await gate.until(15)
      #expect(gate.sent == 15)
      for _ in 0..<5 { gate.end() }
      await gate.until(16)
      gate.end()
      await group.waitForAll()
    }
  }

  @Test func whatTheProviderAsksToWaitEverybodyWaits() async throws {
    let gate = Gate()
    let clock = Clock()
    let limiter = limiter(gate, 4, clock)
    let events = Mutex<[AnswerEvent]>([])
    var asking = request("other")
    asking.observe = { event in events.withLock { $0.append(event) } }
    await withTaskGroup { group in
      group.addTask { _ = try? await limiter.send(request()) }
      await gate.until(1)
      gate.end(tooMany(after: .seconds(3)))
      await group.waitForAll()
      group.addTask { [asking] in _ = try? await limiter.send(asking) }
      await gate.until(2)
      gate.end()
      await group.waitForAll()
    }
    #expect(clock.sleeps == [.seconds(3)])
    #expect(events.withLock { $0 } == [.held(.seconds(3), why: "openrouter.ai answered 429")])
  }

  @Test func aRefusalByOneModelHoldsThatModel() async throws {
    let gate = Gate()
    let clock = Clock()
    let limiter = limiter(gate, 4, clock)
    await withTaskGroup { group in
      group.addTask { _ = try? await limiter.send(request("busy")) }
      await gate.until(1)
      gate.end(tooMany(after: .seconds(3), isAboutModel: true))
      await group.waitForAll()
      group.addTask { _ = try? await limiter.send(request("other")) }
      await gate.until(2)
      #expect(clock.sleeps.isEmpty)
      group.addTask { _ = try? await limiter.send(request("busy")) }
      await gate.until(3)
      #expect(clock.sleeps == [.seconds(3)])
      gate.end()
      gate.end()
      await group.waitForAll()
    }
  }

  @Test func nobodyWaitsForHours() async throws {
    let gate = Gate()
    let limiter = limiter(gate, 4)
    await withTaskGroup { group in
      group.addTask { _ = try? await limiter.send(request()) }
      await gate.until(1)
      gate.end(tooMany(after: .seconds(3_600)))
      await group.waitForAll()
    }
    let failure = await #expect(throws: EndpointFailure.self) { try await limiter.send(request()) }
    #expect(failure?.attempts == 0)
    #expect(failure?.isRetryable == false)
    #expect(failure?.advice == "it asks to wait 60 min; run again then")
    #expect(gate.sent == 1)
  }

  @Test func whoeverIsCancelledLeavesTheLine() async throws {
    let gate = Gate()
    let limiter = limiter(gate, 1)
    await withTaskGroup { group in
      group.addTask { _ = try? await limiter.send(request()) }
      await gate.until(1)
      let waiting = Task { () -> EndpointFailure.Kind? in
        do throws(EndpointFailure) {
          _ = try await limiter.send(request())
          return nil
        } catch {
          return error.kind
        }
      }
      waiting.cancel()
      #expect(await waiting.value == .cancelled)
      group.addTask { _ = try? await limiter.send(request()) }
      gate.end()
      await gate.until(2)
      gate.end()
      await group.waitForAll()
    }
  }
}
