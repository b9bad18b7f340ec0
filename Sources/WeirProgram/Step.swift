package import WeirDiagnostics
package import WeirValues

/// `step name -> T { … }`: asks a model and binds its answer.
///
/// The settings are the step's own, or else those of `defaults`. A class, so that the program, its graph and
/// what is prepared for a run all refer to one.
package final class Step: Sendable {
  package let id: ValueID
  /// Where the name stands.
  package let span: Span
  package let name: String
  /// What the model must answer. The value itself may also be null where `otherwise` is.
  package let type: ValueType
  package let settings: StepSettings

  package init(
    id: ValueID, name: String, type: ValueType, span: Span, settings: StepSettings, meta: ValueID? = nil,
    continued: ValueID? = nil, ensures: [Ensure] = []
  ) {
    self.id = id
    self.name = name
    self.type = type
    self.span = span
    var settings = settings
    if meta != nil || continued != nil || !ensures.isEmpty {
      var rest = settings.rest.first ?? StepSettings.Rest()
      rest.meta = meta
      rest.continued = continued
      rest.ensures = ensures
      settings.rest = [rest]
    }
    self.settings = settings
  }

  /// `meta(step)`, where something reads it.
  package var meta: ValueID? { settings.rest.first?.meta }
  /// The earlier step whose conversation this one carries on.
  package var continued: ValueID? { settings.rest.first?.continued }
  /// Conditions on the answer beside those of its type.
  package var ensures: [Ensure] { settings.rest.first?.ensures ?? [] }

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

/// `provider name { … }`: an endpoint of the user's own.
package struct Provider: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case openai, openrouter, fal
    case falAnyLLM = "fal-any-llm"
    case falOpenAI = "fal-openai"
  }

  /// The ways in which answers come.
  package enum Delivery: String, Sendable, CaseIterable {
    case sync, queue, stream
  }

  package let name: String
  package let kind: Kind
  /// The base address; nil for the kind's own.
  package let url: String?
  /// `env("…")` or a secret input; nil for the kind's own variable, or no key at all.
  package let key: Expression?
  package let headers: [Header]
  /// For steps that say nothing of it themselves.
  package var via: Delivery?
  /// How many requests may be under way to it at once.
  package var concurrency: Int?
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
