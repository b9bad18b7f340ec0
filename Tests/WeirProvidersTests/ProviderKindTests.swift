import Testing
import WeirEndpoint
import WeirProviders

/// The endpoints as the command line makes them, from a question to an answer.
struct ProviderKindTests {
  private let question = EndpointRequest(step: "s", model: "m", prompt: [.text("Hello")])
  private let chat = "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"

  private func ask(
    _ kind: ProviderKind, at url: String? = nil, headers: [HTTPHeader] = [], _ transport: FakeTransport
  ) async throws -> EndpointReply {
    try await kind.endpoint(at: url, key: Secret("k-123"), headers: headers, over: transport).send(question)
  }

  @Test func vendorsAreWhereTheyAre() async throws {
    let fal = FakeTransport(body: "{\"output\":\"Hi\"}")
    #expect(try await ask(.fal, fal).text == "Hi")
    #expect(fal.requests.first?.address.host == "fal.run")
    let openRouter = FakeTransport(body: chat)
    #expect(try await ask(.openrouter, openRouter).text == "Hi")
    #expect(openRouter.requests.first?.address.host == "openrouter.ai")
    #expect(openRouter.requests.first?.address.path == "/api/v1/chat/completions")
    let openAI = FakeTransport(body: chat)
    #expect(try await ask(.openai, openAI).text == "Hi")
    #expect(openAI.requests.first?.address.host == "api.openai.com")
  }

  @Test func urlReplacesTheVendors() async throws {
    let transport = FakeTransport(body: chat)
    _ = try await ask(.openai, at: "http://localhost:11434/v1/", transport)
    #expect(transport.requests.first?.address.site == "localhost:11434")
    #expect(transport.requests.first?.address.path == "/v1/chat/completions")
  }

  @Test func wrongURLIsAFailure() async {
    await #expect(throws: EndpointFailure.self) {
      try await ask(.fal, at: "fal.run", FakeTransport(body: ""))
    }
  }

  @Test func timeoutOfTheStepIsThatOfTheRequest() async throws {
    let transport = FakeTransport(body: chat)
    var question = question
    question.timeout = .milliseconds(1500)
    _ = try await ProviderKind.openai.endpoint(key: nil, over: transport).send(question)
    #expect(transport.requests.first?.timeouts.whole == .milliseconds(1500))
  }

  @Test func falTakesItsOwnKindOfKeyEverywhere() async throws {
    let transport = FakeTransport(body: chat)
    _ = try await ask(.openai, at: "https://fal.run/openrouter/router/openai/v1", transport)
    let header = transport.requests.first?.headers.first { $0.name == "Authorization" }
    #expect(header?.shown == "Key <key>")
  }

  @Test func headersOfTheUserReplaceOurs() async throws {
    let transport = FakeTransport(body: chat)
    let mine = HTTPHeader("authorization", "Basic ", secret: Secret("abc"))
    _ = try await ask(.openai, headers: [mine], transport)
    let sent = transport.requests.first?.headers.filter { $0.name.lowercased() == "authorization" }
    #expect(sent == [mine])
  }

  @Test func adviceNamesTheKeyAsItWasGiven() async throws {
    let transport = FakeTransport(status: 401, body: "{\"error\":\"bad key k-123\"}")
    let endpoint = try ProviderKind.openai.endpoint(
      at: "http://localhost:1/v1", key: Secret("k-123"), keyName: "MY_KEY", over: transport)
    let failure = await #expect(throws: EndpointFailure.self) { try await endpoint.send(question) }
    #expect(failure?.message == "localhost:1 answered 401: bad key <key>")
    #expect(failure?.advice == "check MY_KEY")
  }

  @Test func keysInHeadersAreHiddenToo() async throws {
    let transport = FakeTransport(status: 400, body: "{\"error\":\"what is token-9?\"}")
    let header = HTTPHeader("X-Token", "", secret: Secret("token-9"))
    let failure = await #expect(throws: EndpointFailure.self) {
      try await ask(.openai, headers: [header], transport)
    }
    #expect(failure?.message == "api.openai.com answered 400: what is <key>?")
  }
}
