import Testing
import WeirEndpoint
import WeirProviders
import WeirTestSupport
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Streams of fal's, in which each event holds the whole answer so far.
struct FalStreamTests {
  private func check(
    _ name: String, _ replies: [FalPlay.Reply], prompt: [PromptPart] = [.text("Hello")],
    _ change: (inout EndpointRequest) -> Void = { _ in }
  ) async throws {
    let play = FalPlay(replies)
    var request = EndpointRequest(step: "s", model: "a/b", prompt: prompt)
    request.delivery = .stream
    change(&request)
    await play.ask(try play.endpoint(), request)
    Golden.expect(play.transcript, matches: "fal/\(name).txt")
  }

  private static let last =
    "data: {\"output\":\"Unit 734, robot\",\"partial\":false,\"error\":null,\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":7,\"total_tokens\":47,\"cost\":0.0005795}}\n\n"

  @Test func textIsWhatIsNew() async throws {
    try await check(
      "stream",
      [
        .stream(
          [
            "data: {\"output\":\"\",\"reasoning\":\"Hm\",\"partial\":true,\"error\":null}\n\n: still here\n\n",
            "data: {\"output\":\"Unit\",\"reasoning\":\"Hm, ok\",\"partial\":true}\n\ndata: {\"output\":\"Unit 734\",\"par",
            "tial\":true}\r\n\r\n", Self.last,
          ], headers: ["x-fal-request-id": "r-9", "x-fal-billable-units": "1"])
      ])
  }

  @Test func textThatIsRewrittenIsTold() async throws {
    try await check(
      "stream-rewritten",
      [
        .stream([
          "data: {\"output\":\"Unit 743\",\"partial\":true}\n\n", Self.last,
          "data: {\"output\":\"Unit 734.\",\"reasoning\":\"a\",\"partial\":true}\n\n",
          "data: {\"output\":\"Unit 734.\",\"reasoning\":\"b\",\"partial\":false}\n\n",
        ])
      ])
  }

  @Test func signsOfSeveralBytesAreNotParted() async throws {
    try await check(
      "stream-bytes",
      [
        .stream([
          "data: {\"output\":\"e\",\"partial\":true}\n\ndata: {\"output\":\"e\u{301}\",\"partial\":true}\n\n",
          "data: {\"output\":\"e\u{301}\u{2028}世\",\"partial\":false}\n\n",
        ])
      ])
  }

  @Test func visionSaysNothingOfParts() async throws {
    try await check(
      "stream-vision",
      [.stream(["data: {\"output\":\"A\"}\n\ndata: {\"output\":\"A cat\",\"usage\":{\"cost\":0.1}}\n\n"])],
      prompt: [.picture(.address("https://example.com/a.png"))])
  }

  @Test func usageMayComeByItself() async throws {
    try await check(
      "stream-usage-last",
      [
        .stream([
          "data: {\"output\":\"Hi\",\"partial\":false}\n\ndata: {\"usage\":{\"total_tokens\":3,\"cost\":0.1}}\n\n"
        ])
      ])
  }

  @Test func blankLinesBetweenEventsMayBeMissing() async throws {
    try await check(
      "stream-without-blank-lines",
      [
        .stream([
          "data: {\"output\":\"H\",\"partial\":true}\ndata: {\"output\":\"Hi\",\"partial\":true}\n",
          "data: {\"output\":\"Hi!\",\"partial\":false}\n\n",
        ])
      ])
  }

  @Test func noBlankLineNeedStandBehindAnyEvent() async throws {
    try await check(
      "stream-without-any-blank-line",
      [
        .stream([
          "data: {\"output\":\"H\",\"partial\":true}\ndata: {\"output\":\"Hi!\",\"partial\":false}\n",
          "data: {\"outp",
        ])
      ])
  }

  @Test func lastEventMayBeWithoutItsEnd() async throws {
    try await check(
      "stream-without-end",
      [.stream(["data: {\"output\":\"H\",\"partial\":true}\n\ndata: {\"output\":\"Hi\",\"partial\":false}"])])
  }

