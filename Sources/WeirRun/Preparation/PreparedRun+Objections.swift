package import WeirDiagnostics
package import WeirEndpoint
import WeirProgram

extension PreparedRun {
  /// What the endpoints that will be asked can be seen to refuse, before anything is sent: a setting
  /// that they have no word for, an address that takes no key.
  package func objections(of endpoints: [String: any Endpoint]) -> [Diagnostic] {
    let builder = SchemaBuilder(evaluator.with(known))
    return steps.compactMap { step in
      for choice in step.models {
        var request = step.request(to: choice, RenderedPrompt(parts: [], system: nil), answer: nil)
        request.tools = builder.offers(step.tools)
        request.delivery = request.delivery ?? deliveries[choice.provider]
        if let objection = endpoints[choice.provider]?.objection(to: request) {
          return .unsupportedSetting(step, choice, objection, isGiven: options.model != nil)
        }
      }
      return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func unsupportedSetting(
    _ step: PreparedStep, _ choice: ModelChoice, _ objection: EndpointFailure, isGiven: Bool
  ) -> Diagnostic {
    Diagnostic(
      .unsupportedSetting, "step `\(step.name)` cannot ask `\(choice.provider)`: \(objection.message)",
      at: objection.refusedSetting.flatMap { step.place(of: $0, choice, isGiven: isGiven) } ?? step.span,
      help: objection.advice)
  }
}

extension PreparedStep {
  /// Where the flow says what an endpoint does not take; nil where it does not say it.
  fileprivate func place(of setting: String, _ choice: ModelChoice, isGiven: Bool) -> Span? {
    switch StepSetting(rawValue: setting) {
    case .model: isGiven ? nil : place(of: choice)
    case .tools: tools.first?.span
    case let setting?: written.settings[setting]?.span
    case nil: nil
    }
  }
}

extension DiagnosticCode {
  package static let unsupportedSetting = DiagnosticCode(
    "unsupported-setting",
    """
    The endpoint that the step is to ask has no word for one of its settings, so it would be without \
    effect. Nothing was asked. Leave the setting out, or ask another provider: `fal:` models know neither \
    `top_p` nor `seed` nor `stop`, `openrouter:` models know them all.
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
