import WeirDiagnostics
import WeirEndpoint
import WeirProgram
import WeirValues

/// Reads the settings of a step and tells what is out of their range.
///
/// A setting that is null is as if it were not there; one that reads a name without a value is left
/// out, for what is wrong with the name was told where it stands.
struct SettingReader {
  private let evaluator: Evaluator
  private let models: ModelResolver
  /// Asked by every step, whatever the flow names.
  private let model: String?
  /// Asked by steps for which nothing names a model.
  private let standIn: String?
  private(set) var diagnostics: [Diagnostic] = []

  /// A month of seconds: enough for anything, and still exact as a duration.
  private static let longestTimeout = 2_592_000.0
  static let mostRepeats = 100

  init(
    _ evaluator: Evaluator, _ models: ModelResolver, model: String? = nil, standIn: String? = nil
  ) {
    self.evaluator = evaluator
    self.models = models
    self.model = model
    self.standIn = standIn
  }

  /// `inherited` is the model of the flow that has called this one: a string or a list of them.
  mutating func read(_ step: Step, inheriting inherited: Value? = nil) -> PreparedStep.Asking {
    let written = step.settings
    var settings = RequestSettings()
    settings.temperature = number(written.temperature, "temperature", in: 0...2)
    settings.topP = number(written.topP, "top_p", in: 0...1)
    settings.maxTokens = int(written.maxTokens, "max_tokens", from: 1)
    settings.seed = int(written.seed, "seed")
    settings.stop = stop(written.stop)
    settings.reasoning = reasoning(written.reasoning)
    settings.options = record(written.options, "options")
    settings.routing = record(written.routing, "routing")
    settings.timeout = timeout(written.timeout)
    settings.retries = int(written.retries, "retries", from: 0, to: Self.mostRepeats)
    if let repairs = int(written.repairs, "repairs", from: 0, to: Self.mostRepeats) {
      settings.repairs = repairs
    }
    if let rounds = int(written.rounds, "rounds", from: 1, to: Self.mostRepeats) { settings.rounds = rounds }
    settings.delivery = word(written.via, "via", EndpointRequest.Delivery.allCases.map(\.rawValue))
      .flatMap(EndpointRequest.Delivery.init)
    settings.webhook = address(written.webhook, "webhook")
    settings.uploadOver = int(written.uploadOver, "upload_over", from: 0)
    settings.detail = word(written.detail, "detail", ["auto", "low", "high"])
    if let cache = bool(written.cache, "cache") { settings.cache = cache }
    return PreparedStep.Asking(models: choices(step, inherited), settings: settings)
  }

  /// What is said about how a program is run: how long it may take, and how often it is started again.
  mutating func read(_ step: RunStep) -> (timeout: Duration?, retries: Int?) {
    (timeout(step.timeout), int(step.retries, "retries", from: 0, to: Self.mostRepeats))
  }

  func answer(of step: Step) -> PreparedStep.WantedAnswer {
    let program = evaluator.program
    if AnswerShape(of: step.type, program.types) == .text { return .text }
    if program.types.resolved(step.type) == .image { return .picture }
    let conditions = program.conditions(of: step.type)
    guard conditions.allSatisfy({ evaluator.knows(program[$0].expression) }) else { return .later }
    return SchemaBuilder(evaluator).schema(for: step.type, name: step.name).map { .known($0) } ?? .text
  }

  // MARK: Models

  private mutating func choices(_ step: Step, _ inherited: Value?) -> [ModelChoice] {
    if let choice = model.flatMap(models.choice) { return [choice] }
    guard let expression = step.settings.model else {
      let names = (inherited?.list ?? inherited.map { [$0] } ?? []).compactMap(\.string)
      if let unknown = names.lazy.compactMap(models.unknownProvider).first {
        diagnostics.append(.unknownProvider(unknown, at: step.span))
        return []
      }
      let choices = names.compactMap(models.choice)
      if !choices.isEmpty { return choices }
      if let choice = standIn.flatMap(models.choice) { return [choice] }
      diagnostics.append(.noModel(step))
      return []
    }
    guard let value = value(of: expression) else { return [] }
    let names = value.list ?? [value]
    if names.isEmpty { report("model", "must name at least one model, found an empty list", expression) }
    var choices: [ModelChoice] = []
    for name in names {
      if let unknown = name.string.flatMap(models.unknownProvider) {
        diagnostics.append(.unknownProvider(unknown, at: expression.part(giving: name).span))
      } else if let choice = name.string.flatMap(models.choice) {
        choices.append(choice)
      } else {
        report("model", "must name a model, found \(name.excerpt)", expression)
      }
    }
    return choices
  }

