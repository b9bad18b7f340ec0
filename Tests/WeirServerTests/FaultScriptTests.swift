import Testing
import WeirTestSupport
import WeirValues

@testable import WeirServer

/// Rules of a file: how they are read, for whom they are, and what they do.
@Suite struct FaultScriptTests {
  private static let chat = "/api/v1/chat/completions"
  private static let fal = "/openrouter/router"

  private func service(_ script: String, pace: Duration = .zero, pieces: Int? = 4) throws -> MockService {
    var options = MockOptions()
    options.script = try FaultScript(parsing: Array(script.utf8))
    options.pace = pace
    options.pieces = pieces
    return MockService(options, epoch: 1_748_372_400)
  }

  private func ask(
    _ service: inout MockService, _ path: String = fal, isStreamed: Bool = false, more: String = ""
  ) -> HTTPServerAnswer {
    if path == Self.chat {
      let body =
        #"{"model": "m/n", "messages": [{"role": "user", "content": "Hi"}], "stream": \#(isStreamed)\#(more)}"#
      return service.answer(MockRequest("POST", path, key: "Bearer x", body).request, at: .zero)
    }
    let request = MockRequest(
      "POST", path + (isStreamed ? "/stream" : ""), #"{"prompt": "Hi", "model": "m/n"}"#)
    return service.answer(request.request, at: .zero)
  }

  private func status(_ answer: HTTPServerAnswer) -> Int {
    switch answer.delivery {
    case .reply(let reply): reply.status
    case .stream(let stream): stream.status
    case .nothing: 0
    }
  }

  // MARK: For whom

  @Test func isForTheRequestsThatItNames() throws {
    let script = """
      {"path": "/openrouter/*", "request": 2, "status": 429}
      {"path": "/openrouter/router", "request": 4, "times": 2, "status": 500}

      {"path": "/openrouter/router", "request": "every", "times": 1, "status": 503}
      {"path": "/other", "status": 404}
      """
    var service = try service(script)
    let statuses = (1...6).map { _ in status(ask(&service)) }
    #expect(statuses == [503, 429, 200, 500, 500, 200])
  }

  @Test func countsEachPathOnItsOwn() throws {
    var service = try service(#"[{"path": "*/completions", "method": "POST", "request": 1, "status": 500}]"#)
    #expect(status(ask(&service)) == 200)
    #expect(status(ask(&service, Self.chat)) == 500)
    #expect(status(ask(&service, Self.chat)) == 200)
  }

  @Test(arguments: [
    ("*", true), ("/a/b/status", true), ("/a/*", true), ("*/status", true), ("/*/b/*", true), ("/a/b", false),
    ("/a/b/status/", false), ("", false), ("*a*b*s", true), ("*x*", false),
  ])
  func starsStandForAnything(pattern: String, fits: Bool) {
    #expect(FaultRule(path: pattern).fits(MockRequest("GET", "/a/b/status").request) == fits)
  }

  // MARK: What it does

  @Test(arguments: [
    ("status", #"{"status": 402, "headers": {"X-A": "b"}}"#),
    ("body", #"{"status": 500, "body": {"a": [1]}}"#),
    ("text", #"{"body": "<html>", "headers": {"content-type": "text/html"}}"#),
    ("short", #"{"fault": "429:retry-after=1"}"#),
    ("error200", #"{"error200": true}"#), ("garbage", #"{"garbage": "{]"}"#), ("hang", #"{"hang": true}"#),
    ("reset", #"{"reset": true}"#), ("delay", #"{"delay": "2s"}"#), ("answer", #"{"answer": "a\u2028b"}"#),
    ("slow", #"{"bytes_per_second": 2000}"#), ("no-head", #"{"cut": "before-headers"}"#),
    ("in-body", #"{"cut": "in-body", "then": "hang"}"#),
    ("bytes", #"{"cut": {"bytes": 5}, "then": "reset"}"#),
  ])
  func failsAsItsGoldensSay(name: String, rule: String) throws {
    var service = try service(rule)
    Golden.expect("\(rule)\n\n\(MockPage.of(ask(&service)))", matches: "server/faults/\(name).txt")
  }

  @Test(arguments: [
    ("stream-plain", fal, #"{"answer": "Grüße, 世界"}"#),
    ("stream-crlf", fal, #"{"stream": {"line_end": "crlf", "space": false, "bom": true}}"#),
    ("stream-cr", fal, #"{"stream": {"line_end": "cr", "comments": true, "fields": true}}"#),
    ("stream-multiline", fal, #"{"stream": {"multiline": true, "last_blank_line": false}}"#),
    ("stream-no-blank-lines", fal, #"{"stream": {"blank_lines": false}}"#),
    ("stream-chunks", fal, #"{"answer": "ü", "stream": {"chunk": 7, "line_end": "crlf"}}"#),
    ("stream-rewrite", fal, #"{"stream": {"rewrite": true, "usage": "none"}}"#),
    ("stream-error", fal, #"{"stream": {"error": {"after": 2, "message": "it broke"}}}"#),
    ("stream-in-event", fal, #"{"cut": "in-event"}"#),
    ("stream-events", chat, #"{"cut": {"events": 2}, "then": "reset"}"#),
    ("stream-chat-error", chat, #"{"stream": {"error": {"after": 1, "done": true}}}"#),
    ("stream-chat-usage", chat, #"{"stream": {"usage": "finish", "done": false}}"#),
    ("stream-chat-unfinished", chat, #"{"stream": {"finish": false, "done": false, "usage": "none"}}"#),
    ("stream-chat-u2028", chat, #"{"answer": "a\u2028b"}"#),
    ("stream-chat-slow", chat, #"{"answer": "a", "bytes_per_second": 10000, "cut": {"bytes": 900}}"#),
  ])
  func streamsAsItsGoldensSay(name: String, path: String, rule: String) throws {
    var service = try service(rule, pace: .milliseconds(20))
    let answer = ask(&service, path, isStreamed: true)
    Golden.expect("\(rule)\n\n\(MockPage.of(answer))", matches: "server/faults/\(name).txt")
  }

  @Test(arguments: ["whole", "unnumbered", "pieces"]) func cutsCallsAsItIsTold(form: String) throws {
    var service = try service(#"{"stream": {"calls": "\#(form)"}}"#)
    let tool =
      #"{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}}}"#
    let answer = ask(&service, Self.chat, isStreamed: true, more: #", "tools": [\#(tool)]"#)
    let deltas = try MockPage.events(answer).compactMap {
      $0["choices"]?.list?.first?["delta"]?["tool_calls"]?.list?.first
    }
    #expect(deltas.count == (form == "whole" ? 1 : 5))
    #expect(deltas.allSatisfy { ($0["index"] == nil) == (form == "unnumbered") })
    let arguments = deltas.compactMap { $0["function"]?["arguments"]?.string }.joined()
    #expect(try Value(json: Array(arguments.utf8))["a"]?.number != nil)
  }

  @Test func slowBodiesComeInTheirTime() throws {
    var service = try service(#"{"bytes_per_second": 100}"#)
    guard case .stream(let stream) = ask(&service).delivery else {
      Issue.record("no stream")
      return
    }
    let pieces = MockPage.pieces(stream)
    let bytes = pieces.reduce(0) { $0 + $1.bytes.count }
    let time = pieces.reduce(Duration.zero) { $0 + $1.pause }
    #expect(stream.length == bytes)
    #expect(time == .milliseconds(10 * bytes))
    #expect(pieces.allSatisfy { $0.bytes.count <= 5 })
  }

  @Test func piecesAndPaceAreThoseOfTheOptions() throws {
    var service = try service("[]", pace: .milliseconds(20), pieces: 200)
    for path in [Self.fal, Self.chat] {
      guard case .stream(let stream) = ask(&service, path, isStreamed: true).delivery else {
        Issue.record("no stream")
        continue
      }
      let paced = MockPage.pieces(stream).filter { $0.pause == .milliseconds(20) }
      #expect(paced.count == 200)
    }
  }

  // MARK: Mistakes

  @Test(arguments: [
    ("[3]", "rule 1 is the number 3, expected an object"),
    ("{\"status\": 1}", "rule 1: `status` is the number 1"),
    ("{\"stat\": 1}", "rule 1 has no field `stat`"),
    ("{\"path\": \"/a\"}", "rule 1: the rule says of which requests, but not what goes wrong"),
    ("{\"hang\": true}\n{\"hang\": 1}", "line 2: `hang` is the number 1"),
    ("{\"hang\": true}\n{", "line 2: "), ("{\"cut\": \"here\"}", "rule 1: `cut` is `here`"),
    ("{\"cut\": {\"lines\": 1}}", "rule 1: `cut` is a record"),
    ("{\"cut\": \"in-body\", \"then\": \"wait\"}", "rule 1: `then` is `wait`"),
    ("{\"delay\": 2}", "rule 1: `delay` is the number 2"), ("{\"delay\": \"2h\"}", "rule 1: `delay` is `2h`"),
    ("{\"request\": 0, \"hang\": true}", "rule 1: `request` is the number 0"),
    ("{\"headers\": {\"a b\": \"c\"}}", "rule 1: `headers.a b` is `c`"),
    ("{\"fault\": \"oops\"}", "rule 1: no fault is spelled `oops`"),
    ("{\"stream\": {\"line_end\": \"nl\"}}", "rule 1: `stream`: `line_end` is `nl`"),
    ("{\"stream\": {\"lines\": 1}}", "rule 1: `stream` has no field `lines`"),
    ("{\"stream\": {\"error\": {\"after\": -1}}}", "rule 1: `stream`.error: `after` is the number -1"),
    ("{\"bytes_per_second\": 0}", "rule 1: `bytes_per_second` is the number 0"),
  ])
  func saysWhatIsWrong(script: String, message: String) {
    let error = #expect(throws: FaultError.self) { try FaultScript(parsing: Array(script.utf8)) }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    #expect(error?.help.isEmpty == false)
  }

  /// What the page of the mock shows, and every field that it lists.
  @Test func whatTheDocumentsShowIsRead() throws {
    let page = try String(decoding: Golden.read("../../docs/mock.md"), as: UTF8.self)
    let blocks = page.split(separator: "```").filter { $0.hasPrefix("json\n") }
    #expect(blocks.count == 2)
    for block in blocks { #expect(try FaultScript(parsing: Array(block.dropFirst(5).utf8)).rules.count > 2) }
    for (block, names) in [
      ("{\"x\": 1}", "its fields may be "), ("{\"stream\": {\"x\": 1}}", "its fields may be "),
    ] {
      let error = #expect(throws: FaultError.self) { try FaultScript(parsing: Array(block.utf8)) }
      for name in error?.help.dropFirst(names.count).split(separator: ", ") ?? [] {
        #expect(page.contains(name), "docs/mock.md does not tell of \(name)")
      }
    }
  }

  // MARK: Beside

  @Test func refusesBeyondItsRate() throws {
    var options = MockOptions()
    options.rate = 3
    var service = MockService(options, epoch: 0)
    func statuses(_ milliseconds: Int...) -> [Int] {
      milliseconds.map { time in
        let request = MockRequest("POST", Self.fal, #"{"prompt": "Hi", "model": "m/n"}"#).request
        return status(service.answer(request, at: .milliseconds(time)))
      }
    }
    #expect(statuses(0, 100, 200, 300, 999) == [200, 200, 200, 429, 429])
    #expect(statuses(1000, 1050, 1100, 1150, 1200, 1250) == [200, 429, 200, 429, 200, 429])
    guard
      case .reply(let models) = service.answer(MockRequest("GET", "/v1/models").request, at: .zero).delivery
    else { return }
    #expect(models.status == 200)
  }

  @Test func anotherModelAnswersForOneThatIsUnavailable() throws {
    var options = MockOptions()
    options.unavailable = ["a/b", "c/d"]
    var service = MockService(options, epoch: 1_748_372_400)
    func ask(_ models: String) throws -> Value {
      let body = #"{"models": [\#(models)], "messages": [{"role": "user", "content": "Hi"}]}"#
      return try MockPage.json(
        service.answer(MockRequest("POST", Self.chat, key: "Bearer x", body).request, at: .zero))
    }
    #expect(try ask(#""a/b", "e/f", "g/h""#)["model"] == .string("e/f"))
    #expect(try ask(#""a/b", "c/d""#)["error"]?["code"] == .int(503))
  }

  @Test func keepsTheRecordOfWhatItAnswered() throws {
    var service = MockService(MockOptions(), epoch: 1_748_372_400)
    let answer = try MockPage.json(ask(&service, Self.chat))
    let id = try #require(answer["id"]?.string)
    func get(_ path: String) throws -> Value {
      let answer = service.answer(MockRequest("GET", "/api/v1/\(path)", key: "Bearer x").request, at: .zero)
      return try MockPage.json(answer)["data"] ?? .null
    }
    let record = try get("generation?id=\(id)")
    #expect(record["total_cost"] == answer["usage"]?["cost"])
    #expect(record["tokens_prompt"] == answer["usage"]?["prompt_tokens"])
    #expect(record["tokens_completion"] == answer["usage"]?["completion_tokens"])
    #expect(record["created_at"] == .string("2025-05-27T19:00:00Z"))
    #expect(try get("key")["usage"] == answer["usage"]?["cost"])
    #expect(try get("credits")["total_usage"] == answer["usage"]?["cost"])
  }
}
