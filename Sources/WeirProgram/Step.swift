package import WeirDiagnostics
package import WeirValues

/// `step name -> T { … }`: asks a model and binds its answer.
///
/// The settings are the step's own, or else those of `defaults`.
package struct Step: Sendable {
  package let id: ValueID
  package let name: String
  package let type: ValueType
  /// Where the name stands.
  package let span: Span
  package let settings: StepSettings

  package init(id: ValueID, name: String, type: ValueType, span: Span, settings: StepSettings) {
    self.id = id
    self.name = name
    self.type = type
    self.span = span
    self.settings = settings
  }
}

/// What is said about one request. All but `prompt` and `system` are known before the first one.
package struct StepSettings: Sendable {
  package var prompt: Expression
  package var system: Expression?
  /// A string, or a list of strings that are tried in order.
  package var model: Expression?
  package var temperature: Expression?
  package var topP: Expression?
  package var maxTokens: Expression?
  package var seed: Expression?
  package var stop: Expression?
  package var reasoning: Expression?
  /// Seconds.
  package var timeout: Expression?
  package var retries: Expression?
  package var options: Expression?

  package init(prompt: Expression) { self.prompt = prompt }

  package var all: [Expression] {
    [
      prompt, system, model, temperature, topP, maxTokens, seed, stop, reasoning, timeout, retries, options,
    ].compactMap { $0 }
  }
}

/// `provider name { … }`: an endpoint of the user's own.
package struct Provider: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case openai, openrouter, fal
  }

  package let name: String
  package let kind: Kind
  /// The base address; nil for the kind's own.
  package let url: String?
  /// The environment variable that holds the key; nil for the kind's own, or no key at all.
  package let keyVariable: String?
  package let headers: [Header]
  package let span: Span

  package struct Header: Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    name: String, kind: Kind, url: String?, keyVariable: String?, headers: [Header], span: Span
  ) {
    self.name = name
    self.kind = kind
    self.url = url
    self.keyVariable = keyVariable
    self.headers = headers
    self.span = span
  }
}
