package import WeirDiagnostics

/// One model to ask, and where.
package struct ModelChoice: Sendable, Hashable {
  /// The name of a provider that the run knows.
  package let provider: String
  /// As that provider knows it.
  package let model: String

  package init(provider: String, model: String) {
    self.provider = provider
    self.model = model
  }
}

/// Tells provider and model apart: `"local:llama3"` where a provider is called `local`, else the
/// whole text is a model of the default provider, as in `"deepseek/deepseek-r1:free"`.
package struct ModelResolver: Sendable {
  private let providers: Set<String>
  private let defaultProvider: String

  package init(providers: Set<String>, defaultProvider: String) {
    self.providers = providers
    self.defaultProvider = defaultProvider
  }

  /// Nil where no model is named.
  package func choice(for text: String) -> ModelChoice? {
    if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), providers.contains(String(text[..<colon])) {
      let model = String(text[text.index(after: colon)...])
      return model.isEmpty ? nil : ModelChoice(provider: String(text[..<colon]), model: model)
    }
    return text.isEmpty ? nil : ModelChoice(provider: defaultProvider, model: text)
  }

  /// The provider that a name was surely meant to be of, and that there is none of: what stands before its
  /// first `:` is nearly the name of one, or what others call theirs. Names of models may have a colon
  /// themselves, such as `llama3:8b`: any other word is a part of one.
  package func unknownProvider(in text: String) -> UnknownProvider? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let word = String(text[..<colon])
    guard !word.isEmpty, !word.utf8.contains(UInt8(ascii: "/")), !providers.contains(word) else { return nil }
    let guess = providers.sorted().guess(for: word)
    guard guess != nil || Self.usualNames.contains(word.lowercased()) else { return nil }
    return UnknownProvider(name: word, guess: guess)
  }

  /// What no model is called, and many call the provider that they declare.
  private static let usualNames: Set<String> = [
    "anthropic", "azure", "groq", "lmstudio", "ollama", "openai", "vllm",
  ]
}

/// A word before the `:` of a model that no provider is called.
package struct UnknownProvider: Sendable {
  package let name: String
  /// The provider that was most likely meant.
  package let guess: Guess?

  package var message: String { "there is no provider `\(name)`" }

  package var help: String {
    guess?.question
      ?? "declare it with `provider \(name) { … }`, or ask one that is built in, such as `openrouter:…`"
  }
}
