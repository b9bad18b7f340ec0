import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirValues

/// Runs one step: makes its prompt, asks its models in order, reads the answer; or runs its program.
/// Keeps nothing.
///
/// Immutable; a class so that each step's task holds one reference.
final class StepExecutor: Sendable {
  let prepared: PreparedRun
  let endpoints: [String: any Endpoint]
  let programs: any ProgramLauncher
  let clock: RunClock
  let observe: @Sendable (RunEvent) -> Void

  init(
    _ prepared: PreparedRun, endpoints: [String: any Endpoint], programs: any ProgramLauncher,
    clock: RunClock, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.prepared = prepared
    self.endpoints = endpoints
    self.programs = programs
    self.clock = clock
    self.observe = observe
  }

  func execute(_ job: Job) async -> JobEnd {
    var attempts = Attempts(start: clock.now())
    let evaluator = prepared.evaluator.with(job.values)
    switch job.task {
    case .ask(let step, let continuing):
      return await ask(step, job, continuing, evaluator, &attempts)
    case .run(let step):
      let outcome = await run(step, evaluator, &attempts)
      return end(job, outcome, otherwise: step.otherwise, evaluator)
    case .fail(let failure, let otherwise):
      return end(
        job, .failed(attempts.failure(.evaluation(failure), at: clock.now())), otherwise: otherwise, evaluator
      )
    }
  }

  /// What has failed for good gives way to what the author wrote instead.
  private func end(
    _ job: Job, _ outcome: StepOutcome, otherwise: Expression?, _ evaluator: Evaluator
  ) -> JobEnd {
    var outcome = outcome
    if case .failed(let failure) = outcome, let otherwise {
      do {
        outcome = .otherwise(try evaluator.evaluate(otherwise), failure)
      } catch {
        outcome = .failed(
          StepFailure(
            cause: .evaluation(error), tried: failure.tried, attempts: failure.attempts, usage: failure.usage,
            duration: failure.duration, rejected: failure.rejected))
      }
    }
    return JobEnd(place: job.place, pass: job.pass, outcome: outcome)
  }

  // MARK: Asking

  private func ask(
    _ step: PreparedStep, _ job: Job, _ continuing: Conversation?, _ evaluator: Evaluator,
    _ attempts: inout Attempts
  ) async -> JobEnd {
    var prompt: RenderedPrompt?
    let outcome: StepOutcome
    do {
      let rendered = try render(step, continuing, evaluator)
      prompt = rendered
      outcome = await ask(step, rendered, job, evaluator, &attempts)
    } catch {
      outcome = .failed(attempts.failure(.evaluation(error), at: clock.now()))
    }
    var end = end(job, outcome, otherwise: step.written.settings.otherwise, evaluator)
    if let prompt, prepared.continued.contains(step.id) {
      end.conversation = Conversation(
        prompt: prompt, shape: AnswerShape(of: step.type, prepared.program.types))
    }
    return end
  }

  private func render(
    _ step: PreparedStep, _ continuing: Conversation?, _ evaluator: Evaluator
  ) throws(EvaluationFailure) -> RenderedPrompt {
    let renderer = TemplateRenderer(evaluator)
    let parts = try renderer.prompt(of: step.written.settings.prompt)
    if let continuing, let id = step.written.continued {
      let turns = continuing.turns(answeredBy: evaluator.value(of: id))
      return RenderedPrompt(turns: turns, parts: parts, system: continuing.prompt.system)
    }
    var system: String?
    if let expression = step.written.settings.system { system = try renderer.text(of: expression) }
    return RenderedPrompt(turns: try renderer.examples(of: step), parts: parts, system: system)
  }

  /// The first model that gives a useful answer; else the failure of the last one.
  private func ask(
    _ step: PreparedStep, _ prompt: RenderedPrompt, _ job: Job, _ evaluator: Evaluator,
    _ attempts: inout Attempts
  ) async -> StepOutcome {
    let schema = schema(of: step, evaluator)
    for choice in step.models {
      if let cause = attempts.turn(to: choice) {
        observe(.fallingBack(job.at, to: choice, why: cause.message))
      }
      var request = step.request(to: choice, prompt, answer: schema)
      request.step = job.name
      request.pass = job.pass
      if let outcome = await ask(choice, request, step, job, evaluator, &attempts) { return outcome }
    }
    guard let cause = attempts.lastCause else {
      preconditionFailure("step `\(step.name)` was prepared without a model")
    }
    return .failed(attempts.failure(cause, at: clock.now()))
  }