  @Test func errorInsideEndsTheAnswer() async throws {
    try await check(
      "stream-error",
      [
        .stream([
          "data: {\"output\":\"Unit\",\"partial\":true,\"error\":null}\n\n",
          "data: {\"output\":\"Unit\",\"partial\":false,\"error\":\"Rate limit exceeded\"}\n\n", Self.last,
        ])
      ])
  }

  @Test func errorsInTheShapeOfOthersAreRead() async throws {
    try await check(
      "stream-detail",
      [
        .stream([
          "data: {\"detail\":[{\"loc\":[\"body\",\"model\"],\"msg\":\"no such model\",\"type\":\"value_error\"}]}\n\n"
        ])
      ])
  }

  @Test func errorBeforeTheStreamIsRead() async throws {
    try await check(
      "stream-403",
      [.whole(403, #"{"detail":"User is locked. Reason: Exhausted balance. Top up your balance."}"#)])
  }

  @Test func whatIsNoStreamIsReadAsAWhole() async throws {
    try await check(
      "stream-whole",
      [
        .whole(
          200, #"{"output":"Hi","reasoning":"Hm","usage":{"cost":0.1}}"#,
          headers: ["Content-Type": "application/json"])
      ])
  }

  @Test func endInTheMiddleIsAFailure() async throws {
    try await check("stream-cut", [.stream(["data: {\"output\":\"Unit 7\",\"partial\":true}\n\n"])])
  }

  @Test func connectionThatBreaksInTheMiddleIsAFailure() async throws {
    try await check(
      "stream-breaks",
      [
        .stream(
          ["data: {\"output\":\"Unit 7\",\"partial\":true}\n\n"],
          failing: EndpointFailure(.unreachable, "fal.run broke the connection off"))
      ])
  }

  @Test func answerThatWasWholeIsNotLost() async throws {
    try await check(
      "stream-breaks-after-the-answer",
      [.stream([Self.last], failing: EndpointFailure(.unreachable, "fal.run broke the connection off"))])
  }

  @Test func streamWithoutAnEventIsAFailure() async throws {
    try await check("stream-empty", [.stream([": still here\n\n"])])
  }

  @Test func garbageIsAFailure() async throws {
    try await check("stream-garbage", [.stream(["data: <html>\n\n"])])
  }

  @Test func endpointWithoutAStreamIsAskedForAWhole() async throws {
    try await check(
      "stream-not-there",
      [.whole(404, #"{"detail":"Path /stream not found"}"#), .whole(200, #"{"output":"Hi"}"#)]
    ) { ($0.delivery, $0.isWatched) = (nil, true) }
    try await check("stream-not-there-but-wanted", [.whole(404, #"{"detail":"Path /stream not found"}"#)])
  }

  // MARK: Which way

  private func way(_ change: (inout EndpointRequest) -> Void, _ prompt: [PromptPart] = [.text("Hi")]) throws
    -> String
  {
    var request = EndpointRequest(step: "s", model: "a/b", prompt: prompt)
    change(&request)
    let http = try FalPlay([]).endpoint().encode(request)
    return http.address.site + http.address.path
  }

  @Test func wayFollowsFromWhoWatchesAndHowLongItMayTake() throws {
    #expect(try way { _ in } == "fal.run/openrouter/router")
    #expect(try way { $0.isWatched = true } == "fal.run/openrouter/router/stream")
    #expect(try way { $0.timeout = .seconds(300) } == "fal.run/openrouter/router")
    #expect(try way { $0.timeout = .seconds(301) } == "queue.fal.run/openrouter/router")
    #expect(try way { ($0.isWatched, $0.delivery) = (true, .sync) } == "fal.run/openrouter/router")
    #expect(
      try way { ($0.timeout, $0.delivery) = (.seconds(900), .stream) } == "fal.run/openrouter/router/stream")
    let sound = try #require(Document(name: "a.mp3", bytes: Data("ID3".utf8)))
    #expect(try way({ $0.isWatched = true }, [.document(sound)]) == "fal.run/openrouter/router/audio")
  }
}