  // MARK: Numbers

  private mutating func number(
    _ expression: Expression?, _ name: String, in range: ClosedRange<Double>
  ) -> Number? {
    guard let expression, let value = value(of: expression) else { return nil }
    if let number = value.number, range.contains(number.double) { return number }
    report(
      name, "must be from \(Number(range.lowerBound)) to \(Number(range.upperBound)), found \(value.excerpt)",
      expression)
    return nil
  }

  private mutating func int(
    _ expression: Expression?, _ name: String, from least: Int = .min, to most: Int = .max
  ) -> Int? {
    guard let expression, let value = value(of: expression) else { return nil }
    if let int = value.number?.int, int >= least, int <= most { return int }
    let bound =
      most < .max ? " from \(least) to \(most)" : least > .min ? " of at least \(least)" : ""
    report(name, "must be a whole number\(bound), found \(value.excerpt)", expression)
    return nil
  }

  private mutating func bool(_ expression: Expression?, _ name: String) -> Bool? {
    guard let expression, let value = value(of: expression) else { return nil }
    if let bool = value.bool { return bool }
    report(name, "must be true or false, found \(value.excerpt)", expression)
    return nil
  }

  private mutating func timeout(_ expression: Expression?) -> Duration? {
    guard let expression, let value = value(of: expression) else { return nil }
    if let seconds = value.number?.double, seconds > 0, seconds <= Self.longestTimeout {
      return .seconds(seconds)
    }
    report(
      "timeout", "must be more than no time and at most 30 days, found \(value.excerpt) seconds", expression)
    return nil
  }

  // MARK: Others

  private mutating func stop(_ expression: Expression?) -> [String] {
    guard let expression, let value = value(of: expression) else { return [] }
    let texts = (value.list ?? [value]).compactMap(\.string)
    if texts.count == value.list?.count ?? 1, !texts.contains("") { return texts }
    report(
      "stop", "must be a string or a list of strings, none of them empty, found \(value.excerpt)", expression)
    return []
  }

  private mutating func word(_ expression: Expression?, _ name: String, _ words: [String]) -> String? {
    guard let expression, let value = value(of: expression) else { return nil }
    if let word = value.string, words.contains(word) { return word }
    let known = words.map { "\"\($0)\"" }.joined(separator: ", ")
    report(name, "must be one of \(known), found \(value.excerpt)", expression)
    return nil
  }

  private mutating func address(_ expression: Expression?, _ name: String) -> String? {
    guard let expression, let value = value(of: expression) else { return nil }
    if let text = value.string, text.beginsLikeWebAddress { return text }
    report(name, "must be an address that begins with https://, found \(value.excerpt)", expression)
    return nil
  }

  private mutating func reasoning(_ expression: Expression?) -> EndpointRequest.Reasoning? {
    guard let expression, let value = value(of: expression) else { return nil }
    if let isEnabled = value.bool { return .enabled(isEnabled) }
    if let effort = value.string, ["low", "medium", "high"].contains(effort) { return .effort(effort) }
    if let tokens = value.number?.int, tokens > 0 { return .tokens(tokens) }
    report(
      "reasoning",
      "must be true, false, \"low\", \"medium\", \"high\" or a number of tokens, found \(value.excerpt)",
      expression)
    return nil
  }

  private mutating func record(_ expression: Expression?, _ name: String) -> Record {
    guard let expression, let value = value(of: expression) else { return [:] }
    if let record = value.record { return record }
    report(name, "must be a record, found \(value.excerpt)", expression)
    return [:]
  }

  private mutating func value(of expression: Expression) -> Value? {
    guard evaluator.knows(expression) else { return nil }
    do {
      let value = try evaluator.evaluate(expression)
      return value.isNull ? nil : value
    } catch {
      diagnostics.append(.evaluationFailed(error))
      return nil
    }
  }

  private mutating func report(_ name: String, _ words: String, _ expression: Expression) {
    diagnostics.append(Diagnostic(.settingOutOfRange, "`\(name)` \(words)", at: expression.span))
  }
}
