import Synchronization
import Testing
import WeirEndpoint
import WeirTestSupport
import WeirValues

@testable import WeirServer

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the mock answers, each as a request and its reply in a golden.
@Suite struct MockServerTests {
  private static let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3])
  private static let pngURL = Picture.bytes(png, .png).url

  private struct Case: Sendable {
    let name: String
    var method = "POST"
    let path: String
    var key = "Key id:secret"
    let body: String
  }

  private static let schema = """
    {"type": "object", "properties": {"title": {"type": "string", "maxLength": 20}, "score": {"type": "integer", \
    "minimum": 1, "maximum": 5}}, "required": ["title", "score"], "additionalProperties": false}
    """

  private static func chat(_ content: String, _ more: String = "") -> String {
    #"{"model": "google/gemini-2.5-flash", "messages": [{"role": "user", "content": \#(content)}]\#(more)}"#
  }

  private static let fal: [Case] = {
    let text = "/openrouter/router"
    let vision = "/openrouter/router/vision"
    let format = AnswerSchema(name: "n", schema: (try? Value(json: schema)) ?? .null, isStrict: true)
    let told = Value.string("Be brief.\n\n\(format.instructions)").json()
    return [
      Case(
        name: "text", path: text, body: #"{"prompt": "Hello", "model": "m/n", "system_prompt": "Be brief."}"#),
      Case(name: "enterprise", path: text + "/enterprise?x=1", body: #"{"prompt": "Hello", "model": "m/n"}"#),
      Case(
        name: "schema", path: text, body: #"{"prompt": "Hello", "model": "m/n", "system_prompt": \#(told)}"#),
      Case(
        name: "vision", path: vision,
        body:
          #"{"prompt": "What? [image 1]", "model": "m/n", "image_urls": ["\#(pngURL)", "https://a.test/b.png"]}"#
      ),
      Case(name: "no-key", path: text, key: "", body: "{}"),
      Case(name: "wrong-key", path: text, key: "Key invalid", body: "{}"),
      Case(name: "bearer-key", path: text, key: "Bearer id:secret", body: "{}"),
      Case(name: "unknown-path", path: "/fal-ai/nothing", body: "{}"),
      Case(name: "get", method: "GET", path: text, body: ""),
      Case(name: "bad-json", path: text, body: #"{"prompt": "#),
      Case(name: "no-object", path: text, body: "[]"),
      Case(name: "missing-fields", path: vision, body: "{}"),
      Case(
        name: "wrong-types", path: vision,
        body:
          #"{"prompt": 1, "model": null, "system_prompt": [], "reasoning": "yes", "temperature": 3, "max_tokens": 0, "image_urls": "x"}"#
      ),
      Case(
        name: "no-picture", path: vision,
        body:
          #"{"prompt": "p", "model": "m/n", "image_urls": ["data:image/png;base64,aGVsbG8=", "data:image/png;base64,?", "file:///a.png", 3]}"#
      ),
      Case(name: "stream", path: text + "/stream", body: #"{"prompt": "Grüße", "model": "m/n"}"#),
      Case(
        name: "reasoning", path: text, body: #"{"prompt": "Hello", "model": "m/n", "reasoning": true}"#),
      Case(
        name: "vision-stream", path: vision + "/stream",
        body: #"{"prompt": "p", "model": "m/n", "image_urls": ["\#(pngURL)"]}"#),
      Case(
        name: "audio", path: text + "/audio",
        body: #"{"prompt": "p", "model": "m/n", "audio_url": "data:audio/mpeg;base64,SUQz"}"#),
      Case(
        name: "no-audio", path: text + "/audio", body: #"{"prompt": "p", "model": "m/n", "audio_url": "x"}"#),
      Case(
        name: "video", path: text + "/video/enterprise",
        body: #"{"prompt": "p", "model": "m/n", "video_urls": ["https://a.test/b.mp4"]}"#),
      Case(
        name: "no-video", path: text + "/video", body: #"{"prompt": "p", "model": "m/n", "video_urls": []}"#),
      Case(name: "any-llm", path: "/fal-ai/any-llm", body: #"{"prompt": "Hello"}"#),
      Case(
        name: "any-llm-stream", path: "/fal-ai/any-llm/vision/stream",
        body: #"{"prompt": "p", "priority": "latency", "image_urls": ["https://a.test/b.png"]}"#),
      Case(
        name: "any-llm-other-model", path: "/fal-ai/any-llm",
        body: #"{"prompt": "p", "model": "m/n", "priority": "high"}"#),
      Case(
        name: "openai", path: text + "/openai/v1/chat/completions",
        body: chat(#""Hello""#, #", "reasoning": {"effort": "low"}"#)),
      Case(
        name: "openai-key", path: text + "/openai/v1/chat/completions", key: "Bearer x",
        body: chat(#""Hello""#)),
    ]
  }()

  private static let openRouter: [Case] = {
    let path = "/api/v1/chat/completions"
    let picture =
      #"[{"type": "text", "text": "What? "}, {"type": "image_url", "image_url": {"url": "\#(pngURL)"}}]"#
    let files =
      #"[{"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0="}}, {"type": "image_url", "image_url": {"url": "\#(pngURL)"}}, {"type": "input_audio", "input_audio": {"data": "SUQz", "format": "mp3"}}, {"type": "video_url", "video_url": {"url": "https://a.test/b.mp4"}}]"#
    let format =
      #", "response_format": {"type": "json_schema", "json_schema": {"name": "post", "strict": true, "schema": \#(schema)}}"#
    return [
      Case(name: "text", path: path, body: chat(#""Hello""#)),
      Case(name: "vision", path: path, body: chat(picture)),
      Case(name: "files", path: path, body: chat(files)),
      Case(name: "no-file", path: path, body: chat(#"[{"type": "file", "file": {"filename": "a.pdf"}}]"#)),
      Case(
        name: "no-sound", path: path,
        body: chat(#"[{"type": "input_audio", "input_audio": {"data": "?", "format": "mp3"}}]"#)),
      Case(name: "json-schema", path: path, body: chat(#""Hello""#, format)),
      Case(
        name: "json-object", path: path,
        body: chat(#""Hello""#, #", "response_format": {"type": "json_object"}"#)),
      Case(name: "models", method: "GET", path: "/api/v1/models", body: ""),
      Case(name: "no-key", path: path, key: "", body: "{}"),
      Case(name: "unknown-path", path: "/api/v1/nothing", body: "{}"),
      Case(name: "bad-json", path: path, body: #"{"model": "m"#),
      Case(name: "no-model", path: path, body: #"{"messages": []}"#),
      Case(name: "no-vendor", path: path, body: #"{"model": "gpt-4o", "messages": []}"#),
      Case(name: "no-messages", path: path, body: #"{"model": "m/n"}"#),
      Case(
        name: "wrong-role", path: path,
        body: #"{"model": "m/n", "messages": [{"role": "robot", "content": ""}]}"#),
      Case(
        name: "no-picture", path: path,
        body: chat(#"[{"type": "image_url", "image_url": {"url": "data:image/png;base64,aGVsbG8="}}]"#)),
      Case(
        name: "stream", path: path, body: chat(#""Grüße""#, #", "stream": true, "include_reasoning": true"#)),
      Case(
        name: "reasoning", path: path, body: chat(#""Hello""#, #", "reasoning": {"enabled": true}"#)),
      Case(
        name: "painting", path: path,
        body: chat(#""A cat""#, #", "stream": true, "modalities": ["image", "text"]"#)),
      Case(name: "key", method: "GET", path: "/api/v1/key", body: ""),
      Case(name: "credits", method: "GET", path: "/api/v1/credits", body: ""),
      Case(name: "no-generation", method: "GET", path: "/api/v1/generation?id=gen-1", body: ""),
      Case(
        name: "no-eyes", path: path,
        body: chat(picture).replacing("google/gemini-2.5-flash", with: "deepseek/deepseek-r1")),
      Case(
        name: "too-long", path: path,
        body: chat(#""Hello""#, #", "max_tokens": 9000"#)
          .replacing("google/gemini-2.5-flash", with: "meta-llama/llama-3.2-1b-instruct")),
      Case(
        name: "fallback", path: path,
        body:
          #"{"models": ["deepseek/deepseek-r1", "openrouter/auto"], "messages": [{"role": "user", "content": \#(picture)}]}"#
      ),
    ].map { with($0, key: $0.key.isEmpty ? "" : "Bearer sk-or-1") }
  }()

  private static let openAI: [Case] = {
    let path = "/v1/chat/completions"
    return [
      Case(
        name: "text", path: path,
        body:
          #"{"model": "m", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]}"#
      ),
      Case(name: "models", method: "GET", path: "/v1/models", body: ""),
      Case(name: "wrong-key", path: path, key: "Bearer invalid", body: "{}"),
      Case(name: "unknown-path", path: "/v1/nothing", body: "{}"),
      Case(name: "bad-json", path: path, body: "x"),
      Case(name: "no-messages", path: path, body: #"{"model": "m"}"#),
      Case(name: "wrong-temperature", path: path, body: chat(#""Hello""#, #", "temperature": 5"#)),
      Case(
        name: "wrong-format", path: path,
        body: chat(
          #""Hello""#, #", "response_format": {"type": "json_schema", "json_schema": {"name": "a b"}}"#)),
      Case(name: "no-picture", path: path, body: chat(#"[{"type": "image_url", "image_url": "hello"}]"#)),
      Case(
        name: "stream", path: path,
        body: chat(#""Hello""#, #", "stream": true, "stream_options": {"include_usage": true}"#)),
    ].map { with($0, key: $0.key.hasPrefix("Key") ? "Bearer sk-1" : $0.key) }
  }()

  private static func with(_ request: Case, key: String) -> Case {
    Case(name: request.name, method: request.method, path: request.path, key: key, body: request.body)
  }

  @Test func falSpeaksAsItsGoldensSay() { check(Self.fal, folder: "fal") }
  @Test func openRouterSpeaksAsItsGoldensSay() { check(Self.openRouter, folder: "openrouter") }
  @Test func openAISpeaksAsItsGoldensSay() { check(Self.openAI, folder: "openai") }

  private func check(_ cases: [Case], folder: String) {
    for one in cases {
      var service = MockService(MockOptions(), epoch: 1_748_372_400)
      let answer = service.answer(
        MockRequest(one.method, one.path, key: one.key, one.body).request, at: .zero)
      let asked = "\(one.method) \(one.path)\n\(one.key)\n\(one.body)\n\n"
      Golden.expect(asked + MockPage.of(answer), matches: "server/\(folder)/\(one.name).txt")
    }
  }

  // MARK: Over a socket

  private func send(_ client: LoopbackClient, _ one: Case) throws {
    try client.send(
      "\(one.method) \(one.path) HTTP/1.1\r\nHost: x\r\nAuthorization: \(one.key)\r\n"
        + "Content-Length: \(one.body.utf8.count)\r\n\r\n\(one.body)")
  }

  private let hello = Case(
    name: "hello", path: "/openrouter/router", body: #"{"prompt": "Hello", "model": "m/n"}"#)

  @Test func playsItsTapeAndLogsNoSecrets() throws {
    let lines = Mutex<[String]>([])
    let hash = SHA256.hex(of: Self.png)
    var taped = Tape.Entry(prompt: "See [image 1]", pictures: ["sha256:\(hash)"], answer: "A cat.")
    taped.usage = Usage(promptTokens: 7, completionTokens: 2, cost: Number(0.25))
    let server = MockServer(tape: Tape([taped])) { line in lines.withLock { $0.append(line) } }
    let client = try LoopbackClient(port: try server.start())
    let body = #"{"prompt": "See [image 1]", "model": "m\u001b[2J", "image_urls": ["\#(Self.pngURL)"]}"#
    try send(
      client,
      Case(name: "", path: "/openrouter/router/vision?token=secret", key: "Key top-secret", body: body))
    let reply = try Value(json: try client.receive().body)
    server.stop()
    #expect(reply["output"] == .string("A cat."))
    #expect(reply["usage"]?["cost"] == .number(Number(0.25)))
    let line = try #require(lines.withLock { $0.first })
    #expect(line.hasPrefix("POST /openrouter/router/vision 200 "))
    #expect(
      line.hasSuffix(
        "ms vision model=m?[2J prompt=13B images=1 sha256:\(hash) (11 bytes image/png) response_format=none tape"
      ))
    #expect(!line.contains("secret"))
  }

  @Test func playsItsTapeForFiles() throws {
    let pdf = Data("%PDF-".utf8)
    let taped = Tape.Entry(
      prompt: "Read [file 1]", pictures: ["sha256:\(SHA256.hex(of: pdf))"], answer: "A report.")
    let server = MockServer(tape: Tape([taped])) { _ in }
    let client = try LoopbackClient(port: try server.start())
    let parts =
      #"[{"type": "text", "text": "Read "}, {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,\#(pdf.base64EncodedString())"}}]"#
    try send(
      client, Case(name: "", path: "/api/v1/chat/completions", key: "Bearer sk-or-1", body: Self.chat(parts)))
    let reply = try Value(json: try client.receive().body)
    server.stop()
    #expect(reply["choices"]?.list?.first?["message"]?["content"] == .string("A report."))
  }

  /// A fault takes the place of an answer; the tape goes on after it as if it had not been.
  @Test func playsItsFaultsOneForEachRequest() throws {
    let faults = try [
      "429:retry-after=1,x-a=b", "html502", "empty200", "error200", "503:body=gone", "cut", "reset",
    ]
    .map { try Fault(parsing: $0) }
    let server = MockServer(
      tape: Tape([Tape.Entry(answer: "one"), Tape.Entry(answer: "two")]), faults: faults)
    defer { server.stop() }
    let port = try server.start()
    let client = try LoopbackClient(port: port)
    func next() throws -> LoopbackClient.Reply {
      try send(client, hello)
      return try client.receive()
    }
    let limited = try next()
    #expect(limited.status == 429)
    #expect(limited.fields["retry-after"] == "1")
    #expect(limited.text == #"{"detail":"a fault of the mock: 429"}"#)
    let page = try next()
    #expect(page.status == 502)
    #expect(page.text.contains("<center>nginx</center>"))
    #expect(try next().body.isEmpty)
    let failed = try next()
    #expect(failed.status == 200)
    #expect(failed.text.contains(#""error":"a fault of the mock: the provider failed""#))
    #expect(try next().text == "gone")
    #expect(throws: LoopbackClient.Broken.self) { try next() }
    let other = try LoopbackClient(port: port)
    try send(other, hello)
    #expect(throws: LoopbackClient.Broken.self) { try other.receive() }
    let last = try LoopbackClient(port: port)
    for answer in ["one", "two", "two"] {
      try send(last, hello)
      #expect(try Value(json: try last.receive().body)["output"] == .string(answer))
    }
  }

  @Test func costsAreExact() {
    let price = MockPrice.standard
    #expect(price.cost(prompt: 1, completion: 17).description == "4.28e-05")
    for tokens in 1...500 {
      let cost = price.cost(prompt: tokens, completion: 0)
      #expect(cost == Number(jsonLiteral: "\(tokens * 3)e-7"))
    }
    #expect(price.cost(prompt: 1_000_000, completion: 1_000_000) == Number(2.8))
    #expect(price.cost(prompt: 0, completion: 0) == Number(0))
    #expect(MockPrice.text(price.prompt) == "0.0000003")
    #expect(MockPrice.text(price.completion) == "0.0000025")
    #expect(MockPrice.text(1500) == "0.000015")
    #expect([0, -1].map(MockPrice.text) == ["0", "-1"])
  }
}

@Suite struct FaultTests {
  @Test(arguments: [
    ("429", Fault.status(429)), ("hang", .hang), ("cut", .cut), ("reset", .reset), ("html502", .html502),
    ("empty200", .empty200), ("error200", .error200), ("500:body=a,b=c", .status(500, body: "a,b=c")),
    ("503:retry-after=2", .status(503, fields: [.init("retry-after", "2")])),
    ("429:a=b,body={}", .status(429, fields: [.init("a", "b")], body: "{}")),
  ])
  func isReadAsItIsSpelled(text: String, fault: Fault) throws {
    #expect(try Fault(parsing: text) == fault)
  }

  @Test(arguments: [
    ("", "no fault is spelled ``"), ("42", "no fault is spelled `42`"), ("999", "no fault is spelled `999`"),
    ("hangs", "no fault is spelled `hangs`"), ("429:retry", "`retry` is no header field of a fault"),
    ("429:a b=c", "`a b=c` is no header field of a fault"),
    ("429:a=\r\nb", "`a=\r\nb` is no header field of a fault"),
    ("429:,", "`` is no header field of a fault"),
  ])
  func saysWhatIsWrong(text: String, message: String) {
    let error = #expect(throws: FaultError.self) { try Fault(parsing: text) }
    #expect(error?.message == message)
    #expect(error?.help.isEmpty == false)
  }
}
