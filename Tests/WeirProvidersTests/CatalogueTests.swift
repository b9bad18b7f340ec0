import Testing
import WeirEndpoint
import WeirProviders
import WeirTestSupport
import WeirValues

/// What services tell of their models, of accounts and of what answers cost: `Tests/Golden/catalogue/` holds
/// lists as services send them, and what is read of each.
struct CatalogueTests {
  private func endpoint(_ kind: ProviderKind = .openrouter, _ transport: any Transport) throws -> any Endpoint
  {
    try kind.endpoint(at: "https://example.com/v1", key: Secret("k-123"), over: transport)
  }

  private func text(_ path: String) throws -> String { try Golden.text("catalogue/\(path)") }

  // MARK: Models

  @Test(arguments: Golden.names(in: "catalogue").filter { $0.hasSuffix(".json") })
  func readsEveryServersList(name: String) async throws {
    let transport = FakeTransport(body: try text(name))
    let source = try #require(try endpoint(.openai, transport) as? any CatalogueSource)
    let read: String
    do throws(EndpointFailure) {
      read = try await source.models().map(\.rendered).joined(separator: "\n")
    } catch {
      read = error.rendered
    }
    Golden.expect(read, matches: "catalogue/\(name.dropLast(5)).expected.txt")
  }

  @Test func everyFileIsRead() {
    let names = Golden.names(in: "catalogue")
    let read = names.filter { $0.hasSuffix(".json") }.flatMap { [$0, "\($0.dropLast(5)).expected.txt"] }
    #expect(Set(names) == Set(read))
  }

