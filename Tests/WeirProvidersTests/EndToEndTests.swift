import Synchronization
import Testing
import WeirEndpoint
import WeirProviders

/// An endpoint with its retries over the real transport.
@Suite(.timeLimit(.minutes(1)))
struct EndToEndTests {
  private let answer = "{\"output\":\"Hi\",\"usage\":{\"cost\":0.5}}"

  private func endpoint(
    _ server: LoopbackServer, _ notices: Notices = Notices()
  ) throws -> Retry {
    let transport = CurlTransport(.init(userAgent: "weir/test"))
    let fal = try ProviderKind.fal.endpoint(
      at: "http://127.0.0.1:\(server.port)", key: Secret("key-id:0123456789"), over: transport)
    return Retry(fal, sleep: { _ in }, random: { 0 }, observe: { notices.add($0) })
  }

  private final class Notices: Sendable {
    private let heard = Mutex<[RetryNotice]>([])
    var all: [RetryNotice] { heard.withLock { $0 } }
    func add(_ notice: RetryNotice) { heard.withLock { $0.append(notice) } }
  }

  @Test func tooManyRequestsThenAnAnswer() async throws {
    let asked = Counter()
    let answer = answer
    let server = try LoopbackServer { connection in
      while connection.request() != nil {
        if asked.next() <= 2 {
          connection.answer(429, headers: ["Retry-After: 3"], body: "{\"detail\":\"slow down\"}")
        } else {
          connection.answer(body: answer)
        }
      }
    }
    let notices = Notices()
    let reply = try await endpoint(server, notices).send(EndpointRequest(step: "s", model: "m", prompt: []))
    #expect(reply.text == "Hi" && reply.attempts == 3)
    #expect(notices.all.map(\.wait) == [.seconds(3), .seconds(3)])
    #expect(notices.all.first?.failure.message == "127.0.0.1:\(server.port) answered 429: slow down")
  }

  @Test func cutAnswerThenAnAnswer() async throws {
    let answer = answer
    let server = try LoopbackServer { connection in
      _ = connection.request()
      if connection.number == 1 { return connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{") }
      connection.answer(body: answer)
    }
    let reply = try await endpoint(server).send(EndpointRequest(step: "s", model: "m", prompt: []))
    #expect(reply.attempts == 2)
  }

  @Test func wrongKeyIsNotTriedAgain() async throws {
    let server = try LoopbackServer { connection in
      while connection.request() != nil { connection.answer(401, body: "{\"detail\":\"no\"}") }
    }
    let endpoint = try endpoint(server)
    let failure = await #expect(throws: EndpointFailure.self) {
      try await endpoint.send(EndpointRequest(step: "s", model: "m", prompt: []))
    }
    #expect(failure?.kind == .unauthorized && failure?.attempts == 1)
  }

  private final class Counter: Sendable {
    private let count = Atomic(0)
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
  }
}
