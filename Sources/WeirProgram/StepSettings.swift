/// The settings of a step, by the words of the language.
package enum StepSetting: String, Sendable, CaseIterable {
  case prompt, system, model, temperature
  case topP = "top_p"
  case maxTokens = "max_tokens"
  case seed, stop, reasoning, timeout, retries, options, examples, repairs, otherwise, cache, routing
  /// Are kept as `StepSettings.tools`.
  case tools
  case rounds, via, webhook
  case uploadOver = "upload_over"
  case detail
  /// Is kept as `Step.continued`.
  case `continue`
}

/// What is said about one request. All but `prompt`, `system`, the examples and `otherwise` is known before
/// the first one.
package struct StepSettings: Sendable {
  // Nearly every step has these two: they lie in the settings themselves.
  private var givenPrompt: Expression?
  private var givenModel: Expression?
  /// The others, in the order in which they were set. A step has few, and no room for those that it has not.
  private var given: [Given] = []
  /// None or one: few steps have any of it, and the others are smaller for it.
  var rest: [Rest] = []

  struct Rest: Sendable {
    var examples: [Example] = []
    var tools: [OfferedTool] = []
    var meta: ValueID?
    var continued: ValueID?
    var ensures: [Step.Ensure] = []
  }

  private struct Given: Sendable {
    var value: Expression
    let setting: StepSetting
  }

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

  /// Room for so many, a prompt and a model among them.
  package init(_ count: Int = 0) { given.reserveCapacity(max(0, count - 2)) }

  package init(prompt: Expression) { givenPrompt = prompt }

  package subscript(setting: StepSetting) -> Expression? {
    get {
      switch setting {
      case .prompt: givenPrompt
      case .model: givenModel
      default: place(of: setting).map { given[$0].value }
      }
    }
    set {
      switch setting {
      case .prompt: givenPrompt = newValue
      case .model: givenModel = newValue
      default: set(setting, newValue)
      }
    }
  }

  private mutating func set(_ setting: StepSetting, _ value: Expression?) {
    switch (place(of: setting), value) {
    case (let place?, let value?): given[place].value = value
    case (let place?, nil): given.remove(at: place)
    case (nil, let value?): given.append(Given(value: value, setting: setting))
    case (nil, nil): break
    }
  }

  package func has(_ setting: StepSetting) -> Bool {
    switch setting {
    case .prompt: givenPrompt != nil
    case .model: givenModel != nil
    default: place(of: setting) != nil
    }
  }

  package var count: Int { given.count + (givenPrompt == nil ? 0 : 1) + (givenModel == nil ? 0 : 1) }

  /// Turns that stand before the prompt, where they are written out.
  package var examples: [Example] {
    get { rest.first?.examples ?? [] }
    _modify {
      if rest.isEmpty { rest.append(Rest()) }
      yield &rest[0].examples
    }
  }

  /// What the model may call.
  package var tools: [OfferedTool] {
    get { rest.first?.tools ?? [] }
    _modify {
      if rest.isEmpty { rest.append(Rest()) }
      yield &rest[0].tools
    }
  }

  /// What is not set here is as it is there.
  package mutating func fill(from others: StepSettings) {
    if !rest.isEmpty || !others.rest.isEmpty {
      if !has(.examples) { examples = others.examples }
      if !has(.tools) { tools = others.tools }
    }
    if givenPrompt == nil { givenPrompt = others.givenPrompt }
    if givenModel == nil { givenModel = others.givenModel }
    for other in others.given where !has(other.setting) { given.append(other) }
  }

  private func place(of setting: StepSetting) -> Int? {
    given.indices.first { given[$0].setting == setting }
  }

  /// Those that are known before the first request.
  package var early: [Expression] { Self.early.compactMap { self[$0] } }

  package var all: [Expression] {
    [.prompt, .system, .otherwise, .examples].compactMap { self[$0] } + early
      + examples.flatMap { [$0.ask, $0.answer] }
  }

  private static let early: [StepSetting] = [
    .model, .temperature, .topP, .maxTokens, .seed, .stop, .reasoning, .timeout, .retries, .options, .repairs,
    .cache, .routing, .rounds, .via, .webhook, .uploadOver, .detail,
  ]
}

/// The settings by their names.
extension StepSettings {
  /// Every step of a program has one.
  package var prompt: Expression {
    get {
      guard let prompt = self[.prompt] else { preconditionFailure("a step was made without a prompt") }
      return prompt
    }
    set { self[.prompt] = newValue }
  }

  package var system: Expression? {
    get { self[.system] }
    set { self[.system] = newValue }
  }

  /// A string, or a list of strings that are tried in order.
  package var model: Expression? {
    get { self[.model] }
    set { self[.model] = newValue }
  }

  package var temperature: Expression? {
    get { self[.temperature] }
    set { self[.temperature] = newValue }
  }

  package var topP: Expression? {
    get { self[.topP] }
    set { self[.topP] = newValue }
  }

  package var maxTokens: Expression? {
    get { self[.maxTokens] }
    set { self[.maxTokens] = newValue }
  }

  package var seed: Expression? {
    get { self[.seed] }
    set { self[.seed] = newValue }
  }

  package var stop: Expression? {
    get { self[.stop] }
    set { self[.stop] = newValue }
  }

  package var reasoning: Expression? {
    get { self[.reasoning] }
    set { self[.reasoning] = newValue }
  }

  /// Seconds.
  package var timeout: Expression? {
    get { self[.timeout] }
    set { self[.timeout] = newValue }
  }

  package var retries: Expression? {
    get { self[.retries] }
    set { self[.retries] = newValue }
  }

  package var options: Expression? {
    get { self[.options] }
    set { self[.options] = newValue }
  }

  /// Turns that stand before the prompt, as a value: a list of records with `ask` and `answer`.
  package var exampleList: Expression? {
    get { self[.examples] }
    set { self[.examples] = newValue }
  }

  /// How often an answer that does not fit is sent back.
  package var repairs: Expression? {
    get { self[.repairs] }
    set { self[.repairs] = newValue }
  }

  /// A value of the step's type, or null, to go on with when the step has failed for good.
  package var otherwise: Expression? {
    get { self[.otherwise] }
    set { self[.otherwise] = newValue }
  }

  package var cache: Expression? {
    get { self[.cache] }
    set { self[.cache] = newValue }
  }

  /// A record: the provider preferences of OpenRouter.
  package var routing: Expression? {
    get { self[.routing] }
    set { self[.routing] = newValue }
  }

  /// How often the model may call before it has to answer.
  package var rounds: Expression? {
    get { self[.rounds] }
    set { self[.rounds] = newValue }
  }

  /// `"sync"`, `"queue"` or `"stream"`.
  package var via: Expression? {
    get { self[.via] }
    set { self[.via] = newValue }
  }

  /// The address that a queue sends the answer to as well.
  package var webhook: Expression? {
    get { self[.webhook] }
    set { self[.webhook] = newValue }
  }

  /// Bytes.
  package var uploadOver: Expression? {
    get { self[.uploadOver] }
    set { self[.uploadOver] = newValue }
  }

  /// `"auto"`, `"low"` or `"high"`: how closely pictures are looked at.
  package var detail: Expression? {
    get { self[.detail] }
    set { self[.detail] = newValue }
  }
}
