import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirValues

/// Runs one step: makes its prompt, asks its models in order, reads the answer; or runs its program.
/// Keeps nothing.
///
/// Immutable; a class so that each step's task holds one reference. What an asynchronous function makes on its
/// way is kept in its frame until it ends, for each step that is under way: what needs no wait is done by
/// functions of its own, which are not put into it (`@inline(never)`).
final class StepExecutor: Sendable {
  let prepared: PreparedRun
  let endpoints: [String: any Endpoint]
  let programs: any ProgramLauncher
  /// Whether somebody reads the answers while they come.
  let isWatched: Bool
  let clock: RunClock
  /// How much may be under way at once.
  let concurrency: Int
  let observe: @Sendable (RunEvent) -> Void

  init(
    _ prepared: PreparedRun, endpoints: [String: any Endpoint], programs: any ProgramLauncher,
    isWatched: Bool, clock: RunClock, concurrency: Int, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.prepared = prepared
    self.endpoints = endpoints
    self.programs = programs
    self.isWatched = isWatched
    self.clock = clock
    self.concurrency = concurrency
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
      return end(job, attempts.failed(failure, at: clock.now()), otherwise: otherwise, evaluator)
    }
  }

  /// What has failed for good gives way to what the author wrote instead.
  @inline(never)
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
            duration: failure.duration, rejected: failure.rejected, calls: failure.calls))
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
      outcome = attempts.failed(error, at: clock.now())
    }
    var end = end(job, outcome, otherwise: step.written.settings.otherwise, evaluator)
    end.conversation = prompt.flatMap { conversation(with: $0, step, attempts) }
    return end
  }

  /// nil where no step goes on with it.
  @inline(never)
  private func conversation(
    with prompt: RenderedPrompt, _ step: PreparedStep, _ attempts: Attempts
  ) -> Conversation? {
    guard prepared.continued.contains(step.id) else { return nil }
    return Conversation(
      prompt: prompt, shape: AnswerShape(of: step.type, prepared.program.types), rounds: attempts.rounds,
      reasoningDetails: attempts.reasoningDetails)
  }

  @inline(never)
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

  /// The first model that gives a useful answer; else the failure of the last one. Models that stand side by
  /// side and belong to an endpoint that takes several go out as one request.
  private func ask(
    _ step: PreparedStep, _ prompt: RenderedPrompt, _ job: Job, _ evaluator: Evaluator,
    _ attempts: inout Attempts
  ) async -> StepOutcome {
    let caller = Caller(step: step, job: job, evaluator: evaluator)
    var models = step.models[...]
    var mayAskTogether = true
    while let choice = models.first {
      turn(to: choice, job, &attempts)
      let together = mayAskTogether ? fallbacks(of: models) : [choice]
      var inquiry = inquiry(to: together, of: step, prompt, job, evaluator)
      switch await ask(&inquiry, caller, &attempts) {
      case .ended(let outcome): return outcome
      case .spent(let count): models = models.dropFirst(count)
      }
      if inquiry.isAlone { mayAskTogether = false }
    }
    return failure(of: step, attempts)
  }

  @inline(never)
  private func turn(to choice: ModelChoice, _ job: Job, _ attempts: inout Attempts) {
    guard let cause = attempts.turn(to: choice) else { return }
    observe(.fallingBack(job.at, to: choice, why: cause.message))
  }

  @inline(never)
  private func failure(of step: PreparedStep, _ attempts: Attempts) -> StepOutcome {
    guard let cause = attempts.lastCause else {
      preconditionFailure("step `\(step.name)` was prepared without a model")
    }
    return .failed(attempts.failure(cause, at: clock.now()))
  }

  @inline(never)
  private func inquiry(
    to models: [ModelChoice], of step: PreparedStep, _ prompt: RenderedPrompt, _ job: Job,
    _ evaluator: Evaluator
  ) -> Inquiry {
    var request = request(of: step, to: models[0], prompt, job)
    request.answer = schema(of: step, evaluator)
    request.tools = step.tools.isEmpty ? [] : SchemaBuilder(evaluator).offers(step.tools)
    return Inquiry(models, request, step.settings)
  }

  private func request(
    of step: PreparedStep, to choice: ModelChoice, _ prompt: RenderedPrompt, _ job: Job
  ) -> EndpointRequest {
    var request = step.request(to: choice, prompt, answer: nil)
    request.step = job.name
    request.pass = job.pass
    request.delivery = request.delivery ?? prepared.deliveries[choice.provider]
    request.isWatched = isWatched
    request.observe = { [observe, at = job.at] in observe(.answering(at, $0)) }
    return request
  }

  /// The first model with those that one request may name beside it.
  private func fallbacks(of models: ArraySlice<ModelChoice>) -> [ModelChoice] {
    guard let first = models.first else { return [] }
    guard endpoint(of: first).takesFallbacks else { return [first] }
    return Array(models.prefix { $0.provider == first.provider }.prefix(1 + Inquiry.mostFallbacks))
  }

  private enum InquiryEnd {
    case ended(StepOutcome)
    /// So many models could not give a useful answer; the cause is noted.
    case spent(Int)
  }

  /// Asks until the answer fits, as often as it may be sent back, and does what the model calls.
  private func ask(
    _ inquiry: inout Inquiry, _ caller: Caller, _ attempts: inout Attempts
  ) async -> InquiryEnd {
    let (step, job) = (caller.step, caller.job)
    while true {
      let reply: EndpointReply
      do {
        reply = try await endpoint(of: inquiry.model).send(inquiry.request)
      } catch {
        guard let end = end(of: &inquiry, after: error, step, &attempts) else { continue }
        return end
      }
      attempts.count(reply)
      noteAnswering(reply, &inquiry, job, &attempts)
      if !reply.calls.isEmpty, !step.tools.isEmpty {
        guard inquiry.mayCall else {
          attempts.note(tooManyRounds: step.settings.rounds)
          return .spent(inquiry.place + 1)
        }
        inquiry.add(await answer(reply, of: attempts.lastRound + 1, to: caller, &attempts))
        if Task.isCancelled { return .ended(.stopped) }
      } else if let end = end(of: &inquiry, with: reply, caller, &attempts) {
        return end
      }
    }
  }

  /// Where no answer came; nil where the same is to be asked otherwise.
  @inline(never)
  private func end(
    of inquiry: inout Inquiry, after failure: EndpointFailure, _ step: PreparedStep,
    _ attempts: inout Attempts
  ) -> InquiryEnd? {
    if failure.kind == .invalidRequest, inquiry.goAlone() {
      attempts.count(failure)
      return nil
    }
    // A greatest length that is not the author's may be too great.
    let isTooLong = inquiry.request.maxTokens != step.settings.maxTokens && failure.kind == .invalidRequest
    if isTooLong { attempts.count(failure) } else { attempts.note(failure) }
    if failure.kind == .cancelled || Task.isCancelled { return .ended(.stopped) }
    return .spent(inquiry.isAlone ? inquiry.place + 1 : inquiry.models.count)
  }

  /// Where an answer came; nil where it does not fit and the model is told so.
  @inline(never)
  private func end(
    of inquiry: inout Inquiry, with reply: EndpointReply, _ caller: Caller, _ attempts: inout Attempts
  ) -> InquiryEnd? {
    do {
      let (value, reading) = try read(reply, caller.step, caller.evaluator)
      return .ended(.answered(attempts.answer(value, reading, reply, inquiry, at: clock.now())))
    } catch {
      attempts.note(error, reply, of: inquiry.model)
      if Task.isCancelled { return .ended(.stopped) }
      switch inquiry.retry(after: reply, error) {
      case .repair(let sent): attempts.noteRepair(sent: sent, maxTokens: nil)
      case .longer(let length): attempts.noteRepair(sent: nil, maxTokens: length)
      case nil: return .spent(inquiry.place + 1)
      }
      observe(.repairing(caller.job.at, why: error.message))
      return nil
    }
  }

  /// A request that names several models may be answered by another than the first.
  @inline(never)
  private func noteAnswering(
    _ reply: EndpointReply, _ inquiry: inout Inquiry, _ job: Job, _ attempts: inout Attempts
  ) {
    let before = inquiry.model
    guard let model = inquiry.note(reply) else { return }
    _ = attempts.turn(to: model)
    observe(.fallingBack(job.at, to: model, why: "`\(before.model)` could not answer"))
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
    case .text, .picture: nil
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
