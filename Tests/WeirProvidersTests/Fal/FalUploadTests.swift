import Synchronization
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

/// Files on their way to fal's storage.
struct FalUploadTests {
  private static let token = FalPlay.Reply.whole(
    200,
    #"{"token":"tok","token_type":"Bearer","base_url":"https://v3.fal.media","expires_at":"2015-10-21T08:28:00+00:00"}"#
  )
  private static let uploaded = FalPlay.Reply.whole(
    200, #"{"access_url":"https://v3.fal.media/files/a.png"}"#)
  private static let answer = FalPlay.Reply.whole(200, #"{"output":"Hi"}"#)
  private static let down = FalPlay.Reply.whole(500, #"{"detail":"down"}"#)
  private static let initiated = FalPlay.Reply.whole(
    200,
    #"{"upload_url":"https://storage.example.com/up?signature=s","file_url":"https://v3.fal.media/files/b.png"}"#
  )

  private static func picture(_ last: UInt8 = 0, bytes: Int = 9) -> PromptPart {
    let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    return .picture(.bytes(Data(start + [UInt8](repeating: last, count: bytes - 8)), .png))
  }

  private static func request(_ prompt: [PromptPart], uploadOver: Int? = 0) -> EndpointRequest {
    var request = EndpointRequest(step: "caption", model: "a/b", prompt: prompt)
    request.uploadOver = uploadOver
    return request
  }

  private func check(
    _ name: String, at address: String = "https://fal.run", _ replies: [FalPlay.Reply],
    _ requests: [EndpointRequest]
  ) async throws {
    let play = FalPlay(replies)
    let endpoint = try play.endpoint(at: address)
    for request in requests { await play.ask(endpoint, request) }
    Golden.expect(play.transcript, matches: "fal/\(name).txt")
  }

  @Test func pictureIsUploadedOnceAndItsAddressRemembered() async throws {
    try await check(
      "upload", [Self.token, Self.uploaded, Self.answer, Self.uploaded, Self.answer, Self.answer],
      [
        Self.request([Self.picture(1)]), Self.request([Self.picture(2), .text(" and "), Self.picture(1)]),
        Self.request([Self.picture(1), .picture(.address("https://example.com/a.png"))]),
      ])
  }

  @Test func onlyWhatIsLargerThanTheLimitIsUploaded() async throws {
    let play = FalPlay([Self.answer, Self.token, Self.uploaded, Self.answer])
    let endpoint = try play.endpoint()
    _ = try await endpoint.send(Self.request([Self.picture(bytes: 4_000_000)], uploadOver: nil))
    #expect(play.transcript.contains("vision") && !play.transcript.contains("storage"))
    _ = try await endpoint.send(Self.request([Self.picture(bytes: 4_000_001)], uploadOver: nil))
    #expect(play.transcript.contains("> POST v3.fal.media/files/upload"))
  }

  @Test func nameKindAndLifetimeOfAFileGoAlong() async throws {
    let sound = try #require(Document(name: "Gespräch 1.mp3", bytes: Data("ID3 and so on".utf8)))
    var request = Self.request([.document(sound)])
    request.options = [
      "headers": .record([
        "X-Fal-Object-Lifecycle-Preference": .string("{\"expiration_duration_seconds\":3600}"),
        "X-Fal-Runner-Hint": .string("h"),
      ])
    ]
    try await check("upload-sound", [Self.token, Self.uploaded, Self.answer], [request])
  }

  @Test func secondWayIsTakenWhereTheFirstFails() async throws {
    try await check(
      "upload-second-way",
      [Self.token, .whole(400, #"{"detail":"no"}"#), Self.initiated, .whole(200, ""), Self.answer],
      [Self.request([Self.picture()])])
  }

  @Test func aFileOfLimitedLifeGoesNoOtherWay() async throws {
    var request = Self.request([Self.picture()])
    request.options = [
      "headers": .record([
        "X-Fal-Object-Lifecycle-Preference": .string("{\"expiration_duration_seconds\":3600}")
      ])
    ]
    try await check("upload-with-lifetime-fails", [Self.token, .whole(400, #"{"detail":"no"}"#)], [request])
  }

  @Test func theTokenIsInNoMessage() async throws {
    let secret = "token-of-the-storage-0123456789"
    let token = FalPlay.Reply.whole(
      200, #"{"token":"\#(secret)","base_url":"https://v3.fal.media","expires_at":"2015-10-21T08:28:00Z"}"#)
    var request = Self.request([Self.picture()])
    request.options = ["headers": .record(["X-Fal-Object-Lifecycle-Preference": .string("1")])]
    for reply in [
      FalPlay.Reply.whole(400, #"{"detail":"no such token: \#(secret)"}"#),
      .whole(200, #"{"token":"\#(secret)"}"#),
    ] {
      let endpoint = try FalPlay([token, reply]).endpoint()
      let failure = await #expect(throws: EndpointFailure.self) { try await endpoint.send(request) }
      #expect(failure?.message.contains(secret) == false, "\(failure?.message ?? "")")
    }
  }

  @Test func bothWaysFailing() async throws {
    try await check(
      "upload-fails",
      [Self.down, Self.down, Self.down, .whole(403, #"{"detail":"not for this key"}"#)],
      [Self.request([Self.picture(bytes: 5_250_000)])])
  }

  @Test func tokenThatWasTakenBackIsFetchedAnew() async throws {
    let other = FalPlay.Reply.whole(
      200, #"{"token":"tok2","base_url":"https://v3.fal.media","expires_at":"2015-10-21T08:28:00.5Z"}"#)
    try await check(
      "upload-token-taken-back",
      [
        Self.token, Self.uploaded, Self.answer, .whole(401, #"{"detail":"token"}"#), Self.initiated,
        .whole(200, ""), Self.answer, other, Self.uploaded, Self.answer,
      ],
      [
        Self.request([Self.picture(1)]), Self.request([Self.picture(2)]), Self.request([Self.picture(3)]),
      ])
  }

  @Test(arguments: ["2015-10-21T07:28:59Z", "soon", ""])
  func tokenThatEndsIsUsedOnce(end: String) async throws {
    let token = FalPlay.Reply.whole(
      200, #"{"token":"tok","base_url":"https://v3.fal.media","expires_at":"\#(end)"}"#)
    let play = FalPlay([token, Self.uploaded, Self.answer, token, Self.uploaded, Self.answer])
    let endpoint = try play.endpoint()
    for number in 1...2 { _ = try await endpoint.send(Self.request([Self.picture(UInt8(number))])) }
    #expect(!play.transcript.contains("were not asked for"))
  }

  @Test func fileGoesToNoAddressInPlainText() async throws {
    try await check(
      "upload-insecure",
      [
        .whole(200, #"{"token":"tok","base_url":"http://v3.fal.media"}"#),
        .whole(200, #"{"upload_url":"http://example.com/up","file_url":"https://example.com/f"}"#),
      ], [Self.request([Self.picture()])])
  }

  @Test func serverInThePlaceOfFalIsAskedForAll() async throws {
    try await check(
      "upload-at-another-server", at: "http://127.0.0.1:8080",
      [
        .whole(200, #"{"token":"tok","token_type":"Bearer","expires_at":"2015-10-21T08:28:00Z"}"#),
        .whole(200, #"{"access_url":"http://127.0.0.1:8080/files/a.png"}"#), Self.answer,
      ], [Self.request([Self.picture()])])
  }

  @Test func tooLargeAFileIsRefusedBeforeAnythingIsSent() async throws {
    let play = FalPlay([])
    let request = Self.request([.text("See "), Self.picture(), Self.picture(bytes: 90_000_001)])
    let failure = try #require(try play.endpoint().objection(to: request))
    #expect(failure.message == "picture 2 is too large for fal: 90.1 MB, and the limit is 90 MB")
    let endpoint = try play.endpoint()
    await #expect(throws: EndpointFailure.self) { try await endpoint.send(request) }
    #expect(play.transcript == "\n")
  }

  // MARK: Several at once

  @Test func stepsThatAskAtTheSameTimeShareAnUpload() async throws {
    let transport = FakeTransport { request in
      switch request.address.path {
      case "/storage/auth/token?storage_type=fal-cdn-v3":
        HTTPResponse(status: 200, body: Array(#"{"token":"t","expires_at":"2999-01-01T00:00:00Z"}"#.utf8))
      case "/files/upload":
        HTTPResponse(status: 200, body: Array(#"{"access_url":"https://v3.fal.media/f"}"#.utf8))
      default: HTTPResponse(status: 200, body: Array(#"{"output":"Hi"}"#.utf8))
      }
    }
    let endpoint = FalEndpoint(at: try WebAddress("https://fal.run"), key: nil, over: transport)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { _ = try await endpoint.send(Self.request([Self.picture(UInt8(number % 2))])) }
      }
      try await group.waitForAll()
    }
    let paths = transport.requests.map(\.address.path)
    #expect(paths.count { $0.hasPrefix("/storage") } == 1)
    #expect(paths.count { $0 == "/files/upload" } == 2)
    #expect(paths.count { $0 == "/openrouter/router/vision" } == 40)
  }
}
