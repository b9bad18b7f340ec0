import WeirEndpoint
import WeirProgram
import WeirValues

/// Runs one step: makes its prompt, asks its models in order, reads the answer. Keeps nothing.
///
/// Immutable; a class so that each step's task holds one reference.
final class StepExecutor: Sendable {
  let prepared: PreparedRun
  private let evaluator: Evaluator
  let endpoints: [String: any Endpoint]
  let clock: RunClock
  let observe: @Sendable (RunEvent) -> Void

  init(
    _ prepared: PreparedRun, endpoints: [String: any Endpoint], clock: RunClock,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.prepared = prepared
    evaluator = Evaluator(prepared.program, values: [:])
    self.endpoints = endpoints
    self.clock = clock
    self.observe = observe
  }

  /// `values` are those of the names that the step reads.
  func execute(_ step: PreparedStep, _ values: Bindings) async -> StepOutcome {
    var attempts = Attempts(start: clock.now())
    let evaluator = evaluator.with(values)
    let prompt: RenderedPrompt
    do {
      prompt = try render(step, evaluator)
    } catch {
      return .failed(attempts.failure(.evaluation(error), at: clock.now()))
    }
    return await ask(step, prompt, evaluator, &attempts)
  }

  private func render(_ step: PreparedStep, _ evaluator: Evaluator) throws(EvaluationFailure)
    -> RenderedPrompt
  {
    let renderer = TemplateRenderer(evaluator)
    var system: String?
    if let expression = step.system { system = try renderer.text(of: expression) }
    return RenderedPrompt(parts: try renderer.prompt(of: step.prompt), system: system)
  }

  /// The first model that gives a useful answer; else the failure of the last one.
  private func ask(
    _ step: PreparedStep, _ prompt: RenderedPrompt, _ evaluator: Evaluator, _ attempts: inout Attempts
  ) async -> StepOutcome {
    let schema = schema(of: step, evaluator)
    for choice in step.models {
      if let cause = attempts.turn(to: choice) {
        observe(.fallingBack(step: step.name, to: choice, why: cause.message))
      }
      let reply: EndpointReply
      do {
        reply = try await endpoint(of: choice).send(step.request(to: choice, prompt, answer: schema))
      } catch {
        attempts.note(error)
        if error.kind == .cancelled || Task.isCancelled { return .stopped }
        continue
      }
      attempts.count(reply)
      do {
        let value = try AnswerReader(evaluator).read(reply, as: step.type)
        return .answered(attempts.answer(value, reply, choice, at: clock.now()))
      } catch {
        attempts.note(error)
      }
    }
    guard let cause = attempts.lastCause else {
      preconditionFailure("step `\(step.name)` was prepared without a model")
    }
    return .failed(attempts.failure(cause, at: clock.now()))
  }

  private func schema(of step: PreparedStep, _ evaluator: Evaluator) -> AnswerSchema? {
    switch step.answer {
    case .known(let schema): schema
    case .afterOthers: SchemaBuilder(evaluator).schema(for: step.type, name: step.name)
    }
  }

  private func endpoint(of choice: ModelChoice) -> any Endpoint {
    guard let endpoint = endpoints[choice.provider] else {
      preconditionFailure("the run was prepared with provider `\(choice.provider)`, which it was not given")
    }
    return endpoint
  }
}
