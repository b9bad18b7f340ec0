package import WeirDiagnostics
package import WeirValues

/// `step name -> T { … }`: asks a model and binds its answer.
///
/// The settings are the step's own, or else those of `defaults`.
package struct Step: Sendable {
  package let id: ValueID
  package let name: String
  /// What the model must answer. The value itself may also be null where `otherwise` is.
  package let type: ValueType
  /// Where the name stands.
  package let span: Span
  package let settings: StepSettings
  /// `meta(step)`, where something reads it.
  package var meta: ValueID?
  /// The earlier step whose conversation this one carries on.
  package var continued: ValueID?
  /// Conditions on the answer beside those of its type.
  package var ensures: [Ensure] = []

  package init(id: ValueID, name: String, type: ValueType, span: Span, settings: StepSettings) {
    self.id = id
    self.name = name
    self.type = type
    self.span = span
    self.settings = settings
  }

  /// `ensure condition "reason"`: `it` is local 0 of both.
  package struct Ensure: Sendable {
    package let condition: Expression
    /// What the model is told where it does not hold; nil for the condition itself.
    package let reason: Expression?
    /// The condition as the author wrote it, for messages.
    package let text: String
    package let span: Span

    package init(condition: Expression, reason: Expression?, text: String, span: Span) {
      self.condition = condition
      self.reason = reason
      self.text = text
      self.span = span
    }
  }
}

/// What is said about one request. All but `prompt`, `system`, the examples and `otherwise` is known before
/// the first one.
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
  /// Turns that stand before the prompt, where they are written out.
  package var examples: [Example] = []
  /// The turns as a value: a list of records with `ask` and `answer`.
  package var exampleList: Expression?
  /// How often an answer that does not fit is sent back.
  package var repairs: Expression?
  /// A value of the step's type, or null, to go on with when the step has failed for good.
  package var otherwise: Expression?
  package var cache: Expression?
  /// A record: the provider preferences of OpenRouter.
  package var routing: Expression?

  /// `{ask: "…", answer: …}`
  package struct Example: Sendable {
    package let ask: Expression
    /// Of the step's type.
    package let answer: Expression

    package init(ask: Expression, answer: Expression) {
      self.ask = ask
      self.answer = answer
    }
  }

  package init(prompt: Expression) { self.prompt = prompt }

  /// Those that are known before the first request.
  package var early: [Expression] {
    [
      model, temperature, topP, maxTokens, seed, stop, reasoning, timeout, retries, options, repairs, cache,
      routing,
    ].compactMap { $0 }
  }

  package var all: [Expression] {
    [prompt, system, otherwise, exampleList].compactMap { $0 } + early
      + examples.flatMap { [$0.ask, $0.answer] }
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
  /// `env("…")` or a secret input; nil for the kind's own variable, or no key at all.
  package let key: Expression?
  package let headers: [Header]
  package let span: Span

  package struct Header: Sendable {
    package let name: String
    /// A plain string or a secret.
    package let value: Expression

    package init(name: String, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  package init(
    name: String, kind: Kind, url: String?, key: Expression?, headers: [Header], span: Span
  ) {
    self.name = name
    self.kind = kind
    self.url = url
    self.key = key
    self.headers = headers
    self.span = span
  }
}
