import Synchronization
import Testing
import WeirEndpoint
import WeirValues

@Suite(.timeLimit(.minutes(1))) struct StrongestFormTests {
  /// Refuses as it is told, and keeps in which form it was asked.
  private final class Server: Endpoint {
    private let judge: @Sendable (EndpointRequest) async -> EndpointFailure?
    private let asked = Mutex<[AnswerForm]>([])

    init(_ judge: @escaping @Sendable (EndpointRequest) async -> EndpointFailure?) { self.judge = judge }

    var forms: [AnswerForm] { asked.withLock { $0 } }
    func count(_ form: AnswerForm) -> Int { forms.count { $0 == form } }

    func answerForms(for request: EndpointRequest) -> [AnswerForm] { AnswerForm.allCases }

    func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
      asked.withLock { $0.append(request.form) }
      await Task.yield()
      if let failure = await judge(request) { throw failure }
      return EndpointReply(text: "done")
    }
  }

  private final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ notice: FormNotice) {
      lines.withLock { $0.append("\(notice.model): \(notice.refused) to \(notice.next)") }
    }
  }

  private static func refusal(_ form: EndpointFailure.RefusedForm = .form) -> EndpointFailure {
    var failure = EndpointFailure(.invalidRequest, "not with this model")
    failure.refusedForm = form
    return failure
  }

  private static func refusing(_ forms: Set<AnswerForm>) -> Server {
    Server { forms.contains($0.form) ? refusal() : nil }
  }

  private func request(_ model: String = "m", schema: String = "s") -> EndpointRequest {
    var request = EndpointRequest(step: "a", model: model, prompt: [.text("p")])
    request.answer = AnswerSchema(
      name: schema, schema: .record(["type": .string("object")]), isStrict: true)
    return request
  }

  private static let patient: @Sendable (Duration) async throws -> Void = { _ in
    try await Task.sleep(for: .seconds(60))
  }

  @Test func anyTextIsAskedForWithoutAForm() async throws {
    let server = Self.refusing([])
    let endpoint = StrongestForm(server, sleep: Self.patient)
    var request = request()
    request.answer = nil
    #expect(try await endpoint.send(request).form == nil)
    #expect(server.forms.count == 1)
  }

  @Test(arguments: AnswerForm.allCases)
  func ofManyAtOnceOneIsRefusedInEachForm(taken: AnswerForm) async throws {
    let refused = Set(AnswerForm.allCases.prefix { $0 != taken })
    let server = Self.refusing(refused)
    let log = Log()
    let endpoint = StrongestForm(server, sleep: Self.patient, observe: log.add)
    let replies = try await withThrowingTaskGroup(of: EndpointReply.self) { group in
      for _ in 0..<64 { group.addTask { [self] in try await endpoint.send(request()) } }
      return try await group.reduce(into: [EndpointReply]()) { $0.append($1) }
    }
    #expect(replies.allSatisfy { $0.form == taken })
    for form in refused { #expect(server.count(form) == 1) }
    #expect(server.count(taken) == 64)
    #expect(replies.reduce(0) { $0 + $1.attempts } == 64 + refused.count)
    #expect(log.all.count == refused.count)
  }

  @Test func whatIsRefusedAsAFieldIsAskedForInWords() async throws {
    let server = Server { $0.form == .instructions ? nil : Self.refusal(.field) }
    let log = Log()
    let endpoint = StrongestForm(server, sleep: Self.patient, observe: log.add)
    let reply = try await endpoint.send(request())
    #expect(reply.form == .instructions)
    #expect(reply.attempts == 2)
    #expect(log.all == ["m: schema to instructions"])
  }

  @Test func eachModelIsKnownByItself() async throws {
    let server = Server { $0.model == "weak" && $0.form == .schema ? Self.refusal() : nil }
    let endpoint = StrongestForm(server, sleep: Self.patient)
    #expect(try await endpoint.send(request("weak")).form == .json)
    #expect(try await endpoint.send(request("strong")).form == .schema)
    #expect(try await endpoint.send(request("weak")).form == .json)
    #expect(server.forms == [.schema, .json, .schema, .json])
  }

  @Test(arguments: [EndpointFailure.RefusedForm.schema, .form])
  func aSchemaIsRefusedByItselfWhereTheModelTakesOthers(refusal: EndpointFailure.RefusedForm) async throws {
    let server = Server { $0.answer?.name == "odd" && $0.form == .schema ? Self.refusal(refusal) : nil }
    let endpoint = StrongestForm(server, sleep: Self.patient)
    #expect(try await endpoint.send(request()).form == .schema)
    for _ in 0..<2 { #expect(try await endpoint.send(request(schema: "odd")).form == .json) }
    #expect(try await endpoint.send(request()).form == .schema)
    #expect(server.forms == [.schema, .schema, .json, .json, .schema])
  }

  @Test func theFirstSchemaOfAModelMayBeTheOnlyOneThatItRefuses() async throws {
    let server = Server { $0.answer?.name == "odd" && $0.form == .schema ? Self.refusal(.schema) : nil }
    let endpoint = StrongestForm(server, sleep: Self.patient)
    #expect(try await endpoint.send(request(schema: "odd")).form == .json)
    #expect(try await endpoint.send(request()).form == .schema)
  }

  @Test func whoWaitsGoesOnWhenTheHeadStartIsOver() async throws {
    let (released, release) = AsyncStream.makeStream(of: Never.self)
    let isFirst = Atomic(true)
    let server = Server { _ in
      if isFirst.exchange(false, ordering: .relaxed) { for await _ in released {} }
      return nil
    }
    let waits = Mutex<[Duration]>([])
    let endpoint = StrongestForm(server, sleep: { wait in waits.withLock { $0.append(wait) } })
    async let first = endpoint.send(request())
    while server.forms.isEmpty { await Task.yield() }
    #expect(try await endpoint.send(request()).form == .schema)
    #expect(waits.withLock { $0 } == [.seconds(1)])
    release.finish()
    #expect(try await first.form == .schema)
  }

  @Test func anotherFailureTellsNothingAndTheNextGoesAhead() async throws {
    let isFirst = Atomic(true)
    let server = Server { request in
      if isFirst.exchange(false, ordering: .relaxed) { return EndpointFailure(.unavailable, "down") }
      return request.form == .schema ? Self.refusal() : nil
    }
    let endpoint = StrongestForm(server, sleep: Self.patient)
    let retry = Retry(endpoint, sleep: { _ in }, random: { 0 })
    let reply = try await retry.send(request())
    #expect(reply.form == .json)
    #expect(reply.attempts == 3)
    #expect(server.forms == [.schema, .schema, .json])
  }

  @Test func whatIsRefusedInTheWeakestFormIsAFailure() async throws {
    let server = Server { _ in Self.refusal() }
    let endpoint = StrongestForm(server, sleep: Self.patient)
    let failure = await #expect(throws: EndpointFailure.self) { try await endpoint.send(request()) }
    #expect(failure?.attempts == 3)
    #expect(server.forms == [.schema, .json, .instructions])
  }

  @Test func boundsAreToldInWordsAndReadFromThem() throws {
    let text = """
      {"type":"object","properties":{"title":{"type":"string","description":"One line","minLength":1,"maxLength":60},\
      "tags":{"type":"array","items":{"type":"string","pattern":"^[a-z]+$"},"minItems":1,"maxItems":3},\
      "score":{"anyOf":[{"type":"integer","minimum":1,"maximum":10},{"type":"null"}]}},\
      "required":["title","tags","score"],"additionalProperties":false,\
      "$defs":{"T":{"type":"number","exclusiveMinimum":0}}}
      """
    let schema = try Value(json: text)
    let answer = AnswerSchema(name: "s", schema: schema, isStrict: true)
    let told = answer.schema(tellingInWords: AnswerSchema.bounds)
    #expect(
      told.json() == """
        {"type":"object","properties":{"title":{"type":"string","description":"One line (1 to 60 characters)"},\
        "tags":{"type":"array","description":"(1 to 3 elements)","items":{"type":"string","description":\
        "(matching `^[a-z]+$`)"}},\
        "score":{"anyOf":[{"type":"integer","description":"(1 to 10)"},{"type":"null"}]}},\
        "required":["title","tags","score"],"additionalProperties":false,\
        "$defs":{"T":{"type":"number","description":"(more than 0)"}}}
        """)
    let back = AnswerSchema(name: "s", schema: told, isStrict: true).readingBoundsInWords
    #expect(back.schema["properties"]?["title"]?["maxLength"] == .int(60))
    #expect(back.schema["properties"]?["tags"]?["minItems"] == .int(1))
    #expect(back.schema["properties"]?["tags"]?["items"]?["pattern"] == .string("^[a-z]+$"))
    #expect(back.schema["$defs"]?["T"]?["exclusiveMinimum"] == .int(0))
    #expect(answer.schema(tellingInWords: []) == schema)
    #expect(
      answer.schema(tellingInWords: AnswerSchema.lengths)["properties"]?["tags"]
        == schema["properties"]?["tags"])
  }
}
