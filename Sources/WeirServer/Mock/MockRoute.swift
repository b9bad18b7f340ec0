/// What a path leads to, and in whose words it answers.
struct MockRoute {
  let resource: Resource
  let dialect: any MockDialect

  enum Resource {
    case completion
    /// Where fal streams.
    case stream
    /// The queue of an endpoint, and where its jobs are asked for.
    case submit(root: String)
    case job(FalQueue.Address)
    case storage(FalStorage.Resource)
    case models(HTTPServerReply)
    case account(Account)
    case unknown

    var methods: [String] {
      switch self {
      case .completion, .stream, .submit, .unknown: ["POST"]
      case .job(let address): address.action.methods
      case .storage(let resource): resource.methods
      case .models, .account: ["GET", "HEAD"]
      }
    }

    /// Catalogues are shown to everybody, as OpenRouter and servers at home do; files by their addresses.
    var needsKey: Bool {
      switch self {
      case .models: false
      case .storage(let resource): resource.needsKey
      case .completion, .stream, .submit, .job, .account, .unknown: true
      }
    }

    /// Whether a model is asked.
    var isQuestion: Bool {
      switch self {
      case .completion, .stream, .submit: true
      case .job, .storage, .models, .account, .unknown: false
      }
    }
  }

  /// What OpenRouter tells of a key.
  enum Account {
    case key, credits, generation
  }

  init(_ path: String) {
    if let resource = FalStorage.Resource(path) {
      self.init(.storage(resource), FalMock(kind: .router))
    } else if path.hasPrefix("/queue/") {
      self.init(queue: path.dropFirst("/queue/".count))
    } else if let endpoint = Self.openRouter(path) {
      self = endpoint
    } else if path.hasSuffix("/stream"), let dialect = Self.fal(path.dropLast("/stream".count)) as? FalMock {
      self.init(.stream, dialect)
    } else if let dialect = Self.fal(path[...]) {
      self.init(.completion, dialect)
    } else {
      self.init(.unknown, FalMock(kind: .router))
    }
  }

  private init(_ resource: Resource, _ dialect: any MockDialect) {
    self.resource = resource
    self.dialect = dialect
  }

  private init(queue path: Substring) {
    if let address = FalQueue.Address(path) {
      self.init(.job(address), FalMock(kind: .router))
    } else if let dialect = Self.fal("/" + path) {
      self.init(.submit(root: FalQueue.root(of: path)), dialect)
    } else {
      self.init(.unknown, FalMock(kind: .router))
    }
  }

  /// The endpoints of fal, the same directly and through the queue.
  private static func fal(_ path: Substring) -> (any MockDialect)? {
    let endpoint = path.hasSuffix("/enterprise") ? path.dropLast("/enterprise".count) : path
    switch endpoint {
    case "/openrouter/router": return FalMock(kind: .router)
    case "/openrouter/router/vision": return FalMock(kind: .vision)
    case "/openrouter/router/audio": return FalMock(kind: .audio)
    case "/openrouter/router/video": return FalMock(kind: .video)
    case "/fal-ai/any-llm": return FalMock(kind: .anyLLM)
    case "/fal-ai/any-llm/vision": return FalMock(kind: .anyLLMVision)
    case "/openrouter/router/openai/v1/chat/completions": return ChatMock(vendor: .fal)
    default: return nil
    }
  }

  private static func openRouter(_ path: String) -> MockRoute? {
    let openRouter = ChatMock(vendor: .openRouter)
    let openAI = ChatMock(vendor: .openAI)
    switch path {
    case "/api/v1/chat/completions": return MockRoute(.completion, openRouter)
    case "/v1/chat/completions": return MockRoute(.completion, openAI)
    case "/api/v1/models": return MockRoute(.models(OpenRouterCatalogue.models), openRouter)
    case "/v1/models": return MockRoute(.models(OpenAIShape.models), openAI)
    case "/api/v1/key", "/api/v1/auth/key": return MockRoute(.account(.key), openRouter)
    case "/api/v1/credits": return MockRoute(.account(.credits), openRouter)
    case "/api/v1/generation": return MockRoute(.account(.generation), openRouter)
    default:
      if path.hasPrefix("/api/v1/") { return MockRoute(.unknown, openRouter) }
      return path.hasPrefix("/v1/") ? MockRoute(.unknown, openAI) : nil
    }
  }
}
