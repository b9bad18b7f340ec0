import WeirDiagnostics
import WeirEndpoint
import WeirProgram
import WeirProviders
import WeirRun
import WeirValues

/// The endpoints that a run may ask, by the names that stand before the `:` of a model: those that
/// are built in, and those of the flow, which win.
struct Providers {
  let names: Set<String>
  /// Whom a model without a provider's name belongs to.
  let defaultName: String

  private let own: [String: Provider]
  private let environment: CommandEnvironment

  private static let builtIn: [String: ProviderKind] = [
    "fal": .fal, "fal-any-llm": .falAnyLLM, "fal-openai": .falOpenAI, "openrouter": .openrouter,
  ]

  /// `chosen` is what `--provider` names.
  init(of program: Program, chosen: String?, _ environment: CommandEnvironment) throws(UsageError) {
    own = Dictionary(program.providers.map { ($0.name, $0) }) { first, _ in first }
    names = Set(own.keys).union(Self.builtIn.keys)
    self.environment = environment
    if let chosen, !names.contains(chosen) {
      throw UsageError(
        "there is no provider `\(chosen)`",
        help: names.sorted().nearest(to: chosen).map { "did you mean `\($0)`?" }
          ?? "there are \(names.sorted().map { "`\($0)`" }.joined(separator: ", "))")
    }
    let hasFalKey = !(environment.variables[ProviderKind.fal.usualKeyName] ?? "").isEmpty
    defaultName = chosen ?? program.providers.first?.name ?? (hasFalKey ? "fal" : "openrouter")
  }

  /// Tells the names of models and providers apart.
  var resolver: ModelResolver { ModelResolver(providers: names, defaultProvider: defaultName) }

  /// What `--model` names.
  func model(given text: String?) throws(UsageError) -> String? {
    if let text, text.allSatisfy(\.isWhitespace) {
      throw UsageError(
        "`--model` needs the name of a model", help: "leave it away to ask those that the flow names")
    }
    if let text, let unknown = resolver.unknownProvider(in: text) {
      throw UsageError(unknown.message, help: unknown.help)
    }
    return text
  }

  /// The endpoints of those that are used, over one transport. A key that is missing is told here,
  /// before anything is asked.
  func endpoints(
    _ used: Set<String>, of prepared: PreparedRun, _ secrets: @Sendable (SecretSource) -> Secret?,
    over transport: any Transport,
    wrap: (ProviderSettings, any Endpoint) throws(UsageError) -> any Endpoint
  ) throws(UsageError) -> [String: any Endpoint] {
    guard !used.isEmpty else { return [:] }
    var settings: [ProviderSettings] = []
    for name in used.sorted() { settings.append(try self.settings(of: name, prepared, secrets)) }
    var endpoints: [String: any Endpoint] = [:]
    for settings in settings {
      let endpoint = try wrap(settings, try settings.endpoint(over: transport))
      endpoints[settings.name] =
        own[settings.name] == nil
        ? BuiltInEndpoint(endpoint: endpoint, variable: environment.replacingVariable(of: settings.kind))
        : endpoint
    }
    return endpoints
  }

  func settings(
    of name: String, _ prepared: PreparedRun, _ secrets: (SecretSource) -> Secret?
  ) throws(UsageError) -> ProviderSettings {
    let provider = own[name]
    let kind = kind(of: name)
    var key: (secret: Secret?, name: String?)
    if let expression = provider?.key {
      key = try self.key(value(of: expression, name, prepared), of: name, secrets)
    } else {
      let usual = kind == .openai ? nil : kind.usualKeyName
      key = (try usual.map { variable throws(UsageError) in try self.key(variable, of: name) }, usual)
    }
    var headers: [HTTPHeader] = []
    for header in provider?.headers ?? [] {
      headers.append(try self.header(header.name, value(of: header.value, name, prepared), of: name, secrets))
    }
    return ProviderSettings(
      name: name, kind: kind, url: provider?.url ?? environment.replacedAddress(of: kind), key: key.secret,
      keyName: key.name, headers: headers, concurrency: provider?.concurrency)
  }

  private func value(
    of expression: Expression, _ name: String, _ prepared: PreparedRun
  ) throws(UsageError) -> Value {
    do {
      return try prepared.value(of: expression)
    } catch {
      throw UsageError("the provider `\(name)` cannot be used: \(error.message)", exitCode: .invalid)
    }
  }

  private func key(
    _ value: Value, of name: String, _ secrets: (SecretSource) -> Secret?
  ) throws(UsageError) -> (Secret?, String?) {
    switch value.secret {
    case .environment(let variable): return (try key(variable, of: name), variable)
    case .input(let input): return (try secret(.input(input), of: name, secrets), input)
    case nil: return (value.string.map { Secret($0) }, nil)
    }
  }

  private func header(
    _ title: String, _ value: Value, of name: String, _ secrets: (SecretSource) -> Secret?
  ) throws(UsageError) -> HTTPHeader {
    guard let source = value.secret else { return HTTPHeader(title, value.string ?? "") }
    return HTTPHeader(title, "", secret: try secret(source, of: name, secrets))
  }

