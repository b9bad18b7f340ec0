import Synchronization
import Testing
import WeirEndpoint
import WeirValues

struct RetryTests {
  private var request: EndpointRequest { EndpointRequest(step: "caption", model: "m", prompt: []) }

  /// Fails as told, then answers; keeps what it was asked.
  private final class Scripted: Endpoint {
    private let failures: Mutex<[EndpointFailure]>
    private let sent = Atomic(0)
    let attemptsOfEach: Int
    static let usage = Usage(promptTokens: 1, completionTokens: 1, totalTokens: 2, cost: Number(0.5))

    init(_ failures: [EndpointFailure], attemptsOfEach: Int = 1) {
      self.failures = Mutex(failures)
      self.attemptsOfEach = attemptsOfEach
    }

    var count: Int { sent.load(ordering: .relaxed) }

    func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
      sent.add(1, ordering: .relaxed)
      if var failure = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        failure.attempts = attemptsOfEach
        throw failure
      }
      var reply = EndpointReply(text: "done", usage: Self.usage)
      reply.attempts = attemptsOfEach
      return reply
    }
  }

  private final class Log<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    var all: [Element] { elements.withLock { $0 } }
    func add(_ element: Element) { elements.withLock { $0.append(element) } }
  }

  private func failures(_ count: Int, _ kind: EndpointFailure.Kind = .unavailable, after: Duration? = nil)
    -> [EndpointFailure]
  {
    Array(repeating: EndpointFailure(kind, "no", advice: "wait", retryAfter: after), count: count)
  }

  private func waits(
    _ failures: [EndpointFailure], retries: Int, random: Double = 0.5
  ) async throws -> [Duration] {
    let waits = Log<Duration>()
    let retry = Retry(Scripted(failures), sleep: { waits.add($0) }, random: { random })
    var request = request
    request.retries = retries
    _ = try await retry.send(request)
    return waits.all
  }

  @Test func whatAnEarlierAttemptMayHaveCostIsNotForgotten() async throws {
    var refused = EndpointFailure(.unreachable, "refused")
    refused.neverArrived = true
    var request = request
    request.retries = 1
    for (first, mayHaveCost) in [(EndpointFailure(.timedOut, "no answer"), true), (refused, false)] {
      let retry = Retry(Scripted([first, refused]), sleep: { _ in })
      let failure = await #expect(throws: EndpointFailure.self) { _ = try await retry.send(request) }
      #expect(failure?.mayHaveCost == mayHaveCost)
      let reply = try await Retry(Scripted([first]), sleep: { _ in }).send(request)
      #expect(reply.usage == (mayHaveCost ? Usage() : Scripted.usage))
    }
  }

  @Test func waitsTwiceAsLongEachTimeUpToThirtySeconds() async throws {
    let waits = try await waits(failures(8), retries: 8)
    #expect(waits == [1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
  }

  @Test(arguments: [(0.0, 750), (0.5, 1000), (0.999, 1249)])
  func spreadsTheWait(random: Double, milliseconds: Int) async throws {
    let waits = try await waits(failures(1), retries: 1, random: random)
    #expect(waits.count == 1)
    #expect(abs(waits[0] / .milliseconds(1) - Double(milliseconds)) < 1)
  }

  @Test func waitsAsTheEndpointAsksAndNeverShorter() async throws {
    #expect(
      try await waits(failures(2, .rateLimited, after: .seconds(7)), retries: 3, random: 0) == [
        .seconds(7), .seconds(7),
      ])
    let spread = try await waits(failures(1, .rateLimited, after: .seconds(7)), retries: 3, random: 0.999)
    #expect(spread[0] > .seconds(7) && spread[0] < .milliseconds(7250))
    #expect(try await waits(failures(1, after: .seconds(120)), retries: 1, random: 0) == [.seconds(120)])
  }

  @Test func aWaitOfNothingIsNoWish() async throws {
    #expect(try await waits(failures(1, after: .zero), retries: 1) == [.seconds(1)])
  }

  @Test func tooLongAWaitIsFinal() async {
    let endpoint = Scripted(failures(1, .rateLimited, after: .seconds(3600)))
    let failure = await #expect(throws: EndpointFailure.self) {
      try await Retry(endpoint, sleep: { _ in }).send(request)
    }
    #expect(endpoint.count == 1)
    #expect(failure?.kind == .rateLimited && failure?.isRetryable == false)
    #expect(failure?.retryAfter == .seconds(3600))
    #expect(failure?.advice == "it asks to wait 60 min; run again then")
  }

  @Test(arguments: [
    (EndpointFailure.Kind.unreachable, 4), (.timedOut, 4), (.rateLimited, 4), (.unavailable, 4),
    (.unauthorized, 1), (.quota, 1), (.invalidRequest, 1), (.refused, 1), (.badReply, 1), (.unsupported, 1),
    (.cancelled, 1), (.brokenOff, 4),
  ])
  func repeatsOnlyWhatMayHelp(kind: EndpointFailure.Kind, attempts: Int) async {
    let endpoint = Scripted(failures(9, kind))
    let failure = await #expect(throws: EndpointFailure.self) {
      try await Retry(endpoint, sleep: { _ in }).send(request)
    }
    #expect(failure?.kind == kind && failure?.attempts == attempts && endpoint.count == attempts)
    #expect(failure?.message == "no" && failure?.advice == "wait")
  }

  @Test func everyKindIsInTheTable() {
    #expect(EndpointFailure.Kind.allCases.count == 12)
  }

  @Test func aFailureThatSaysSoIsFinal() async {
    var final = EndpointFailure(.unavailable, "no")
    final.isFinal = true
    let endpoint = Scripted([final])
    await #expect(throws: EndpointFailure.self) { try await Retry(endpoint, sleep: { _ in }).send(request) }
    #expect(endpoint.count == 1)
  }

  @Test(arguments: [0, -1])
  func noRetriesMeansOneAttempt(retries: Int) async {
    let endpoint = Scripted(failures(1))
    var request = request
    request.retries = retries
    let failure = await #expect(throws: EndpointFailure.self) {
      try await Retry(endpoint, sleep: { _ in }).send(request)
    }
    #expect(endpoint.count == 1 && failure?.attempts == 1)
  }

  @Test func attemptsOfTheInnerEndpointCount() async throws {
    let endpoint = Scripted(failures(2), attemptsOfEach: 2)
    let reply = try await Retry(endpoint, sleep: { _ in }).send(request)
    #expect(reply.text == "done" && reply.attempts == 6)
  }

  @Test func observerHearsOfEveryWaitBeforeItBegins() async throws {
    let events = Log<String>()
    let retry = Retry(
      Scripted(failures(2, .rateLimited)), sleep: { events.add("slept \($0.words)") }, random: { 0.5 },
      observe: { events.add("\($0.step) \($0.attempt) \($0.failure.kind.rawValue) \($0.wait.words)") })
    _ = try await retry.send(request)
    #expect(
      events.all == ["caption 1 rate-limited 1 s", "slept 1 s", "caption 2 rate-limited 2 s", "slept 2 s"])
  }

  @Test func cancellingEndsTheWait() async {
    let (began, hasBegun) = AsyncStream.makeStream(of: Void.self)
    let endpoint = Scripted(failures(9))
    let retry = Retry(
      endpoint,
      sleep: { _ in
        hasBegun.yield()
        try await Task.sleep(for: .seconds(3600))
      })
    let request = request
    let task = Task { () -> EndpointFailure? in
      do {
        _ = try await retry.send(request)
        return nil
      } catch let error as EndpointFailure {
        return error
      } catch {
        return nil
      }
    }
    var beginning = began.makeAsyncIterator()
    await beginning.next()
    task.cancel()
    let failure = await task.value
    #expect(failure?.kind == .cancelled && failure?.attempts == 1 && endpoint.count == 1)
  }

  @Test func cancelledBeforeTheWaitDoesNotWait() async {
    let slept = Log<Duration>()
    let retry = Retry(Scripted(failures(9)), sleep: { slept.add($0) })
    let request = request
    let kind = await withTaskGroup(of: EndpointFailure.Kind?.self) { group in
      group.cancelAll()
      group.addTask {
        do {
          _ = try await retry.send(request)
          return nil
        } catch let error as EndpointFailure {
          return error.kind
        } catch {
          return nil
        }
      }
      return await group.next() ?? nil
    }
    #expect(kind == .cancelled && slept.all.isEmpty)
  }

  @Test(arguments: [
    (Duration.zero, "0 ms"), (.milliseconds(300), "300 ms"), (.milliseconds(999), "999 ms"),
    (.seconds(1), "1 s"),
    (.milliseconds(1500), "1.5 s"), (.milliseconds(9990), "10 s"), (.seconds(120), "120 s"),
    (.seconds(600), "10 min"),
    (.seconds(7200), "2 h"), (.seconds(Int64.max), "for ever"),
  ])
  func durationsInWords(duration: Duration, words: String) {
    #expect(duration.words == words)
  }

  /// Says a piece of its answer before it fails or ends.
  private struct Speaking: Endpoint {
    let scripted: Scripted
    let piece: String

    func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
      if !piece.isEmpty { request.observe?(.text(piece)) }
      return try await scripted.send(request)
    }
  }

  @Test(arguments: ["", "Ros"])
  func whatAFailedAttemptHasSaidIsTakenBack(_ piece: String) async throws {
    let events = Log<AnswerEvent>()
    var request = request
    request.retries = 1
    request.isWatched = true
    request.observe = { events.add($0) }
    let retry = Retry(Speaking(scripted: Scripted(failures(1)), piece: piece), sleep: { _ in })
    _ = try await retry.send(request)
    #expect(events.all == (piece.isEmpty ? [] : [.text(piece), .rewritten(""), .text(piece)]))
  }
}