  /// Asks one model until its answer fits, as often as it may be sent back. Nil where it never did: the
  /// cause is noted.
  ///
  /// What was cut off is not sent back, for it would be cut off again: it is asked for anew with room for
  /// twice as much, once. It is not carried on from where it broke off: a word or an element that the model
  /// says again at the seam could not be told from one that it means.
  private func ask(
    _ choice: ModelChoice, _ first: EndpointRequest, _ step: PreparedStep, _ job: Job,
    _ evaluator: Evaluator, _ attempts: inout Attempts
  ) async -> StepOutcome? {
    var request = first
    var repairs = step.settings.repairs
    var mayDouble = true
    while true {
      let reply: EndpointReply
      do {
        reply = try await endpoint(of: choice).send(request)
      } catch {
        // A greatest length that is not the author's may be too great.
        let isTooLong = request.maxTokens != first.maxTokens && error.kind == .invalidRequest
        if isTooLong { attempts.count(error) } else { attempts.note(error) }
        return error.kind == .cancelled || Task.isCancelled ? .stopped : nil
      }
      attempts.count(reply)
      do {
        let (value, reading) = try read(reply, step, evaluator)
        return .answered(attempts.answer(value, reading, reply, choice, at: clock.now()))
      } catch {
        attempts.note(error, reply, of: choice)
        if Task.isCancelled { return .stopped }
        if error.reason == .cutOff, mayDouble, let length = request.maxTokens ?? reply.length {
          mayDouble = false
          request.maxTokens = length.multipliedReportingOverflow(by: 2).overflow ? .max : 2 * length
          attempts.noteRepair(sent: nil, maxTokens: request.maxTokens)
        } else if error.isRepairable, repairs > 0 {
          repairs -= 1
          attempts.noteRepair(sent: request.sendBack(reply.text, error), maxTokens: nil)
        } else {
          return nil
        }
        observe(.repairing(job.at, why: error.message))
      }
    }
  }

  /// What is made up has the form that was asked for, and means nothing: no `ensure` can be asked of it.
  private func read(
    _ reply: EndpointReply, _ step: PreparedStep, _ evaluator: Evaluator
  ) throws(AnswerMismatch) -> (Value, ReadingNote?) {
    let ensures = reply.source == .madeUp ? [] : step.written.ensures
    let answer = try AnswerReader(evaluator).read(reply, as: step.type, ensuring: ensures)
    return (answer.value, answer.reading.flatMap(ReadingNote.init))
  }

  private func schema(of step: PreparedStep, _ evaluator: Evaluator) -> AnswerSchema? {
    switch step.answer {
    case .text: nil
    case .known(let schema): schema
    case .later: SchemaBuilder(evaluator).schema(for: step.type, name: step.name)
    }
  }

  private func endpoint(of choice: ModelChoice) -> any Endpoint {
    guard let endpoint = endpoints[choice.provider] else {
      preconditionFailure("the run was prepared with provider `\(choice.provider)`, which it was not given")
    }
    return endpoint
  }
}

extension EndpointRequest {
  /// Tells the model what is wrong with its answer. An empty answer cannot be sent back, for endpoints
  /// refuse an empty message: the question is asked again. Returns what the model is told.
  fileprivate mutating func sendBack(_ answer: String, _ mismatch: AnswerMismatch) -> String? {
    guard mismatch.reason != .empty else { return nil }
    let account = mismatch.account
    turns.append(Turn(ask: prompt, answer: answer))
    prompt = [.text(account)]
    return account
  }
}

extension EndpointReply {
  /// In tokens, or about; nil where there is nothing to tell it by.
  fileprivate var length: Int? {
    if let count = usage.completionTokens, count > 0 { return count }
    return text.isEmpty ? nil : max(1, text.utf8.count / 3)
  }
}

extension TemplateRenderer {
  /// The turns that an author has put before the prompt.
  fileprivate func examples(of step: PreparedStep) throws(EvaluationFailure) -> [EndpointRequest.Turn] {
    let settings = step.written.settings
    let shape = AnswerShape(of: step.type, evaluator.program.types)
    var turns: [EndpointRequest.Turn] = []
    for example in settings.examples {
      let answer = try evaluator.evaluate(example.answer)
      turns.append(.init(ask: try prompt(of: example.ask), answer: shape.text(of: answer)))
    }
    if let list = settings.exampleList {
      for example in try evaluator.evaluate(list).list ?? [] {
        let ask = example["ask"]?.string ?? ""
        turns.append(.init(ask: [.text(ask)], answer: shape.text(of: example["answer"] ?? .null)))
      }
    }
    return turns
  }
}
