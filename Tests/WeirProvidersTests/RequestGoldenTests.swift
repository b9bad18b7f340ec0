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

/// What is sent for a question, `Tests/Golden/wire/<dialect>/<case>/request.json`, or why nothing is,
/// `request.refused.txt`.
struct RequestGoldenTests {
  @Test(arguments: RequestCase.all)
  func fal(question: RequestCase) throws {
    let endpoint = FalEndpoint(
      at: try WebAddress("https://fal.run"), key: Secret("key-id:0123456789abcdef"),
      over: FakeTransport(body: ""))
    try check(question, "fal") { request throws(EndpointFailure) in try endpoint.encode(request) }
  }

  @Test(arguments: RequestCase.all)
  func openRouter(question: RequestCase) throws {
    let service = ChatService.openRouter(at: try WebAddress("https://openrouter.ai/api/v1"))
    let endpoint = ChatCompletionsEndpoint(
      service, key: Secret("sk-or-v1-0123456789abcdef"),
      headers: [
        HTTPHeader("HTTP-Referer", "https://example.com"), HTTPHeader("X-OpenRouter-Title", "Example"),
      ],
      over: FakeTransport(body: ""))
    try check(question, "openrouter") { request throws(EndpointFailure) in try endpoint.encode(request) }
  }

  @Test(arguments: RequestCase.all)
  func openAI(question: RequestCase) throws {
    let service = ChatService.openAI(at: try WebAddress("http://localhost:8080/v1/"))
    let endpoint = ChatCompletionsEndpoint(service, key: nil, over: FakeTransport(body: ""))
    try check(question, "openai") { request throws(EndpointFailure) in try endpoint.encode(request) }
  }

  @Test(arguments: RequestCase.all)
  func falOpenAI(question: RequestCase) throws {
    let service = ChatService.falOpenAI(at: try WebAddress("https://fal.run"))
    let endpoint = ChatCompletionsEndpoint(
      service, key: Secret("key-id:0123456789abcdef"), over: FakeTransport(body: ""))
    try check(question, "fal-openai") { request throws(EndpointFailure) in try endpoint.encode(request) }
  }

  @Test func everyFolderBelongsToATest() {
    for dialect in ["fal", "openrouter", "openai", "fal-openai"] {
      let replies = Set(ReplyCase.all(of: dialect).map(\.path) + StreamCase.all(of: dialect).map(\.path))
      let requests = Set(RequestCase.all.map { "wire/\(dialect)/\($0.name)" })
      let folders = Set(Golden.names(in: "wire/\(dialect)").map { "wire/\(dialect)/\($0)" })
      #expect(folders.subtracting(replies).subtracting(requests) == [])
    }
    #expect(Set(Golden.names(in: "wire")).isSubset(of: ["fal", "openrouter", "openai", "fal-openai"]))
  }

  private func check(
    _ question: RequestCase, _ dialect: String,
    encode: (EndpointRequest) throws(EndpointFailure) -> HTTPRequest
  ) throws {
    let folder = "wire/\(dialect)/\(question.name)"
    do {
      Golden.expect(try encode(question.request).rendered, matches: "\(folder)/request.json")
    } catch {
      Golden.expect(error.rendered, matches: "\(folder)/request.refused.txt")
    }
  }
}

struct RequestCase: Sendable, CustomTestStringConvertible {
  let name: String
  let request: EndpointRequest

  init(
    _ name: String, _ prompt: [PromptPart] = [.text("Hello")],
    _ change: (inout EndpointRequest) -> Void = { _ in }
  ) {
    self.name = name
    var request = EndpointRequest(step: "caption", model: "google/gemini-2.5-flash", prompt: prompt)
    change(&request)
    self.request = request
  }

  var testDescription: String { name }

  private static let picture = Picture.bytes(Data([0x89, 0x50, 0x4E, 0x47]), .png)

  private static func file(_ name: String, _ start: String) -> Document {
    guard let document = Document(name: name, bytes: Data(start.utf8)) else {
      preconditionFailure("the bytes of \(name) are no document")
    }
    return document
  }

  private static func address(_ address: String) -> Document {
    guard let document = Document(address: address) else { preconditionFailure("an address of a document") }
    return document
  }