  @Test func aListOfSeveralPagesIsReadToItsEnd() async throws {
    let transport = FakeTransport { request in
      let page = request.address.path.contains("offset=2") ? #"{"id":"c/c"}"# : #"{"id":"a/a"},{"id":"b/b"}"#
      return HTTPResponse(status: 200, body: Array(#"{"data":[\#(page)],"total_count":3}"#.utf8))
    }
    let models = try await (endpoint(.openrouter, transport) as? any CatalogueSource)?.models()
    #expect(models?.map(\.id) == ["a/a", "b/b", "c/c"])
    #expect(
      transport.requests.map(\.address.path) == [
        "/v1/models?output_modalities=all", "/v1/models?output_modalities=all&offset=2",
      ])
  }

  @Test func asksWithTheKeyAndForAllModels() async throws {
    let transport = FakeTransport(body: try text("openrouter.json"))
    _ = try await (endpoint(.openrouter, transport) as? any CatalogueSource)?.models()
    let request = try #require(transport.requests.first)
    #expect(request.method == .get && request.body.bytes.isEmpty)
    #expect(request.address.path == "/v1/models?output_modalities=all")
    #expect(request.headers.map(\.name) == ["Accept", "Authorization"])
    let plain = FakeTransport(body: try text("openai.json"))
    _ = try await (endpoint(.openai, plain) as? any CatalogueSource)?.models()
    #expect(plain.requests.first?.address.path == "/v1/models")
  }

  @Test func pricesAreExact() async throws {
    let transport = FakeTransport(body: try text("openrouter.json"))
    let models = try await (endpoint(.openrouter, transport) as? any CatalogueSource)?.models()
    #expect(models?.first { $0.id == "a/gone" }?.prices.prompt?.description == "0.00000000012345678901234567")
  }

  @Test func refusalsAreThoseOfEveryRequest() async throws {
    let source =
      try endpoint(.openai, FakeTransport(status: 401, body: "{\"error\":\"no\"}")) as? any CatalogueSource
    let failure = await #expect(throws: EndpointFailure.self) { try await source?.models() }
    #expect(failure?.kind == .unauthorized && failure?.message == "example.com answered 401: no")
    let fal =
      try ProviderKind.falOpenAI.endpoint(key: nil, over: FakeTransport(body: "{}")) as? any CatalogueSource
    let none = await #expect(throws: EndpointFailure.self) { try await fal?.models() }
    #expect(none?.message == "fal.run has no list of models")
  }

  // MARK: Accounts

  private let key = """
    {"data":{"label":"sk-or-v1-0e6...1c96","limit":100,"limit_remaining":74.5,"limit_reset":"monthly",
    "include_byok_in_limit":false,"usage":25.5,"usage_daily":1.25,"usage_weekly":2,"usage_monthly":25.5,
    "byok_usage":0,"is_free_tier":false,"is_management_key":false,"expires_at":"2027-12-31T23:59:59Z",
    "rate_limit":{"requests":-1,"interval":"10s","note":"deprecated"}}}
    """

  private func account(_ credits: HTTPResponse) async throws -> AccountStatus? {
    let key = key
    let transport = FakeTransport { request in
      request.address.path == "/v1/key" ? HTTPResponse(status: 200, body: Array(key.utf8)) : credits
    }
    return try await (endpoint(.openrouter, transport) as? any AccountSource)?.account()
  }

  @Test func tellsOfTheKeyAndOfTheCreditsWhereItMay() async throws {
    let credits = "{\"data\":{\"total_credits\":100.5,\"total_usage\":25.75}}"
    let full = try await account(HTTPResponse(status: 200, body: Array(credits.utf8)))
    #expect(full?.label == "sk-or-v1-0e6...1c96" && full?.limit == Number(100))
    #expect(full?.limitRemaining == Number(74.5) && full?.limitReset == "monthly")
    #expect(full?.usage == Number(25.5) && full?.usageDaily == Number(1.25))
    #expect(full?.usageWeekly == Number(2) && full?.usageMonthly == Number(25.5))
    #expect(full?.isFreeTier == false && full?.expires == "2027-12-31T23:59:59Z")
    #expect(full?.totalCredits == Number(100.5) && full?.totalUsage == Number(25.75))
    let ordinary = try await account(
      HTTPResponse(status: 403, body: Array("{\"error\":{\"code\":403}}".utf8)))
    #expect(ordinary?.usage == Number(25.5) && ordinary?.totalCredits == nil)
  }

  @Test func aKeyWithoutALimitHasNone() async throws {
    let body = "{\"data\":{\"label\":null,\"limit\":null,\"limit_remaining\":null,\"usage\":0}}"
    let transport = FakeTransport(body: body)
    let account = try await (endpoint(.openrouter, transport) as? any AccountSource)?.account()
    #expect(account?.limit == nil && account?.limitRemaining == nil && account?.usage == Number(0))
  }

  // MARK: Answers

  @Test func tellsWhatAnAnswerCost() async throws {
    let body = """
      {"data":{"id":"gen-1","model":"google/gemini-2.5-flash","provider_name":"Google","total_cost":0.0000123,
      "usage":0.0000123,"tokens_prompt":10,"tokens_completion":20,"native_tokens_prompt":12,
      "native_tokens_completion":21,"finish_reason":"stop","streamed":true}}
      """
    let transport = FakeTransport(body: body)
    let source = try endpoint(.openrouter, transport) as? any GenerationSource
    let record = try #require(try await source?.generation("gen-1&x=/ü"))
    #expect(transport.requests.first?.address.path == "/v1/generation?id=gen-1%26x%3D%2F%C3%BC")
    #expect(record.id == "gen-1" && record.model == "google/gemini-2.5-flash" && record.provider == "Google")
    #expect(record.cost?.description == "1.23e-05" || record.cost?.description == "0.0000123")
    #expect(record.promptTokens == 12 && record.completionTokens == 21)
  }

  @Test func whatIsNotWrittenDownYetIsNil() async throws {
    let transport = FakeTransport(
      status: 404, body: "{\"error\":{\"code\":404,\"message\":\"Generation not found\"}}")
    let source = try endpoint(.openrouter, transport) as? any GenerationSource
    #expect(try await source?.generation("gen-1") == nil)
    let broken = try endpoint(.openrouter, FakeTransport(status: 500, body: "")) as? any GenerationSource
    await #expect(throws: EndpointFailure.self) { try await broken?.generation("gen-1") }
  }

  @Test func otherServersTellNothingOfAccountsAndAnswers() async throws {
    let endpoint = try endpoint(.openai, FakeTransport(body: "{}"))
    await #expect(throws: EndpointFailure.self) { try await (endpoint as? any AccountSource)?.account() }
    await #expect(throws: EndpointFailure.self) {
      try await (endpoint as? any GenerationSource)?.generation("x")
    }
  }
}

extension CatalogueModel {
  /// For a golden: what is known.
  fileprivate var rendered: String {
    let fields: [(String, String?)] = [
      ("name", name), ("aliases", aliases.isEmpty ? nil : aliases.joined(separator: ", ")),
      ("context", contextLength.map(String.init)), ("completion", maxCompletionTokens.map(String.init)),
      ("inputs", inputs?.joined(separator: ", ")), ("outputs", outputs?.joined(separator: ", ")),
      ("parameters", parameters?.joined(separator: ", ")),
      ("price of the prompt", prices.prompt?.description),
      ("price of the completion", prices.completion?.description),
      ("price of a request", prices.request?.description), ("price of a picture", prices.image?.description),
      ("until", expiration),
    ]
    return "\(id)\n" + fields.compactMap { name, value in value.map { "  \(name): \($0)\n" } }.joined()
  }
}
