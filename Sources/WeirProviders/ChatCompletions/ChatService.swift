import WeirEndpoint

/// In what a server differs from the others that speak the same protocol.
package struct ChatService: Sendable, Hashable {
  /// What `/chat/completions` comes after.
  package var address: WebAddress
  /// What the key is called where it is set.
  package var keyName: String
  /// OpenRouter has words of its own for reasoning and for what its providers must be able to do.
  package var isOpenRouter: Bool

  package static func openRouter(at address: WebAddress, keyName: String = "OPENROUTER_API_KEY")
    -> ChatService
  {
    ChatService(address: address, keyName: keyName, isOpenRouter: true)
  }

  package static func openAI(at address: WebAddress, keyName: String = "OPENAI_API_KEY") -> ChatService {
    ChatService(address: address, keyName: keyName, isOpenRouter: false)
  }

  /// OpenAI itself no longer takes `max_tokens` for its newer models; the local servers know nothing else.
  var wordForMaxTokens: String { address.host == "api.openai.com" ? "max_completion_tokens" : "max_tokens" }

  /// What a strict schema cannot say here. OpenRouter's providers have only the types in common; OpenAI
  /// itself takes all bounds but lengths; the servers at home take whatever their grammars can say.
  var boundsToldInWords: Set<String> {
    if isOpenRouter { return AnswerSchema.bounds }
    return address.host == "api.openai.com" ? AnswerSchema.lengths : []
  }

  /// fal speaks this protocol as well, below its own kind of key.
  var keyPrefix: String { address.host == "fal.run" ? "Key " : "Bearer " }

  var words: ServiceWords {
    let billing: String? =
      if isOpenRouter { "openrouter.ai/settings/credits" } else if address.host == "api.openai.com" {
        "platform.openai.com/settings/organization/billing"
      } else { nil }
    return ServiceWords(site: address.site, keyName: keyName, billing: billing)
  }
}
