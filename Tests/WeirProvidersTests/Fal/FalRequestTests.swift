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

/// What fal's endpoints are sent, and what they are never sent.
struct FalRequestTests {
  private static func file(_ name: String, _ start: String) -> PromptPart {
    guard let document = Document(name: name, bytes: Data(start.utf8)) else {
      preconditionFailure("the bytes of \(name) are no document")
    }
    return .document(document)
  }

  private static let mp3 = file("a.mp3", "ID3")
  private static let mp4 = file("a.mp4", "\0\0\0\0ftypisom")
  private static let png = PromptPart.picture(
    .bytes(Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), .png))

  private func objection(
    _ family: FalFamily = .router, model: String = "google/gemini-2.5-flash",
    _ prompt: [PromptPart] = [.text("Hi")],
    _ change: (inout EndpointRequest) -> Void = { _ in }
  ) throws -> EndpointFailure? {
    var request = EndpointRequest(step: "s", model: model, prompt: prompt)
    change(&request)
    return try FalPlay([]).endpoint(family).objection(to: request)
  }

  @Test func whatStandsBesideTheTextChoosesTheEndpoint() throws {
    let cases: [(FalFamily, [PromptPart], path: String, field: String?)] = [
      (.router, [.text("Hi")], "/openrouter/router", nil),
      (.router, [Self.png], "/openrouter/router/vision", "image_urls"),
      (.router, [Self.mp3], "/openrouter/router/audio", "audio_url"),
      (.router, [Self.mp4, Self.mp4], "/openrouter/router/video", "video_urls"),
      (.router, [Self.file("a.txt", "Hi")], "/openrouter/router", nil),
      (.anyLLM, [.text("Hi")], "/fal-ai/any-llm", nil),
      (.anyLLM, [Self.png], "/fal-ai/any-llm/vision", "image_urls"),
    ]
    for (family, prompt, path, field) in cases {
      let request = EndpointRequest(step: "s", model: "google/gemini-2.5-flash", prompt: prompt)
      let http = try FalPlay([]).endpoint(family).encode(request)
      #expect(http.address.path == path)
      let names = try Value(json: http.body.bytes).record?.names.filter { $0.contains("url") }
      #expect(names == (field.map { [$0] } ?? []))
    }
  }

  /// Every event of a stream says again what was said before, and a job that is submitted twice is paid twice.
  @Test func aStreamMayBeLongAndASubmitGoesOutOnce() throws {
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hello")])
    let ways: [(EndpointRequest.Delivery, Int, Bool)] = [
      (.sync, HTTPRequest.usualGreatestAnswer, false), (.stream, .max, false),
      (.queue, HTTPRequest.usualGreatestAnswer, true),
    ]
    for (delivery, greatest, goesOutOnce) in ways {
      request.delivery = delivery
      let http = try FalPlay([]).endpoint().encode(request)
      #expect(http.greatestAnswer == greatest && http.isNeverRepeated == goesOutOnce)
    }
  }

  @Test func textFilesGoIntoThePrompt() throws {
    let prompt: [PromptPart] = [.text("Sum up: "), Self.file("a.md", "# One"), .text(" and "), Self.png]
    let http = try FalPlay([]).endpoint().encode(EndpointRequest(step: "s", model: "a/b", prompt: prompt))
    #expect(try Value(json: http.body.bytes)["prompt"]?.string == "Sum up: # One and [image 1]")
  }

  @Test(arguments: [
    ("two kinds", [png, mp3], "not two of these"), ("two sounds", [mp3, mp3], "takes one sound"),
    ("a PDF", [file("a.pdf", "%PDF-1.7")], "no other file such as `a.pdf`"),
    ("a PDF among pictures", [png, file("a.pdf", "%PDF-1.7")], "no other file"),
  ])
  func whatDoesNotFitIsRefused(name: String, prompt: [PromptPart], words: String) throws {
    let failure = try #require(try objection(prompt))
    #expect(failure.kind == .invalidRequest && failure.message.contains(words) && failure.advice != nil)
  }

  @Test func olderEndpointsHearNothing() throws {
    #expect(
      try objection(.anyLLM, [Self.mp3])?.advice
        == "ask fal's `openrouter/router` (`--provider fal`), which takes both")
  }

  private func objection(_ prompt: [PromptPart]) throws -> EndpointFailure? { try objection(.router, prompt) }

  @Test func settingsWithoutAWordAreRefused() throws {
    let offer = ToolOffer(
      name: "t", about: "", parameters: AnswerSchema(name: "t", schema: .record([:]), isStrict: true))
    #expect(try objection { $0.tools = [offer] }?.message == "fal's `openrouter/router` has no tools")
    #expect(try objection { $0.wantsPicture = true }?.message.contains("in text alone") == true)
    #expect(try objection { $0.detail = "high" }?.message == "fal's `openrouter/router` has no `detail`")
    #expect(try objection { $0.stop = ["x"] }?.message == "fal's `openrouter/router` has no `stop`")
    #expect(
      try objection { $0.options = ["stream": .bool(true)] }?.advice?.contains("via: \"stream\"") == true)
    #expect(try objection { $0.reasoning = .tokens(100) } == nil)
  }

  @Test func webhookNeedsTheQueue() throws {
    let hook = "https://example.com/hook"
    #expect(try objection { $0.webhook = hook }?.advice == "say `via: \"queue\"` beside it")
    #expect(try objection { ($0.webhook, $0.delivery) = (hook, .stream) } != nil)
    #expect(try objection { ($0.webhook, $0.delivery) = (hook, .queue) } == nil)
    #expect(
      try objection { ($0.webhook, $0.delivery) = ("example.com", .queue) }?.message.contains("not an http")
        == true)
    #expect(try objection { $0.options = ["fal_max_queue_length": .int(3)] } != nil)
    #expect(
      try objection { ($0.options, $0.delivery) = (["fal_max_queue_length": .string("x")], .queue) } != nil)
  }

  // MARK: Models of any-llm

  @Test func modelsOfTheOlderEndpointsAreKnown() throws {
    #expect(try objection(.anyLLM, model: "google/gemini-2.5-flash") == nil)
    let slip = try objection(.anyLLM, model: "google/gemini-2.5-flsh")
    #expect(slip?.message == "`fal-ai/any-llm` has no model `google/gemini-2.5-flsh`")
    #expect(slip?.advice == "did you mean `google/gemini-2.5-flash`?")
    #expect(try objection(.anyLLM, model: "x")?.advice?.hasPrefix("ask `fal`") == true)
    #expect(try objection(.router, model: "x") == nil)
  }

  @Test func whatAModelSeesCountsOnlyWithThePrompt() throws {
    let blind = "deepseek/deepseek-r1"
    #expect(try objection(.anyLLM, model: blind, []) == nil)
    #expect(
      try objection(.anyLLM, model: blind, [Self.png])?.message
        == "`\(blind)` of `fal-ai/any-llm` sees no pictures")
    let seeing = "meta-llama/llama-3.2-90b-vision-instruct"
    #expect(try objection(.anyLLM, model: seeing, []) == nil)
    #expect(try objection(.anyLLM, model: seeing, [Self.png]) == nil)
    #expect(try objection(.anyLLM, model: seeing) != nil)
    #expect(
      try objection(.anyLLM, model: "new/model") { $0.options = ["model": .string("new/model")] } == nil)
  }

  @Test func priorityIsOneOfTwoWords() throws {
    #expect(try objection(.anyLLM) { $0.options = ["priority": .string("throughput")] } == nil)
    #expect(
      try objection(.anyLLM) { $0.options = ["priority": .string("high")] }?.advice?.contains("latency")
        == true)
    #expect(try objection(.router) { $0.options = ["priority": .string("high")] } == nil)
  }

  @Test func limitOfTheOlderEndpointsIsToldInFailuresOnly() async throws {
    let long = EndpointRequest(
      step: "s", model: "google/gemini-2.5-flash", prompt: [.text(String(repeating: "ä", count: 4_801))])
    let play = FalPlay([
      .whole(422, #"{"detail":"too long"}"#), .whole(200, #"{"output":"Hi"}"#),
      .whole(401, #"{"detail":"bad key"}"#),
    ])
    let endpoint = try play.endpoint(.anyLLM)
    let failure = await #expect(throws: EndpointFailure.self) { try await endpoint.send(long) }
    #expect(failure?.advice?.contains("4800 characters, and the prompt has 4801") == true)
    let reply = try await endpoint.send(long)
    #expect(reply.text == "Hi" && reply.usage == Usage())
    let other = await #expect(throws: EndpointFailure.self) { try await endpoint.send(long) }
    #expect(other?.advice == "check FAL_KEY")
  }

  // MARK: Headers

  private func headers(_ fields: Record) throws -> [HTTPHeader] {
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hi")])
    request.options = ["headers": .record(fields), "min_p": .int(1)]
    let mine = [HTTPHeader("X-Fal-Runner-Hint", "provider")]
    let http = try FalPlay([]).endpoint(headers: mine).encode(request)
    #expect(try Value(json: http.body.bytes).record?.names.sorted() == ["min_p", "model", "prompt"])
    return http.headers
  }

  @Test func headersAreNoPartOfTheBody() throws {
    let sent = try headers(["X-Fal-Queue-Priority": .string("low"), "X-Fal-Store-IO": .int(0)])
    #expect(sent.contains(HTTPHeader("X-Fal-Queue-Priority", "low")))
    #expect(sent.contains(HTTPHeader("X-Fal-Store-IO", "0")))
    #expect(sent.contains(HTTPHeader("X-Fal-Runner-Hint", "provider")))
    let hint = try headers(["x-fal-runner-hint": .string("step")]).filter {
      $0.name.lowercased() == "x-fal-runner-hint"
    }
    #expect(hint == [HTTPHeader("x-fal-runner-hint", "step")])
  }

  @Test(arguments: [
    ("Authorization", Value.string("Key x"), "cannot set"), ("host", .string("x"), "cannot set"),
    ("Content-Length", .string("1"), "cannot set"), ("content-type", .string("x"), "cannot set"),
    ("X-A", .string("a\r\nX-B: c"), "one line"), ("X A", .string("a"), "one line"),
    ("", .string("a"), "one line"),
    ("X-A", .list([]), "is a list"), ("X-Fal-Queue-Priority", .string("high"), "\"high\""),
    ("X-Fal-Request-Timeout", .string("soon"), "\"soon\""), ("X-Fal-Store-IO", .string("yes"), "\"yes\""),
  ])
  func headersThatMayNotBeAreRefused(name: String, value: Value, words: String) throws {
    let failure = try objection { $0.options = ["headers": .record(Record([.init(name, value)]))] }
    #expect(failure?.message.contains(words) == true && failure?.advice != nil)
  }

  @Test func headersAreARecord() throws {
    #expect(
      try objection { $0.options = ["headers": .string("X: y")] }?.message
        == "`headers` in `options` is a string")
  }
}
