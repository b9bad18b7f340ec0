import WeirEndpoint

/// Decides what the mock answers: which endpoint is asked, what goes wrong, and what it says.
struct MockService: HTTPService {
  private let player: TapePlayer?
  private let faults: [Fault]
  /// The forms that no model here takes.
  private let refused: Set<AnswerForm>
  /// Seconds since 1970.
  private let now: @Sendable () -> Int
  private var requests = 0

  init(tape: Tape?, faults: [Fault], refusing: Set<AnswerForm> = [], now: @escaping @Sendable () -> Int) {
    player = tape.map(TapePlayer.init)
    self.faults = faults
    refused = refusing
    self.now = now
  }

  mutating func answer(_ request: HTTPServerRequest) -> HTTPServerAnswer {
    let route = MockRoute(request.path)
    requests += 1
    guard requests <= faults.count else { return regular(request, route, from: player) }
    // Without the tape: the answer that a fault takes the place of is still to be played.
    let answer = regular(request, route, from: nil)
    return play(faults[requests - 1], instead: answer, in: route.dialect)
  }

  private func regular(
    _ request: HTTPServerRequest, _ route: MockRoute, from player: TapePlayer?
  ) -> HTTPServerAnswer {
    do throws(MockRefusal) {
      return try serve(request, route, from: player)
    } catch {
      return HTTPServerAnswer(delivery: .reply(error.reply), note: "error: \(error.message)")
    }
  }

  private func serve(
    _ request: HTTPServerRequest, _ route: MockRoute, from player: TapePlayer?
  ) throws(MockRefusal) -> HTTPServerAnswer {
    let dialect = route.dialect
    if case .unknown = route.resource {
      throw dialect.failure(404, "Path \(request.path) not found")
    }
    let allowed = route.resource.methods
    guard allowed.contains(request.method) else {
      var refusal = dialect.failure(405, "\(request.path) takes \(allowed.joined(separator: " and "))")
      refusal.reply.fields.append("allow", allowed.joined(separator: ", "))
      throw refusal
    }
    if !route.resource.isPublic, let problem = dialect.keyProblem(request.fields) {
      throw dialect.failure(401, problem)
    }
    switch route.resource {
    case .models(let reply): return HTTPServerAnswer(delivery: .reply(reply), note: "models")
    case .stream: throw dialect.failure(400, FalMock.noStreams)
    case .completion, .unknown: break
    }
    var question = try dialect.question(request.body)
    if let refusal = dialect.refusal(of: question, taking: refused) { throw refusal }
    question.drop(refused)
    let entry = player?.next(for: question.tapeQuestion)
    let answer = MockAnswer(playing: entry, to: question, number: requests, time: now())
    let note = question.note + (entry == nil ? "" : " tape")
    return HTTPServerAnswer(delivery: .reply(dialect.reply(answer, to: question)), note: note)
  }

  /// What is logged is what was asked, so that a test sees each attempt.
  private func play(
    _ fault: Fault, instead regular: HTTPServerAnswer, in dialect: any MockDialect
  ) -> HTTPServerAnswer {
    var answer = regular
    answer.note += (answer.note.isEmpty ? "" : " ") + "fault"
    switch fault {
    case .hang: answer.delivery = .hang
    case .reset: answer.delivery = .reset
    case .cut: if case .reply(let reply) = regular.delivery { answer.delivery = .cut(reply) }
    case .html502: answer.delivery = .reply(Self.proxyPage)
    case .empty200: answer.delivery = .reply(HTTPServerReply(200, ["content-type": "application/json"]))
    case .error200:
      answer.delivery = .reply(dialect.failureInSuccess("a fault of the mock: the provider failed"))
    case .status(let status, let fields, let body):
      var reply = dialect.failure(status, "a fault of the mock: \(status)").reply
      for field in fields { reply.fields.append(field.name.lowercased(), field.value) }
      if let body { reply.body = Array(body.utf8) }
      answer.delivery = .reply(reply)
    }
    return answer
  }

  private static let proxyPage = HTTPServerReply(
    502, ["content-type": "text/html"],
    body: Array(
      """
      <html>\r
      <head><title>502 Bad Gateway</title></head>\r
      <body>\r
      <center><h1>502 Bad Gateway</h1></center>\r
      <hr><center>nginx</center>\r
      </body>\r
      </html>\r

      """.utf8))
}

/// What a path leads to, and in whose words it answers.
struct MockRoute {
  let resource: Resource
  let dialect: any MockDialect

  enum Resource {
    case completion
    /// Where a vendor streams. Known, so that it can be said that this is not.
    case stream
    case models(HTTPServerReply)
    case unknown

    var methods: [String] {
      if case .models = self { ["GET", "HEAD"] } else { ["POST"] }
    }

    /// Catalogues are shown to everybody, as OpenRouter and servers at home do.
    var isPublic: Bool {
      if case .models = self { true } else { false }
    }
  }

  init(_ path: String) {
    let openRouter = ChatMock(vendor: .openRouter)
    let openAI = ChatMock(vendor: .openAI)
    switch path {
    case "/openrouter/router", "/openrouter/router/enterprise":
      self.init(.completion, FalMock(isVision: false))
    case "/openrouter/router/vision", "/openrouter/router/vision/enterprise":
      self.init(.completion, FalMock(isVision: true))
    case "/openrouter/router/stream", "/openrouter/router/vision/stream":
      self.init(.stream, FalMock(isVision: false))
    case "/api/v1/chat/completions": self.init(.completion, openRouter)
    case "/v1/chat/completions": self.init(.completion, openAI)
    case "/api/v1/models": self.init(.models(OpenRouterShape.models), openRouter)
    case "/v1/models": self.init(.models(OpenAIShape.models), openAI)
    default:
      if path.hasPrefix("/api/v1/") {
        self.init(.unknown, openRouter)
      } else if path.hasPrefix("/v1/") {
        self.init(.unknown, openAI)
      } else {
        self.init(.unknown, FalMock(isVision: false))
      }
    }
  }

  private init(_ resource: Resource, _ dialect: any MockDialect) {
    self.resource = resource
    self.dialect = dialect
  }
}
