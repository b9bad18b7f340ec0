import Testing
import WeirTestSupport
import WeirValues

@testable import WeirServer

/// fal's queue, by a clock of its own.
@Suite struct FalQueueTests {
  private static let body = #"{"prompt": "Hello", "model": "m/n"}"#

  /// A service whose time is told, and the URLs of a job.
  private struct Queue {
    var service: MockService
    var urls: [String: String] = [:]
    var now = Duration.zero

    init(places: Int = 2, latency: Duration = .seconds(1), script: String = "[]") throws {
      var options = MockOptions()
      options.queue = places
      options.latency = latency
      options.script = try FaultScript(parsing: Array(script.utf8))
      service = MockService(options, epoch: 1_748_372_400)
    }

    mutating func send(
      _ method: String, _ url: String, _ body: String = "", fields: [(String, String)] = []
    ) -> HTTPServerAnswer {
      let path = url.replacing("http://mock.test", with: "")
      return service.answer(MockRequest(method, path, body, fields: fields).request, at: now)
    }

    mutating func submit(
      _ path: String = "/queue/openrouter/router", _ body: String = FalQueueTests.body,
      fields: [(String, String)] = []
    ) throws -> HTTPServerAnswer {
      let answer = send("POST", path, body, fields: fields)
      let reply = try MockPage.json(answer)
      for name in ["status_url", "response_url", "cancel_url"] { urls[name] = reply[name]?.string }
      return answer
    }

    mutating func status() throws -> (String?, Int?) {
      let status = try MockPage.json(send("GET", urls["status_url"] ?? ""))
      return (status["status"]?.string, status["queue_position"]?.number?.int)
    }
  }

  @Test func goesThroughItsStates() throws {
    var queue = try Queue()
    var page = MockPage.of(
      try queue.submit("/queue/openrouter/router/vision?fal_webhook=https%3A%2F%2Fa.test%2Fhook%3Fkey%3Ds"))
    for time in [0, 999, 1000, 2000, 2600, 3000] {
      queue.now = .milliseconds(time)
      page += "\n--- \(time) ms, status\n"
      page += MockPage.of(queue.send("GET", "\(queue.urls["status_url"] ?? "")?logs=1"))
      page += "\n--- \(time) ms, result\n"
      page += MockPage.of(queue.send("GET", queue.urls["response_url"] ?? ""))
    }
    Golden.expect(page, matches: "server/queue/states.txt")
  }

  @Test func streamsItsStates() throws {
    var queue = try Queue(latency: .seconds(20))
    _ = try queue.submit()
    queue.now = .seconds(5)
    let answer = queue.send("GET", "\(queue.urls["status_url"] ?? "")/stream?logs=true")
    Golden.expect(MockPage.of(answer), matches: "server/queue/stream.txt")
  }

  @Test func streamsItsStatesAsAFaultSays() throws {
    var queue = try Queue(
      script: #"{"path": "*/status/stream", "stream": {"line_end": "crlf", "space": false}}"#)
    _ = try queue.submit()
    let bytes = MockPage.bytes(queue.send("GET", "\(queue.urls["status_url"] ?? "")/stream"))
    let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars.split(separator: "\r").map(String.init)
    #expect(lines.first?.hasPrefix(#"data:{"status":"IN_QUEUE""#) == true)
    #expect(lines.count == 9)
  }

  @Test func needsNoTimeWithoutPlacesAndLatency() throws {
    var queue = try Queue(places: 0, latency: .zero)
    let submitted = try MockPage.json(try queue.submit())
    #expect(submitted["status"] == .string("IN_QUEUE"))
    #expect(submitted["queue_position"] == .int(0))
    #expect(try queue.status().0 == "COMPLETED")
    #expect(try MockPage.json(queue.send("GET", queue.urls["response_url"] ?? ""))["output"]?.string != nil)
  }

  @Test func cancelsWithTheFourWords() throws {
    var queue = try Queue()
    func cancel(_ url: String?) -> String {
      guard case .reply(let reply) = queue.send("PUT", url ?? "").delivery else { return "" }
      return "\(reply.status) \(MockPage.text(reply).filter { $0.isLetter || $0 == "_" }.dropFirst(6))"
    }
    _ = try queue.submit()
    #expect(cancel(queue.urls["cancel_url"]) == "200 OK")
    #expect(try queue.status().0 == "COMPLETED")
    let result = try MockPage.json(queue.send("GET", queue.urls["response_url"] ?? ""))
    #expect(result["error_type"] == .string("client_cancelled"))
    #expect(cancel(queue.urls["cancel_url"]) == "400 ALREADY_COMPLETED")
    _ = try queue.submit()
    queue.now += .milliseconds(2500)
    #expect(cancel(queue.urls["cancel_url"]) == "202 CANCELLATION_REQUESTED")
    #expect(cancel("/queue/openrouter/router/requests/nope/cancel") == "404 NOT_FOUND")
    #expect(
      cancel(queue.urls["cancel_url"]?.replacing("openrouter/router", with: "fal-ai/any-llm"))
        == "404 NOT_FOUND")
  }

