import WeirEndpoint
import WeirProgram
import WeirValues

/// The pictures and files in a step's prompt that are known before the first request, each with the expression
/// in whose place it stands.
///
/// What a condition or a loop of the template decides is left out, unless all of the prompt is known.
struct KnownMedia {
  private(set) var places: [(expression: Expression, parts: [PromptPart])] = []
  /// As they stand in the prompt.
  private(set) var all: [PromptPart] = []

  private let evaluator: Evaluator

  init(in step: PreparedStep, _ evaluator: Evaluator) {
    self.evaluator = evaluator
    let prompt = step.written.settings.prompt
    let types = evaluator.program.types
    var hasMedia = false
    prompt.walk { if types.carriesMedia($0.type) { hasMedia = true } }
    guard hasMedia else { return }
    visit(prompt)
    all = places.flatMap(\.parts)
    guard evaluator.knows(prompt), let parts = try? TemplateRenderer(evaluator).prompt(of: prompt) else {
      return
    }
    all = parts.contains { if case .text = $0 { false } else { true } } ? parts : []
  }

  private mutating func visit(_ expression: Expression) {
    if case .template(let template) = expression.kind {
      for case .value(let inner) in template.parts { visit(inner) }
      return
    }
    guard evaluator.program.types.carriesMedia(expression.type), evaluator.knows(expression),
      let parts = try? TemplateRenderer(evaluator).prompt(of: expression)
    else { return }
    let media = parts.filter { if case .text = $0 { false } else { true } }
    if !media.isEmpty { places.append((expression, media)) }
  }
}