  private static let caption = AnswerSchema(
    name: "Caption",
    schema: .record([
      "type": .string("object"),
      "properties": .record([
        "text": .record(["type": .string("string"), "description": .string("One line")])
      ]),
      "required": .list([.string("text")]), "additionalProperties": .bool(false),
    ]), isStrict: true)

  private static let bounded = Value.record([
    "type": .string("object"),
    "properties": .record([
      "text": .record(["type": .string("string"), "description": .string("One line"), "maxLength": .int(60)]),
      "score": .record(["type": .string("integer"), "minimum": .int(1), "maximum": .int(10)]),
    ]),
    "required": .list([.string("text"), .string("score")]), "additionalProperties": .bool(false),
  ])

  private static let weather = ToolOffer(
    name: "weather", about: "The weather of a town.",
    parameters: AnswerSchema(
      name: "weather",
      schema: .record([
        "type": .string("object"),
        "properties": .record(["town": .record(["type": .string("string"), "minLength": .int(2)])]),
        "required": .list([.string("town")]), "additionalProperties": .bool(false),
      ]), isStrict: true))

  private static let note = ToolOffer(
    name: "note", about: "",
    parameters: AnswerSchema(name: "note", schema: .record(["type": .string("object")]), isStrict: false))

  private static let bonnAndKiel: ToolRound = {
    var round = ToolRound(
      calls: [
        ToolCall(id: "call_a", name: "weather", arguments: "{\"town\":\"Bonn\"}"),
        ToolCall(id: "call_b", name: "weather", arguments: "{\"town\": 7}"),
      ],
      results: ["rain", "`town` is a number, expected a string"])
    round.reasoningDetails = .list([
      .record(["type": .string("reasoning.text"), "text": .string("Two towns."), "signature": .string("s")])
    ])
    return round
  }()

  private static let second: ToolRound = {
    var round = ToolRound(
      calls: [ToolCall(id: "call_c", name: "weather", arguments: "{\"town\":\"Kiel\"}")], results: ["sun"])
    round.text = "Once more."
    round.reasoningDetails = .record(["reasoning_content": .string("Kiel is missing.")])
    return round
  }()