  @Test func refusesNothingAndSaysInTheResultWhatIsWrong() throws {
    var queue = try Queue(places: 0, latency: .zero)
    _ = try queue.submit("/queue/openrouter/router", "{}")
    #expect(try queue.status().0 == "COMPLETED")
    guard case .reply(let reply) = queue.send("GET", queue.urls["response_url"] ?? "").delivery else {
      Issue.record("no reply")
      return
    }
    #expect(reply.status == 422)
  }

  @Test func failsAJobThatDoesNotBeginInTime() throws {
    var queue = try Queue(places: 3)
    _ = try queue.submit(fields: [("x-fal-request-timeout", "2.5")])
    queue.now = .milliseconds(2400)
    #expect(try queue.status().0 == "IN_QUEUE")
    queue.now = .milliseconds(2500)
    guard case .reply(let reply) = queue.send("GET", queue.urls["response_url"] ?? "").delivery else {
      Issue.record("no reply")
      return
    }
    #expect(reply.status == 504)
    #expect(reply.fields.all.contains { $0 == ("x-fal-request-timeout-type", "user") })
  }

  @Test func refusesALongerQueueThanIsWanted() throws {
    var queue = try Queue(places: 3)
    let answer = queue.send("POST", "/queue/openrouter/router?fal_max_queue_length=2", Self.body)
    guard case .reply(let reply) = answer.delivery else {
      Issue.record("no reply")
      return
    }
    #expect(reply.status == 429)
  }

  @Test func failsAJobAsAFaultSays() throws {
    var queue = try Queue(
      places: 0, script: #"{"path": "/queue/openrouter/router", "job": {"error": "The runner is gone"}}"#)
    _ = try queue.submit()
    queue.now = .seconds(1)
    let status = try MockPage.json(queue.send("GET", queue.urls["status_url"] ?? ""))
    #expect(status["error"] == .string("The runner is gone"))
    #expect(status["error_type"] == .string("runner_disconnected"))
    let result = try MockPage.json(queue.send("GET", queue.urls["response_url"] ?? ""))
    #expect(result["detail"] == .string("The runner is gone"))
  }

  @Test(arguments: [
    ("openrouter/router", "openrouter/router"), ("openrouter/router/vision", "openrouter/router"),
    ("workflows/me/flow/sub", "workflows/me/flow"), ("comfy/a/b/c", "comfy/a/b"),
  ])
  func asksForAJobByTheRootOfItsEndpoint(endpoint: String, root: String) {
    #expect(FalQueue.root(of: endpoint[...]) == root)
    #expect(FalQueue.Address("\(root)/requests/1/status/stream")?.action == .statusStream)
    #expect(FalQueue.Address("\(root)/requests/1")?.root == root)
    #expect(FalQueue.Address("\(root)/requests/1/nothing") == nil)
  }
}
