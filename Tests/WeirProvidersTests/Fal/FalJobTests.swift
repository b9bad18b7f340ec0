import Testing
import WeirEndpoint
import WeirProviders

/// What another process does for a job of which it knows the name.
struct FalJobTests {
  private let job = QueueJob(
    id: "r-1", statusAddress: "https://queue.fal.run/x/requests/r-1/status",
    resultAddress: "https://queue.fal.run/x/requests/r-1",
    cancelAddress: "https://queue.fal.run/x/requests/r-1/cancel")

  @Test func nameAloneIsEnough() throws {
    let root = "https://queue.fal.run/openrouter/router/requests/a%2Fb"
    let job = try FalPlay([]).endpoint().job(id: "a/b")
    #expect(
      job
        == QueueJob(
          id: "a/b", statusAddress: "\(root)/status", resultAddress: root, cancelAddress: "\(root)/cancel"))
    let local = try FalPlay([]).endpoint(.anyLLM, at: "http://127.0.0.1:1").job(id: "r")
    #expect(local.resultAddress == "http://127.0.0.1:1/queue/fal-ai/any-llm/requests/r")
  }

  @Test func statusSaysHowFarItIs() async throws {
    let play = FalPlay([
      .whole(202, #"{"status":"IN_QUEUE","queue_position":4}"#), .whole(202, #"{"status":"IN_QUEUE"}"#),
      .whole(202, #"{"status":"IN_PROGRESS","logs":[{"message":"a"},{"message":"b"}]}"#),
      .whole(200, #"{"status":"COMPLETED","error":"oh","error_type":"internal_error"}"#),
    ])
    let endpoint = try play.endpoint()
    #expect(try await endpoint.status(of: job).stage == .waiting(position: 4))
    #expect(try await endpoint.status(of: job).stage == .waiting(position: nil))
    let running = try await endpoint.status(of: job)
    #expect(running.stage == .running && running.logs == ["a", "b"])
    let done = try await endpoint.status(of: job)
    #expect(done.stage == .done && done.error == "oh" && done.errorType == "internal_error")
  }

  @Test func resultOfAJobThatIsDone() async throws {
    let play = FalPlay([.whole(200, #"{"status":"COMPLETED"}"#), .whole(200, #"{"output":"Hi"}"#)])
    let reply = try await play.endpoint().result(of: job)
    #expect(reply.text == "Hi" && reply.id == "r-1")
  }

  @Test(arguments: [
    (#"{"status":"IN_QUEUE","queue_position":4}"#, "the request r-1 is in the queue, with 4 before it"),
    (#"{"status":"IN_QUEUE"}"#, "the request r-1 is in the queue"),
    (#"{"status":"IN_PROGRESS"}"#, "the request r-1 is running"),
  ])
  func resultOfAJobThatIsNot(status: String, words: String) async throws {
    let play = FalPlay([.whole(202, status)])
    let endpoint = try play.endpoint()
    let failure = await #expect(throws: EndpointFailure.self) { try await endpoint.result(of: job) }
    #expect(failure?.message == words && failure?.isRetryable == true)
  }

  @Test(arguments: [
    (200, #"{"status":"OK"}"#, FalCancellation.removed), (200, #"{"success":true}"#, .removed),
    (202, #"{"status":"CANCELLATION_REQUESTED"}"#, .requested), (202, "", .requested),
    (400, #"{"status":"ALREADY_COMPLETED"}"#, .tooLate), (404, #"{"status":"NOT_FOUND"}"#, .notFound),
    (404, "", .notFound),
  ])
  func cancelSaysWhatBecameOfIt(status: Int, body: String, outcome: FalCancellation) async throws {
    let play = FalPlay([.whole(status, body)])
    #expect(try await play.endpoint().cancel(job) == outcome)
  }

  @Test func cancelThatIsNotAllowedIsAFailure() async throws {
    let play = FalPlay([.whole(401, #"{"detail":"bad key"}"#)])
    let endpoint = try play.endpoint()
    let failure = await #expect(throws: EndpointFailure.self) { try await endpoint.cancel(job) }
    #expect(failure?.kind == .unauthorized)
  }
}
