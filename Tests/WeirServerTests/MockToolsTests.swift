import Testing
import WeirEndpoint
import WeirTestSupport
import WeirValues

@testable import WeirServer

/// Tools of `chat/completions`: calls, results, and what is wrong with them.
@Suite struct MockToolsTests {
  private static let tools = """
    [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": \
    {"type": "string"}, "days": {"type": "integer", "minimum": 1, "maximum": 7}}, "required": ["city", "days"]}}}, \
    {"type": "function", "function": {"name": "time"}}]
    """
  private static let user = #"{"role": "user", "content": "Hello"}"#
  private static let called = """
    {"role": "assistant", "content": null, "tool_calls": [{"id": "a", "type": "function", "function": \
    {"name": "weather", "arguments": "{}"}}]}
    """
  private static let result = #"{"role": "tool", "tool_call_id": "a", "content": "rain"}"#

  private func body(_ messages: [String], _ more: String = "", tools: String? = tools) -> String {
    let offered = tools.map { #", "tools": \#($0)"# } ?? ""
    return
      #"{"model": "google/gemini-2.5-flash", "messages": [\#(messages.joined(separator: ", "))]\#(offered)\#(more)}"#
  }

  private func ask(_ body: String, tape: Tape? = nil, path: String = "/api/v1/chat/completions")
    -> HTTPServerAnswer
  {
    var options = MockOptions()
    options.tape = tape
    var service = MockService(options, epoch: 1_748_372_400)
    return service.answer(MockRequest("POST", path, key: "Bearer x", body).request, at: .zero)
  }

  /// Names of what is called; the text where nothing is.
  private func said(_ answer: HTTPServerAnswer) throws -> [String] {
    let message = try MockPage.json(answer)["choices"]?.list?.first?["message"]
    if let calls = message?["tool_calls"]?.list {
      return calls.compactMap { $0["function"]?["name"]?.string }
    }
    return [message?["content"]?.string ?? ""]
  }

  @Test func callsAsItsGoldensSay() {
    for (name, more, path) in [
      ("calls", "", "/api/v1/chat/completions"),
      ("calls-stream", #", "stream": true"#, "/api/v1/chat/completions"),
      ("calls-openai", "", "/v1/chat/completions"),
    ] {
      Golden.expect(
        MockPage.of(ask(body([Self.user], more), path: path)), matches: "server/tools/\(name).txt")
    }
    Golden.expect(
      MockPage.of(ask(body([Self.user, Self.called, Self.result], #", "parallel_tool_calls": false"#))),
      matches: "server/tools/one-result.txt")
  }

  @Test func callsWhatHasNoResultAndThenAnswers() throws {
    #expect(try said(ask(body([Self.user]))) == ["weather", "time"])
    #expect(try said(ask(body([Self.user, Self.called, Self.result]))) == ["time"])
    let both = Self.called.replacing(
      "}}]}", with: #"}}, {"id": "b", "type": "function", "function": {"name": "time", "arguments": "{}"}}]}"#
    )
    let all = [Self.user, both, Self.result, #"{"role": "tool", "tool_call_id": "b", "content": "noon"}"#]
    let text = try #require(try said(ask(body(all))).first)
    #expect(text.hasSuffix(" The tools said: weather → rain; time → noon"))
    #expect(
      try said(ask(body(all + [#"{"role": "assistant", "content": "ok"}"#, Self.user]))) == [
        "weather", "time",
      ])
  }

  @Test(arguments: [
    (#""auto""#, ["weather", "time"]), (#""required""#, ["weather", "time"]),
    (#"{"type": "function", "function": {"name": "time"}}"#, ["time"]),
  ])
  func callsWhatIsChosen(choice: String, names: [String]) throws {
    #expect(try said(ask(body([Self.user], #", "tool_choice": \#(choice)"#))) == names)
    let one = body([Self.user], #", "parallel_tool_calls": false, "tool_choice": \#(choice)"#)
    #expect(try said(ask(one)) == [names[0]])
  }

  @Test func callsNothingWhereItIsTold() throws {
    let text = try said(ask(body([Self.user], #", "tool_choice": "none""#)))
    #expect(text[0].hasPrefix("This answer is made up"))
  }

  @Test func makesUpArgumentsByTheSchema() throws {
    let calls = try MockPage.json(ask(body([Self.user])))["choices"]?.list?.first?["message"]?["tool_calls"]?
      .list
    let arguments = try #require(calls?.first?["function"]?["arguments"]?.string)
    let value = try Value(json: Array(arguments.utf8))
    #expect(value["city"]?.string?.isEmpty == false)
    #expect((1...7).contains(try #require(value["days"]?.number?.int)))
    #expect(calls?.last?["function"]?["arguments"] == .string("{}"))
  }

  @Test func playsTheCallsOfItsTapeRoundByRound() throws {
    var first = Tape.Entry(prompt: "Hello", answer: "")
    first.calls = [TapeCall("weather", #"{"city":"Oslo","days":2}"#)]
    let tape = Tape([first, Tape.Entry(prompt: "Hello", answer: "Rain.")])
    let start = ask(body([Self.user]), tape: tape)
    #expect(try said(start) == ["weather"])
    #expect(
      String(decoding: MockPage.bytes(start), as: UTF8.self).contains(#"{\"city\":\"Oslo\",\"days\":2}"#))
    #expect(try said(ask(body([Self.user, Self.called, Self.result]), tape: tape)) == ["Rain."])
  }

  @Test(arguments: [
    ([#"{"role": "tool", "tool_call_id": "x", "content": ""}"#], tools, "no call `x` waits"),
    ([user, called, user], tools, "missing: a"), ([user, called], tools, "missing: a"),
    ([user], "[]", "`tools` must be a list that is not empty"),
    ([user], #"[{"type": "code"}]"#, "`tools[0].type` must be `function`"),
    (
      [user], #"[{"type": "function", "function": {"name": "a b"}}]"#,
      "`tools[0].function.name` must be 1 to 64"
    ),
    (
      [user], #"[{"type": "function", "function": {"name": "a", "parameters": {"type": "string"}}}]"#,
      "`tools[0].function.parameters` must be a schema"
    ),
  ])
  func refusesWhatIsWrong(messages: [String], tools: String, message: String) throws {
    let error = try MockPage.json(ask(body(messages, tools: tools), path: "/v1/chat/completions"))["error"]
    #expect(error?["message"]?.string?.contains(message) == true, "\(error?.json() ?? "no error")")
  }

  @Test(arguments: [
    (#", "tool_choice": "some""#, tools, "`tool_choice` must be"),
    (#", "tool_choice": {"type": "function", "function": {"name": "x"}}"#, tools, "`x` is not among `tools`"),
    (#", "tool_choice": "auto""#, nil, "only allowed when `tools`"),
  ])
  func refusesAWrongChoice(more: String, tools: String?, message: String) throws {
    let answer = ask(body([Self.user], more, tools: tools), path: "/v1/chat/completions")
    #expect(try MockPage.json(answer)["error"]?["message"]?.string?.contains(message) == true)
  }

  @Test func refusesToolsForAModelWithoutThem() throws {
    let body = body([Self.user]).replacing("google/gemini-2.5-flash", with: "deepseek/deepseek-r1")
    #expect(try MockPage.json(ask(body))["error"]?["code"] == .int(404))
  }
}
