import WeirDiagnostics
import WeirEndpoint
import WeirProgram

/// Asks endpoints what they object to in the settings of steps.
struct SettingJudge {
  private let endpoints: [String: any Endpoint]
  private let deliveries: [String: EndpointRequest.Delivery]
  /// Whether the model is that of `--model`, wherever the flow names one.
  private let isGiven: Bool
  /// Most steps ask as the one before: what was not refused need not be asked again.
  private var unrefused: Alike?

  private struct Alike: Equatable {
    let models: [ModelChoice]
    let settings: RequestSettings
  }

  init(
    _ endpoints: [String: any Endpoint], _ deliveries: [String: EndpointRequest.Delivery],
    isGiven: Bool = false
  ) {
    self.endpoints = endpoints
    self.deliveries = deliveries
    self.isGiven = isGiven
  }

  func objection(
    to step: PreparedStep, _ choice: ModelChoice, _ prompt: [PromptPart], _ tools: [ToolOffer]
  ) -> EndpointFailure? {
    var request = step.request(to: choice, RenderedPrompt(parts: prompt, system: nil), answer: nil)
    request.tools = tools
    request.delivery = request.delivery ?? deliveries[choice.provider]
    return endpoints[choice.provider]?.objection(to: request)
  }

  /// What the first model that refuses the settings of a step says.
  mutating func refusal(of step: PreparedStep, with tools: [ToolOffer]) -> Diagnostic? {
    let alike = step.wantsText && tools.isEmpty ? Alike(models: step.models, settings: step.settings) : nil
    if let alike, alike == unrefused { return nil }
    for choice in step.models {
      if let objection = objection(to: step, choice, [], tools) {
        return .unsupportedSetting(step, choice, objection, isGiven: isGiven)
      }
    }
    if let alike { unrefused = alike }
    return nil
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

  fileprivate var wantsText: Bool {
    if case .picture = answer { false } else { true }
  }
}
