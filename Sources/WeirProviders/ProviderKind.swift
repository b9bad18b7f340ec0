package import WeirEndpoint

/// The protocols that Weir speaks, each by the word that `kind` of a `provider` entry has for it.
package enum ProviderKind: String, Sendable, CaseIterable {
  case fal
  case falAnyLLM = "fal-any-llm"
  case falOpenAI = "fal-openai"
  case openrouter, openai

  /// Where the vendor itself is.
  package var usualAddress: String {
    switch self {
    case .fal, .falAnyLLM, .falOpenAI: "https://fal.run"
    case .openrouter: "https://openrouter.ai/api/v1"
    case .openai: "https://api.openai.com/v1"
    }
  }

  /// The environment variable that holds the vendor's key.
  package var usualKeyName: String {
    switch self {
    case .fal, .falAnyLLM, .falOpenAI: "FAL_KEY"
    case .openrouter: "OPENROUTER_API_KEY"
    case .openai: "OPENAI_API_KEY"
    }
  }

  /// The endpoint of a provider. `url` replaces the vendor's address, `keyName` is what an advice
  /// calls the key, `headers` go with every request. Throws where `url` is no http or https address.
  package func endpoint(
    at url: String? = nil, key: Secret?, keyName: String? = nil, headers: [HTTPHeader] = [],
    over transport: any Transport
  ) throws(EndpointFailure) -> any Endpoint {
    let address = try WebAddress(url ?? usualAddress)
    let keyName = keyName ?? usualKeyName
    func chat(_ service: ChatService) -> any Endpoint {
      ChatCompletionsEndpoint(service, key: key, headers: headers, over: transport)
    }
    switch self {
    case .fal:
      return FalEndpoint(at: address, key: key, keyName: keyName, headers: headers, over: transport)
    case .falAnyLLM:
      return FalEndpoint(.anyLLM, at: address, key: key, keyName: keyName, headers: headers, over: transport)
    case .falOpenAI: return chat(.falOpenAI(at: address, keyName: keyName))
    case .openrouter: return chat(.openRouter(at: address, keyName: keyName))
    case .openai: return chat(.openAI(at: address, keyName: keyName))
    }
  }

  /// What Weir knows itself of the models of an endpoint that has no catalogue; nil for all others.
  package var knownModels: [CatalogueModel]? {
    switch self {
    case .falAnyLLM: FalAnyLLM.catalogue
    case .fal, .falOpenAI, .openrouter, .openai: nil
    }
  }
}
