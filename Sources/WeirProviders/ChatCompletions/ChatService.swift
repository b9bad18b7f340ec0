import WeirEndpoint

/// In what a server differs from the others that speak the same protocol.
package struct ChatService: Sendable, Hashable {
  /// What `/chat/completions` comes after.
  package var address: WebAddress
  /// What the key is called where it is set.
  package var keyName: String
  package let family: Family

  /// Whose words beyond the common protocol a server knows.
  package enum Family: Sendable, Hashable {
    case openRouter
    /// OpenRouter behind fal's own keys: its answers, and of its requests what is not about OpenRouter
    /// itself.
    case falOpenRouter
    /// OpenAI, and whoever speaks like it.
    case openAI
  }

  package static func openRouter(at address: WebAddress, keyName: String = "OPENROUTER_API_KEY")
    -> ChatService
  {
    ChatService(address: address, keyName: keyName, family: .openRouter)
  }

  package static func openAI(at address: WebAddress, keyName: String = "OPENAI_API_KEY") -> ChatService {
    ChatService(address: address, keyName: keyName, family: .openAI)
  }

  /// fal: model-apis, openrouter/router/openai. `address` is that of fal itself, or of a path that ends
  /// with the version.
  package static func falOpenAI(at address: WebAddress, keyName: String = "FAL_KEY") -> ChatService {
    let isWhole = address.path.hasSuffix("/v1") || address.path.hasSuffix("/v1/")
    let address = isWhole ? address : address.appending("/openrouter/router/openai/v1")
    return ChatService(address: address, keyName: keyName, family: .falOpenRouter)
  }

  /// OpenRouter has words of its own for reasoning and for what its providers must be able to do.
  var isOpenRouter: Bool { family == .openRouter }

  /// Whether OpenRouter is what answers in the end: its reasoning, its kinds of file, its providers.
  var leadsToOpenRouter: Bool { family != .openAI }

  /// OpenAI itself no longer takes `max_tokens` for its newer models; the local servers know nothing else.
  var wordForMaxTokens: String { address.host == "api.openai.com" ? "max_completion_tokens" : "max_tokens" }

  /// What a strict schema cannot say here. OpenRouter's providers have only the types in common; OpenAI
  /// itself takes all bounds but lengths; the servers at home take whatever their grammars can say.
  var boundsToldInWords: Set<String> {
    if leadsToOpenRouter { return AnswerSchema.bounds }
    return address.host == "api.openai.com" ? AnswerSchema.lengths : []
  }

  /// fal speaks this protocol as well, below its own kind of key.
  var keyPrefix: String { family == .falOpenRouter || address.host == "fal.run" ? "Key " : "Bearer " }

  /// The longest silence in a stream. A model may think for long, and nobody promises a sign of life: an answer
  /// that was cut for its silence would be paid for again.
  func longestSilence(within timeout: Duration) -> Duration { max(.seconds(30), timeout / 2) }

  var words: ServiceWords {
    let billing: String? =
      switch family {
      case .openRouter: "openrouter.ai/settings/credits"
      case .falOpenRouter: "fal.ai/dashboard/billing"
      case .openAI:
        address.host == "api.openai.com" ? "platform.openai.com/settings/organization/billing" : nil
      }
    return ServiceWords(site: address.site, keyName: keyName, billing: billing)
  }
}