  private func secret(
    _ source: SecretSource, of name: String, _ secrets: (SecretSource) -> Secret?
  ) throws(UsageError) -> Secret {
    if let secret = secrets(source) { return secret }
    let (words, help) =
      switch source {
      case .environment(let variable): ("\(variable) is not set", "`export \(variable)=…`")
      case .input(let input): ("the secret `\(input)` was not given", "give it for this run")
      }
    throw UsageError("the provider `\(name)` needs a secret, and \(words)", help: help, exitCode: .invalid)
  }

  private func key(_ variable: String, of name: String) throws(UsageError) -> Secret {
    guard let text = environment.variables[variable], !text.isEmpty else {
      throw UsageError(
        "the provider `\(name)` needs a key, and \(variable) is not set",
        help: "`export \(variable)=…`, or try the flow without a key: `weir run --offline …`",
        exitCode: .invalid)
    }
    return Secret(text)
  }

  // MARK: For flows that are only checked

  /// Endpoints by their names that are asked what they object to, and nothing else: they have no key. Where it
  /// is up to the run whom it asks, what all of the usual ones refuse is refused.
  var judges: [String: any Endpoint] {
    var judges: [String: any Endpoint] = [:]
    for name in names {
      judges[name] = try? kind(of: name).endpoint(
        at: own[name]?.url ?? environment.replacedAddress(of: kind(of: name)), key: nil, over: NoTransport())
    }
    judges[Self.undecided] = AnyOf(endpoints: ["fal", "openrouter"].compactMap { judges[$0] })
    return judges
  }

  /// Whom a model without a provider's name belongs to by the flow alone.
  var nameByFlow: String { own.isEmpty ? Self.undecided : defaultName }

  /// Stands in messages in the place of a name.
  private static let undecided = "fal or openrouter"

  /// What catalogues at hand say of the models, by the names of the providers.
  func knownModels(of used: some Sequence<String>) -> [String: KnownModels] {
    let catalogues = Catalogues(environment)
    var known: [String: KnownModels] = [:]
    for name in used {
      let kind = kind(of: name)
      known[name] = catalogues.models(of: kind, at: own[name]?.url ?? environment.replacedAddress(of: kind))
    }
    return known
  }

  private func kind(of name: String) -> ProviderKind {
    own[name].map { ProviderKind($0.kind) } ?? Self.builtIn[name] ?? .openrouter
  }
}

/// A provider as a run asks it.
struct ProviderSettings {
  let name: String
  let kind: ProviderKind
  let url: String?
  let key: Secret?
  let keyName: String?
  let headers: [HTTPHeader]
  /// How many requests may be under way to it, where the flow says so.
  let concurrency: Int?

  func endpoint(over transport: any Transport) throws(UsageError) -> any Endpoint {
    do {
      return try kind.endpoint(at: url, key: key, keyName: keyName, headers: headers, over: transport)
    } catch {
      throw UsageError("the provider `\(name)` cannot be used: \(error.message)", help: error.advice)
    }
  }
}

/// An endpoint that no flow declares: nobody is advised to look at the `url` or `kind` of what has none.
private struct BuiltInEndpoint: WrappingEndpoint {
  let endpoint: any Endpoint
  /// What has put another server into the vendor's place.
  let variable: String?

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    do {
      return try await endpoint.send(request)
    } catch {
      var failure = error.ofBuiltIn
      if error.isAboutDeclaration, let variable { failure.advice = "check `\(variable)`" }
      throw failure
    }
  }
}

extension CommandEnvironment {
  /// For proxies and tests: another server that speaks as the vendor's does.
  func replacedAddress(of kind: ProviderKind) -> String? {
    replacingVariable(of: kind).flatMap { variables[$0] }
  }

  /// The variable that says so; nil where none does.
  func replacingVariable(of kind: ProviderKind) -> String? {
    let name: String? =
      switch kind {
      case .fal, .falAnyLLM, .falOpenAI: "WEIR_FAL_URL"
      case .openrouter: "WEIR_OPENROUTER_URL"
      case .openai: nil
      }
    return name.flatMap { variables[$0] == nil ? nil : $0 }
  }
}

extension ProviderKind {
  /// Whether requests can wait in a queue that outlasts the run.
  var hasQueue: Bool {
    switch self {
    case .fal, .falAnyLLM: true
    case .falOpenAI, .openrouter, .openai: false
    }
  }
}

extension ProviderKind {
  fileprivate init(_ kind: Provider.Kind) {
    switch kind {
    case .openai: self = .openai
    case .openrouter: self = .openrouter
    case .fal: self = .fal
    case .falAnyLLM: self = .falAnyLLM
    case .falOpenAI: self = .falOpenAI
    }
  }
}

/// One of several endpoints, it is not known which.
private struct AnyOf: Endpoint {
  let endpoints: [any Endpoint]

  func objection(to request: EndpointRequest) -> EndpointFailure? {
    let objections = endpoints.compactMap { $0.objection(to: request) }
    guard objections.count == endpoints.count, let first = objections.first else { return nil }
    guard objections.contains(where: { $0.message != first.message }) else { return first }
    // What helps with one is refused by another.
    var all = EndpointFailure(first.kind, objections.map(\.message).joined(separator: "; "))
    if let setting = first.refusedSetting { all = all.refusing(setting) }
    return all
  }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    throw EndpointFailure(.unsupported, "nobody is asked").ofUnsent
  }
}

/// Where nobody is asked.
private struct NoTransport: Transport {
  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    throw EndpointFailure(.unsupported, "nobody is asked").ofUnsent
  }
}
