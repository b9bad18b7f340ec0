import WeirDiagnostics
import WeirGraph
import WeirProgram
import WeirValues

/// What asks a model or runs a program.
extension Progress {
  func job(at place: Place) -> Job {
    let site = site(of: place)
    let values = bindings(at: place)
    guard let index = prepared.sites.place(of: site) else {
      preconditionFailure("a `\(graph[site].kind.rawValue)` asks nobody")
    }
    return Job(
      place: place, name: prepared.name(of: site), pass: passes(of: place.frame), values: values,
      task: task(at: place, site, prepared.fixedStep(at: index), values))
  }

  private func task(
    at place: Place, _ site: Site, _ fixed: PreparedStep?, _ values: Bindings
  ) -> Job.Task {
    if let fixed { return .ask(fixed, continuing: conversation(before: fixed.written.continued, place)) }
    let node = graph[site]
    switch node.origin {
    case .work(.run(let step)): return .run(step)
    case .work(.step(let step)): return task(at: place, step, values)
    case .work, .input, .value, .meta, .output:
      preconditionFailure("a `\(node.kind.rawValue)` asks nobody")
    }
  }

  /// Settings that may be others in each pass are read anew. They were looked at before the first
  /// request, as far as they could be.
  private func task(at place: Place, _ step: Step, _ values: Bindings) -> Job.Task {
    let evaluator = prepared.evaluator.with(values)
    var reader = SettingReader(
      evaluator, prepared.resolver, model: prepared.options.model, standIn: prepared.options.standIn)
    let inherited = step.settings.model == nil ? inheritedModel(around: place.frame) : nil
    let asking = reader.read(step, inheriting: inherited)
    if let told = reader.diagnostics.first {
      return .fail(
        EvaluationFailure(told.message, at: told.span, help: told.help), otherwise: step.settings.otherwise)
    }
    let prepared = PreparedStep(step, asking, answer: reader.answer(of: step))
    return .ask(prepared, continuing: conversation(before: step.continued, place))
  }

  private func conversation(before continued: ValueID?, _ place: Place) -> Conversation? {
    guard let continued, let need = graph.reach(continued, from: block(of: place.frame)) else { return nil }
    return frames[outwards(need.up, from: place.frame).index]?.conversations[need.node]
  }

  /// What the flow that has called this one says of models, or the one that has called that.
  private func inheritedModel(around id: FrameID) -> Value? {
    var frame = frame(id)
    while let owner = frame.owner {
      let outside = self.frame(owner.frame)
      if node(at: owner).kind == .call {
        let flow = prepared.program.flow(of: graph[outside.block].flow, prepared.flows)
        if let model = flow.defaultModel, let value = value(of: model, from: owner.frame) { return value }
      }
      frame = outside
    }
    return prepared.options.inheritedModel
  }

  private func value(of expression: Expression, from id: FrameID) -> Value? {
    var values: Bindings = [:]
    for reference in expression.references { values[reference] = self.value(of: reference, from: id) }
    let evaluator = prepared.evaluator.with(values)
    return evaluator.knows(expression) ? try? evaluator.evaluate(expression) : nil
  }

}

extension StepOutcome {
  /// What `meta(step)` is: how a step was answered; what is unknown is null.
  var meta: Value {
    switch self {
    case .answered(let answer):
      StepMeta(
        model: answer.model, provider: answer.provider, reasoning: answer.reasoning, usage: answer.usage,
        duration: answer.duration, attempts: answer.attempts, note: answer.reading
      ).value
    case .otherwise(_, let failure), .failed(let failure):
      StepMeta(
        model: failure.tried.last?.model ?? "", provider: nil, reasoning: nil, usage: failure.knownUsage,
        duration: failure.duration, attempts: failure.attempts
      ).value
    case .printed, .skipped, .stopped: .null
    }
  }
}