  static let all: [RequestCase] = [
    RequestCase("request-plain", [.text("Zwölf Boxkämpfer \"jagen\"\n☃ \u{1F600}")]),
    RequestCase("request-settings") {
      $0.system = "Be brief."
      $0.temperature = Number(0.2)
      $0.maxTokens = 300
    },
    RequestCase("request-more-settings") {
      $0.topP = Number(0.9)
      $0.seed = 7
      $0.stop = ["END", "\n\n"]
    },
    RequestCase("request-top-p") { $0.topP = Number(0.9) },
    RequestCase("request-seed") { $0.seed = 7 },
    RequestCase("request-stop") { $0.stop = ["END"] },
    RequestCase(
      "request-pictures",
      [
        .text("Compare "), .picture(picture), .text(" and "), .picture(.address("https://example.com/b.jpg")),
        .text("."),
      ]),
    RequestCase(
      "request-file",
      [.text("Sum up "), .document(file("report.pdf", "%PDF-1.7")), .text(" like "), .picture(picture)]),
    RequestCase("request-sound", [.document(file("a.mp3", "ID3")), .text("What is said?")]),
    RequestCase("request-sound-not-everywhere", [.document(file("a.ogg", "OggS"))]),
    RequestCase("request-film", [.document(file("a.mov", "\0\0\0\0ftypqt  ")), .text("What is seen?")]),
    RequestCase("request-file-by-address", [.document(address("https://example.com/report.pdf?v=2"))]),
    RequestCase("request-sound-by-address", [.document(address("https://example.com/a.mp3"))]),
    RequestCase(
      "request-films-by-address",
      [
        .document(address("https://example.com/a.mp4")), .text(" or "),
        .document(address("https://example.com/b.WebM#t=3")),
      ]),
    RequestCase("request-schema") {
      $0.system = "Be brief."
      $0.answer = caption
    },
    RequestCase("request-schema-not-strict") {
      $0.answer = AnswerSchema(name: "Caption", schema: caption.schema, isStrict: false)
    },
    RequestCase("request-schema-in-json-mode") {
      $0.system = "Be brief."
      $0.answer = caption
      $0.form = .json
    },
    RequestCase("request-schema-by-instructions") {
      $0.answer = caption
      $0.form = .instructions
    },
    RequestCase("request-schema-with-bounds") {
      $0.answer = AnswerSchema(name: "Caption", schema: bounded, isStrict: true)
    },
    RequestCase("request-schema-with-provider-options") {
      $0.answer = caption
      $0.options = ["provider": .record(["order": .list([.string("google-vertex")])])]
    },
    RequestCase("request-schema-without-required-parameters") {
      $0.answer = caption
      $0.options = ["provider": .record(["require_parameters": .bool(false)])]
    },
    RequestCase("request-schema-replaced-by-options") {
      $0.answer = caption
      $0.options = ["response_format": .record(["type": .string("json_object")])]
    },
    RequestCase("request-options-win") {
      $0.temperature = Number(0.2)
      $0.options = ["temperature": .int(1), "min_p": .number(Number(0.05)), "stream": .bool(false)]
    },
    RequestCase("request-turns", [.text("And a dog?")]) {
      $0.system = "Be brief."
      $0.turns = [
        .init(ask: [.text("Describe "), .picture(picture), .text(".")], answer: "A cat."),
        .init(ask: [.text("Shorter.")], answer: "Cat."),
      ]
    },
    RequestCase("request-routing") {
      $0.answer = caption
      $0.routing = ["order": .list([.string("groq")]), "sort": .string("price")]
    },
    RequestCase("request-routing-and-options") {
      $0.routing = ["order": .list([.string("groq")]), "sort": .string("price")]
      $0.options = ["provider": .record(["sort": .string("latency")])]
    },
    RequestCase("request-stream-in-options") { $0.options = ["stream": .bool(true)] },
    RequestCase("request-stream") { $0.delivery = .stream },
    RequestCase("request-stream-with-options") {
      $0.delivery = .stream
      $0.options = ["stream_options": .record(["include_usage": .bool(false)]), "user": .string("u-1")]
    },
    RequestCase("request-queue") { $0.delivery = .queue },
    RequestCase("request-webhook") { $0.webhook = "https://example.com/done" },
    RequestCase("request-fallbacks") { $0.fallbacks = ["openai/gpt-5", "openrouter/auto"] },
    RequestCase("request-detail", [.text("What is it? "), .picture(picture)]) { $0.detail = "low" },
    RequestCase("request-wants-picture", [.text("Paint a cat.")]) { $0.wantsPicture = true },
    RequestCase("request-plugins") {
      $0.options = [
        "plugins": .list([.record(["id": .string("web"), "enabled": .bool(false)])]),
        "transforms": .list([.string("middle-out")]), "user": .string("u-1"),
      ]
    },
    RequestCase("request-headers-in-options") {
      $0.options = ["headers": .record(["X-Session-Id": .string("s-1")]), "user": .string("u-1")]
    },
    RequestCase("request-tools") { $0.tools = [weather, note] },
    RequestCase("request-tools-last-round") {
      $0.tools = [weather]
      $0.toolChoice = .none
    },
    RequestCase("request-tool-rounds", [.text("What is the weather in Bonn and Kiel?")]) {
      $0.system = "Be brief."
      $0.tools = [weather]
      $0.rounds = [bonnAndKiel, second]
    },
    RequestCase("request-turn-with-tool-rounds", [.text("And tomorrow?")]) {
      var turn = EndpointRequest.Turn(ask: [.text("What is the weather in Bonn and Kiel?")], answer: "Rain.")
      turn.rounds = [bonnAndKiel]
      turn.reasoningDetails = .list([.record(["type": .string("reasoning.encrypted"), "data": .string("x")])])
      $0.turns = [turn]
    },
    RequestCase("request-reasoning-on") { $0.reasoning = .enabled(true) },
    RequestCase("request-reasoning-off") { $0.reasoning = .enabled(false) },
    RequestCase("request-reasoning-effort") { $0.reasoning = .effort("high") },
    RequestCase("request-reasoning-tokens") { $0.reasoning = .tokens(2000) },
  ]
}
