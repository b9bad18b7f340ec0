import Testing
import WeirEndpoint
import WeirProviders
import WeirTestSupport
import WeirValues

/// Jobs of fal's queue, from submit to result: what is sent, told and waited for, one line after another.
struct FalQueueTests {
  private static let root = "https://queue.fal.run/openrouter/router/requests/r-1"
  private static let submitted = FalPlay.Reply.whole(
    200,
    #"{"status":"IN_QUEUE","request_id":"r-1","response_url":"\#(root)","status_url":"\#(root)/status","cancel_url":"\#(root)/cancel","queue_position":3}"#
  )
  private static let noStream = FalPlay.Reply.whole(404, #"{"detail":"Not Found"}"#)
  private static let completed = FalPlay.Reply.whole(
    200, #"{"status":"COMPLETED","request_id":"r-1","logs":null}"#)
  private static let running = FalPlay.Reply.whole(
    202, #"{"status":"IN_PROGRESS","request_id":"r-1","logs":null}"#)
  private static let result = FalPlay.Reply.whole(
    200, #"{"output":"Hi","partial":false,"error":null,"usage":{"total_tokens":9,"cost":0.0005}}"#,
    headers: ["x-fal-request-id": "r-1", "x-fal-billable-units": "2.5"])
  private static let brokenOff = EndpointFailure(.unreachable, "queue.fal.run closed the connection")

  private func check(
    _ name: String, at address: String = "https://fal.run", _ replies: [FalPlay.Reply],
    _ change: (inout EndpointRequest) -> Void = { _ in }
  ) async throws {
    let play = FalPlay(replies)
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hello")])
    request.delivery = .queue
    change(&request)
    await play.ask(try play.endpoint(at: address), request)
    Golden.expect(play.transcript, matches: "fal/\(name).txt")
  }

  // MARK: Waiting

  @Test func statusesComeAsAStream() async throws {
    try await check(
      "queue-by-stream",
      [
        Self.submitted,
        .stream([
          "data: {\"status\":\"IN_QUEUE\",\"queue_position\":3,\"logs\":null}\n\n: still here\n\n",
          "data: {\"status\":\"IN_QUEUE\",\"queue_position\":1}\n\ndata: {\"status\":\"IN_PROGRESS\",\"logs\":[",
          "{\"message\":\"loading\",\"level\":\"INFO\"}]}\n\n",
          "data: {\"status\":\"IN_PROGRESS\",\"logs\":[{\"message\":\"asking\\u001b[2J\"}]}\n\n",
          "data: {\"status\":\"COMPLETED\",\"logs\":[],\"metrics\":{\"inference_time\":1.2}}\n\n",
        ]), Self.result,
      ])
  }

  @Test func statusesAreAskedForMoreAndMoreSeldom() async throws {
    try await check(
      "queue-by-polling",
      [
        Self.submitted, Self.noStream, .whole(202, #"{"status":"IN_QUEUE","queue_position":1}"#),
        .whole(202, #"{"status":"IN_PROGRESS","logs":[{"message":"one"}]}"#),
        .whole(202, #"{"status":"IN_PROGRESS","logs":[{"message":"one"},{"message":"two"}]}"#), Self.running,
        Self.running, Self.running, Self.running, Self.running, Self.completed, Self.result,
      ])
  }

  @Test func jobThatTakesMinutesIsAskedForEveryFiveSeconds() async throws {
    let play = FalPlay(
      [Self.submitted, Self.noStream] + [FalPlay.Reply](repeating: Self.running, count: 60)
        + [Self.completed, Self.result])
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hello")])
    request.delivery = .queue
    request.timeout = .seconds(600)
    await play.ask(try play.endpoint(), request)
    let waits = play.transcript.split(separator: "\n").filter { $0.hasPrefix("waits") }
    #expect(waits.count == 60 && waits[10] == "waits 2 s" && waits.last == "waits 5 s")
  }

  @Test func streamThatBreaksOffIsFollowedByPolling() async throws {
    try await check(
      "queue-stream-breaks",
      [
        Self.submitted,
        .stream(
          ["data: {\"status\":\"IN_PROGRESS\",\"logs\":[{\"message\":\"one\"}]}\n\n"], failing: Self.brokenOff
        ),
        .whole(202, #"{"status":"IN_PROGRESS","logs":[{"message":"one"},{"message":"two"}]}"#),
        Self.completed,
        Self.result,
      ])
  }

  @Test func connectionsThatBreakDoNotLoseTheJob() async throws {
    try await check(
      "queue-connection-breaks",
      [
        Self.submitted, .failure(Self.brokenOff), .failure(Self.brokenOff),
        .whole(503, "<html><head><title>503 nginx</title></head></html>"),
        .whole(429, #"{"detail":"slow down"}"#, headers: ["Retry-After": "7"]), Self.completed,
        .failure(Self.brokenOff), .whole(502, "<html>nginx</html>"), Self.result,
      ])
  }

  @Test func statusThatCannotBeHadIsToldAndTheAnswerFetchedAllTheSame() async throws {
    let broken = FalPlay.Reply.after(.seconds(4), .whole(500, "<html>500</html>"))
    try await check(
      "queue-status-500",
      [
        Self.submitted, Self.noStream, Self.running, broken, broken,
        .after(.seconds(4), .whole(503, "<html>503</html>")), Self.result,
      ]
    ) { $0.timeout = .seconds(12) }
    try await check(
      "queue-status-500-not-done",
      [
        Self.submitted, Self.noStream, broken, broken, broken,
        .whole(400, #"{"detail":"still in progress"}"#),
        .whole(202, #"{"status":"CANCELLATION_REQUESTED"}"#),
      ]
    ) { $0.timeout = .seconds(12) }
  }

  @Test func answerBehindAGarbledStatusIsFetched() async throws {
    try await check(
      "queue-garbage-but-result",
      [Self.submitted, Self.noStream]
        + [FalPlay.Reply](repeating: .whole(200, "<html>Hello</html>"), count: 5) + [Self.result])
  }

  @Test func jobThatIsNotKnownIsAFailure() async throws {
    try await check(
      "queue-unknown-job", [Self.submitted, Self.noStream, .whole(404, #"{"detail":"Request not found"}"#)])
  }

  @Test func serverThatSpeaksOtherwiseIsGivenUp() async throws {
    try await check(
      "queue-garbage",
      [Self.submitted, Self.noStream]
        + [FalPlay.Reply](repeating: .whole(200, "<html>Hello</html>"), count: 5))
  }

  // MARK: Results

  @Test func resultDecidesNotTheStatus() async throws {
    try await check(
      "queue-result-422",
      [
        Self.submitted, Self.noStream, Self.completed,
        .whole(
          422,
          #"{"detail":[{"loc":["body","prompt"],"msg":"flagged","type":"content_policy_violation","input":"Hello"}]}"#,
          headers: ["x-fal-request-id": "r-1", "X-Fal-Retryable": "false"]),
      ])
  }

  @Test func errorOfTheStatusIsToldWhereTheResultSaysNothing() async throws {
    try await check(
      "queue-completed-with-error",
      [
        Self.submitted, Self.noStream,
        .whole(
          200,
          #"{"status":"COMPLETED","logs":null,"error":"Runner disconnected","error_type":"runner_disconnected"}"#
        ),
        .whole(500, ""),
      ])
  }

  @Test func resultCountsMoreThanTheErrorOfTheStatus() async throws {
    try await check(
      "queue-error-but-result",
      [
        Self.submitted, Self.noStream, .whole(200, #"{"status":"COMPLETED","error":"hm"}"#), Self.result,
      ])
  }

  /// The job was paid for, and its answer is still there: only fal's own word for it is its end.
  @Test func whatStandsBeforeTheResultDoesNotEndTheJob() async throws {
    try await check(
      "queue-result-locked",
      [
        Self.submitted, Self.noStream, Self.completed,
        .whole(403, #"{"detail":"User is locked. Reason: Exhausted balance."}"#),
      ])
    try await check(
      "queue-result-garbage",
      [Self.submitted, Self.noStream, Self.completed, .whole(200, "<html>Hello</html>")])
    try await check(
      "queue-result-500",
      [Self.submitted, Self.noStream, Self.completed]
        + [FalPlay.Reply](repeating: .whole(500, "<html>500</html>"), count: 4))
  }

  @Test func resultThatCannotBeFetchedIsToldWithItsName() async throws {
    try await check(
      "queue-result-lost",
      [Self.submitted, Self.noStream, Self.completed]
        + [FalPlay.Reply](repeating: .failure(Self.brokenOff), count: 4))
  }

  // MARK: Submit

  @Test func lostReplyToASubmitIsFinal() async throws {
    try await check("queue-submit-lost", [.failure(Self.brokenOff)])
  }

  @Test func submitThatNeverArrivedMayBeRepeated() async throws {
    var failure = EndpointFailure(.unreachable, "no connection to queue.fal.run: connection refused")
    failure.neverArrived = true
    try await check("queue-submit-never-arrived", [.failure(failure)])
  }

  @Test func gatewayThatGotNoAnswerLosesTheReply() async throws {
    try await check(
      "queue-submit-gateway",
      [.whole(502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")])
  }

  @Test func fullQueueMayBeTriedAgain() async throws {
    try await check(
      "queue-submit-full",
      [.whole(429, #"{"detail":"The queue is full"}"#, headers: ["Retry-After": "5"])]
    ) { $0.options = ["fal_max_queue_length": .int(10)] }
  }

  @Test func submitWithoutANameIsABadReply() async throws {
    try await check("queue-submit-nameless", [.whole(200, #"{"status":"IN_QUEUE"}"#)])
  }

  @Test func addressesThatAreMissingAreMade() async throws {
    try await check(
      "queue-addresses-made",
      [.whole(200, #"{"request_id":"r-1"}"#), Self.noStream, Self.completed, Self.result])
  }

  @Test(arguments: [
    "https://queue.fal.run.example.com/r", "http://queue.fal.run/r", "https://evilfal.run/r",
    "https://user:pw@queue.fal.run/r", "https://queue.fal.run:8443/r", "ftp://queue.fal.run/r",
  ])
  func keyGoesToNoOtherHost(address: String) async throws {
    let play = FalPlay([
      .whole(200, #"{"request_id":"r-1","status_url":"\#(address)"}"#), Self.noStream, Self.completed,
      Self.result,
    ])
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hello")])
    request.delivery = .queue
    // The job is asked for where fal keeps the jobs of all.
    _ = try await play.endpoint().send(request)
    let asked = play.transcript.split(separator: "\n").filter { $0.hasPrefix(">") }
    #expect(asked.count > 1 && asked.allSatisfy { $0.contains(" queue.fal.run/openrouter/") })
  }

  @Test func webhookAndHeadersGoAlongWithTheSubmitAlone() async throws {
    try await check("queue-webhook", [Self.submitted, Self.noStream, Self.completed, Self.result]) {
      $0.webhook = "https://example.com/hook?a=1&b=%C3%BC"
      $0.options = [
        "headers": .record([
          "X-Fal-Queue-Priority": .string("low"), "X-Fal-Request-Start-Timeout": .int(30),
          "X-Fal-Runner-Hint": .string("h1"), "X-Fal-No-Retry": .string("1"), "X-Fal-Store-IO": .string("0"),
        ]), "min_p": .number(Number(0.1)),
      ]
    }
  }

  @Test func serverInThePlaceOfFalHasItsQueueBelowIt() async throws {
    let root = "http://localhost:8080/queue/openrouter/router/requests/r-1"
    try await check(
      "queue-at-another-server", at: "http://127.0.0.1:8080",
      [
        .whole(
          200,
          #"{"request_id":"r-1","response_url":"\#(root)","status_url":"\#(root)/status","cancel_url":"\#(root)/cancel","queue_position":0}"#
        ), Self.noStream, Self.completed, Self.result,
      ])
  }

  // MARK: Ends

  private static let waiting = FalPlay.Reply.after(
    .seconds(5), .whole(202, #"{"status":"IN_QUEUE","queue_position":1}"#))

  @Test func jobIsTakenBackWhenItsTimeIsOver() async throws {
    try await check(
      "queue-timeout",
      [
        Self.submitted, Self.noStream, Self.waiting, Self.waiting,
        .whole(202, #"{"status":"CANCELLATION_REQUESTED"}"#),
      ]
    ) { $0.timeout = .seconds(10) }
  }

  @Test func answerThatWasThereAfterAllIsFetched() async throws {
    try await check(
      "queue-timeout-too-late",
      [
        Self.submitted, Self.noStream, Self.waiting, Self.waiting,
        .whole(400, #"{"status":"ALREADY_COMPLETED"}"#),
        Self.result,
      ]
    ) { $0.timeout = .seconds(10) }
  }

  @Test func cancellationThatIsNotConfirmedIsTold() async throws {
    try await check(
      "queue-timeout-unconfirmed",
      [Self.submitted, Self.noStream, Self.waiting, Self.waiting, .failure(Self.brokenOff)]
    ) { $0.timeout = .seconds(10) }
  }

  /// In a task of their own, which can be cancelled without the test.
  @Test func whoIsCancelledTakesTheJobBack() async throws {
    try await Task {
      try await check(
        "queue-cancelled",
        [Self.submitted, Self.noStream, .cancelling(Self.running), .whole(200, #"{"status":"OK"}"#)])
    }.value
  }

  @Test func whoIsCancelledBehindAGarbledStatusTakesTheJobBack() async throws {
    let garbled = FalPlay.Reply.whole(200, "<html>Hello</html>")
    try await Task {
      try await check(
        "queue-cancelled-garbage",
        [Self.submitted, Self.noStream] + [FalPlay.Reply](repeating: garbled, count: 5)
          + [.cancelling(.whole(400, #"{"detail":"still in progress"}"#)), .whole(200, #"{"status":"OK"}"#)])
    }.value
  }

  @Test func aJobThatMayRunOnIsKept() async throws {
    try await Task {
      try await check(
        "queue-cancelled-unconfirmed",
        [Self.submitted, Self.noStream, .cancelling(Self.running), .failure(Self.brokenOff)])
    }.value
  }

  @Test func whoIsCancelledDuringTheSubmitTakesTheJobBack() async throws {
    let play = FalPlay([.after(.seconds(1), Self.submitted), .whole(200, #"{"status":"OK"}"#)])
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hello")])
    request.delivery = .queue
    let cancelling = CancellingTransport(play)
    let endpoint = FalEndpoint(
      at: try WebAddress("https://fal.run"), key: nil, over: cancelling, timing: play.timing)
    let asking = Task { [request] in try await endpoint.send(request) }
    cancelling.cancel(asking)
    let failure = await #expect(throws: EndpointFailure.self) { try await asking.value }
    #expect(failure?.kind == .cancelled)
    #expect(failure?.message == "cancelled; the request r-1 was taken out of the queue")
    #expect(play.transcript.contains("> PUT queue.fal.run/openrouter/router/requests/r-1/cancel"))
  }

  @Test func whoIsCancelledWhenTheAnswerIsThereIsToldHowToFetchIt() async throws {
    try await Task {
      try await check(
        "queue-cancelled-too-late",
        [
          Self.submitted, Self.noStream, .cancelling(Self.running),
          .whole(400, #"{"status":"ALREADY_COMPLETED"}"#),
        ])
    }.value
  }
}

/// Lets its first request go on only when the one who asks has been cancelled.
private final class CancellingTransport: Transport {
  private let play: FalPlay
  private let asking = AsyncStream<Task<EndpointReply, any Error>>.makeStream()

  init(_ play: FalPlay) { self.play = play }

  func cancel(_ task: Task<EndpointReply, any Error>) {
    asking.continuation.yield(task)
    asking.continuation.finish()
  }

  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    for await task in asking.stream { task.cancel() }
    return try await play.send(request)
  }
}
