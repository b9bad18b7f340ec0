package import WeirDiagnostics
package import WeirEndpoint
import WeirGraph
import WeirProgram

extension PreparedRun {
  /// What the endpoints that will be asked can be seen to refuse, before anything is sent: a setting
  /// that they have no word for, an address that takes no key, a file that is known by now.
  package func objections(of endpoints: [String: any Endpoint]) -> [Diagnostic] {
    let evaluator = evaluator.with(known)
    let builder = SchemaBuilder(evaluator)
    var judge = SettingJudge(endpoints, deliveries, isGiven: options.model != nil)
    return steps.compactMap { step in
      let tools = builder.offers(step.tools)
      if let refusal = judge.refusal(of: step, with: tools) { return refusal }
      guard isSureToFail(step) else { return nil }
      return refusal(of: KnownMedia(in: step, evaluator), in: step) { [judge] choice, prompt in
        judge.objection(to: step, choice, prompt, tools)
      }
    }
  }

  /// Whether a step that cannot be asked is the end of the run: it is sure to be reached, and nothing stands
  /// for its answer.
  private func isSureToFail(_ step: PreparedStep) -> Bool {
    step.written.settings.otherwise == nil && graph.site(of: step.id)?.block == .main
  }

  /// What none of a step's models takes of the pictures and files in its prompt.
  private func refusal(
    of media: KnownMedia, in step: PreparedStep,
    _ objection: (ModelChoice, [PromptPart]) -> EndpointFailure?
  ) -> Diagnostic? {
    guard !media.all.isEmpty, let choice = step.models.first,
      let refusal = objection(choice, media.all),
      step.models.dropFirst().allSatisfy({ objection($0, media.all) != nil })
    else { return nil }
    let place = media.places.first { objection(choice, $0.parts) != nil }
    return .unsupportedFile(
      step, choice, refusal, place.map { ($0.expression.span, input(at: $0.expression)) })
  }

  private func input(at expression: Expression) -> Input? {
    guard case .value(let id) = expression.kind else { return nil }
    return program.inputs.first { $0.id == id }
  }
}

extension Diagnostic {
  /// `place` is where in the prompt the file stands, and which input holds it.
  fileprivate static func unsupportedFile(
    _ step: PreparedStep, _ choice: ModelChoice, _ objection: EndpointFailure,
    _ place: (span: Span, input: Input?)?
  ) -> Diagnostic {
    let words = place?.input.map { "the input `\($0.name)`, given with `\($0.flag)`" }
    return Diagnostic(
      .unsupportedSetting, "step `\(step.name)` cannot ask `\(choice.provider)`: \(objection.message)",
      at: [.init(place?.span ?? step.span, words)], help: objection.advice)
  }
}

extension DiagnosticCode {
  package static let unsupportedSetting = DiagnosticCode(
    "unsupported-setting",
    """
    The endpoint that the step is to ask has no word for one of its settings, so it would be without \
    effect, or takes no file of the kind that the prompt holds. Nothing was asked. Leave the setting out, or ask \
    another provider: `fal:` models know neither `top_p` nor `seed` nor `stop` and take no PDF, \
    `openrouter:` models know them all.
    """,
    wrong: """
      step answer {
        model: "fal:openai/gpt-4o-mini"
        seed: 7
        prompt: "Say hello."
      }

      """,
    right: """
      step answer {
        model: "openrouter:openai/gpt-4o-mini"
        seed: 7
        prompt: "Say hello."
      }

      """)
}
