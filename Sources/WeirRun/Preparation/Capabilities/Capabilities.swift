package import WeirDiagnostics
package import WeirEndpoint
package import WeirProgram
import WeirValues

extension PreparedRun {
  /// What the models of the steps cannot do of what is asked of them, by what catalogues say; by the names
  /// of the providers. `now` is in seconds since 1970. Where there is no catalogue nothing is said.
  package func shortcomings(by catalogues: [String: KnownModels], at now: Int) -> [Diagnostic] {
    if catalogues.isEmpty { return [] }
    let evaluator = evaluator.with(known)
    return steps.filter { $0.models.contains { catalogues[$0.provider] != nil } }.flatMap {
      Capabilities(of: $0, evaluator, isGiven: options.model != nil, at: now).shortcomings(by: catalogues)
    }
    .inSourceOrder()
  }
}

/// The same for a flow that is only checked: as far as it can be told without inputs. What is wrong with
/// the flow itself is told by others.
package func shortcomings(
  of program: Program, _ options: RunOptions, by catalogues: [String: KnownModels], at now: Int
) -> [Diagnostic] {
  var preparation = Preparation(program, options)
  preparation.prepare()
  return preparation.run.shortcomings(by: catalogues, at: now)
}

/// Holds one step to what catalogues say of its models.
private struct Capabilities {
  private let step: PreparedStep
  private let needs: ModelNeeds
  private let now: Int
  /// Whether the model is that of `--model`, wherever the flow names one.
  private let isGiven: Bool

  /// In seconds. A model that is not in an older catalogue may be a new one.
  private static let freshness = 86_400

  init(of step: PreparedStep, _ evaluator: Evaluator, isGiven: Bool, at now: Int) {
    self.step = step
    self.isGiven = isGiven
    needs = ModelNeeds(of: step, evaluator)
    self.now = now
  }

  /// Where one model of a list can do it, the others are no error.
  func shortcomings(by catalogues: [String: KnownModels]) -> [Diagnostic] {
    let found = step.models.map { choice in
      catalogues[choice.provider].map { shortcomings(of: choice, by: $0) } ?? []
    }
    let isHopeless = found.allSatisfy(\.hasErrors)
    return found.flatMap(\.self).map { isHopeless || $0.severity != .error ? $0 : $0.asWarning }
  }

  private func shortcomings(of choice: ModelChoice, by known: KnownModels) -> [Diagnostic] {
    switch known.model(choice.model) {
    case .chosenLater: return []
    case .unknown(let nearest): return [unknown(choice, nearest, known)]
    case .known(let model):
      return lacks(of: choice, model, known) + [tooLong(choice, model, known)].compactMap { $0 }
    }
  }

  private func severity(_ known: KnownModels) -> Diagnostic.Severity { known.isOwn ? .error : .warning }

  private func place(of choice: ModelChoice) -> [Diagnostic.Label] {
    [isGiven ? .init(step.span, "asks what `--model` names") : .init(step.place(of: choice))]
  }

  private func unknown(_ choice: ModelChoice, _ nearest: String?, _ known: KnownModels) -> Diagnostic {
    let isFresh = now - known.catalogue.time < Self.freshness
    return Diagnostic(
      .unknownModel, "step `\(step.name)` asks `\(choice.model)`, which \(absence(of: choice, known))",
      severity: isFresh ? severity(known) : .warning, at: place(of: choice),
      help: nearest.map { "did you mean `\($0)`?" }
        ?? (isFresh ? "`weir models` lists them" : "`weir models --refresh` asks for the newest list"))
  }

  private func absence(of choice: ModelChoice, _ known: KnownModels) -> String {
    guard let owner = known.owner else { return "`\(choice.provider)` does not have" }
    return "is missing in the catalogue of \(owner), through which `\(choice.provider)` asks"
  }

  private func lacks(of choice: ModelChoice, _ model: CatalogueModel, _ known: KnownModels) -> [Diagnostic] {
    let lacks = needs.lacks(of: model)
    let others = known.models(like: model.id) { needs.lacks(of: $0).isEmpty }.map { "`\($0.id)`" }
    let help = others.isEmpty ? nil : "of those that can: \(others.joined(separator: ", "))"
    return lacks.map { lack in
      Diagnostic(
        .modelCannot, "step `\(step.name)` asks `\(choice.model)`, which \(lack.words)",
        severity: lack == .structure ? .warning : severity(known), at: place(of: choice),
        help: lack == .structure
          ? help.map { "it is asked in words instead; \($0)" } ?? "it is asked in words instead" : help)
    }
  }

  /// What the prompt will have is only about right.
  private func tooLong(_ choice: ModelChoice, _ model: CatalogueModel, _ known: KnownModels) -> Diagnostic? {
    let answer = needs.maxTokens ?? 0
    if let most = model.maxCompletionTokens ?? model.contextLength, answer > most {
      return hasNoRoom(
        choice, "`max_tokens` is \(answer), and `\(choice.model)` answers with at most \(most)",
        severity(known))
    }
    guard let context = model.contextLength, let prompt = needs.promptTokens, prompt + answer > context else {
      return nil
    }
    let sum =
      answer > 0 ? "about \(prompt) and an answer of up to \(answer) tokens" : "about \(prompt) tokens"
    return hasNoRoom(
      choice, "the prompt of step `\(step.name)` has \(sum), and `\(choice.model)` has room for \(context)",
      prompt > 2 * context ? severity(known) : .warning)
  }

  private func hasNoRoom(_ choice: ModelChoice, _ message: String, _ severity: Diagnostic.Severity)
    -> Diagnostic
  {
    Diagnostic(
      .contextTooSmall, message, severity: severity, at: [.init(step.span)],
      help: "ask a model with more room, cut the text with `chunk` or `truncate`, or lower `max_tokens`")
  }
}

extension Diagnostic {
  fileprivate var asWarning: Diagnostic {
    Diagnostic(code, message, severity: .warning, at: labels, help: help)
  }
}
