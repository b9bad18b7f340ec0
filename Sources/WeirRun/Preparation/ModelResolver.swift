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
}
