import WeirEndpoint
import WeirValues

/// What a step has come to so far: whom it asked, how often, what that took, what went wrong last.
struct Attempts {
  let start: Duration
  private var tried: [ModelChoice] = []
  private var requests = 0
  private var usage: Usage?
  private var mayHaveCost = false
  private(set) var lastCause: StepFailure.Cause?
  /// The answers that could not be used, in order.
  private var rejected: [RejectedAnswer] = []
  /// The tools that were called, in order, whichever model has called them.
  private(set) var calls: [CalledTool] = []
  private(set) var lastRound = 0
  /// What was called before the answer, as it is sent back where the conversation goes on.
  private(set) var rounds: [ToolRound] = []
  private(set) var reasoningDetails: Value?

  init(start: Duration) { self.start = start }

  /// Returns what the model before this one came to, if there was one.
  mutating func turn(to choice: ModelChoice) -> StepFailure.Cause? {
    tried.append(choice)
    return lastCause
  }

  mutating func count(_ reply: EndpointReply) {
    requests += reply.attempts
    usage = usage.map { $0.adding(reply.usage) } ?? reply.usage
  }

  /// The calls of one round; what flows have used for them is of this step.
  mutating func note(_ called: [CalledTool]) {
    lastRound += 1
    calls += called
    for used in called.compactMap(\.usage) { usage = usage?.adding(used) ?? used }
  }

  mutating func note(_ failure: EndpointFailure) {
    count(failure)
    lastCause = .endpoint(failure)
  }

  /// A request that does not say why the step has failed.
  mutating func count(_ failure: EndpointFailure) {
    requests += failure.attempts
    if failure.mayHaveCost { mayHaveCost = true }
  }

  mutating func note(_ mismatch: AnswerMismatch, _ reply: EndpointReply, of choice: ModelChoice) {
    lastCause = .answer(mismatch)
    rejected.append(
      RejectedAnswer(model: reply.model ?? choice.model, answer: reply.text, problems: mismatch.problems))
  }

  /// What became of the answer that was noted last.
  mutating func noteRepair(sent: String?, maxTokens: Int?) {
    guard let last = rejected.indices.last else { return }
    rejected[last].sent = sent
    rejected[last].maxTokens = maxTokens
  }

  mutating func note(tooManyRounds rounds: Int) { lastCause = .tooManyRounds(rounds) }

  mutating func note(_ cause: StepFailure.Cause) {
    requests += 1
    lastCause = cause
  }

  /// How many requests were made, or how often a program has failed.
  var failed: Int { requests }

  func failure(_ cause: StepFailure.Cause, at now: Duration) -> StepFailure {
    StepFailure(
      cause: cause, tried: tried, attempts: requests, usage: usage, duration: now - start, rejected: rejected,
      calls: calls, mayHaveCost: mayHaveCost)
  }

  @inline(never)
  func failed(_ failure: EvaluationFailure, at now: Duration) -> StepOutcome {
    .failed(self.failure(.evaluation(failure), at: now))
  }

  mutating func answer(
    _ value: Value, _ reading: ReadingNote?, _ reply: EndpointReply, _ inquiry: Inquiry, at now: Duration
  ) -> StepAnswer {
    let choice = inquiry.model
    rounds = inquiry.rounds
    reasoningDetails = reply.reasoningDetails
    return StepAnswer(
      value: value, choice: choice, model: reply.model ?? choice.model, provider: reply.provider,
      reasoning: reply.reasoning, usage: mayHaveCost ? Usage() : usage ?? reply.usage, attempts: requests,
      rejected: rejected, calls: calls, reading: reading, form: reply.form, source: reply.source,
      isCutOff: reply.finish == .length,
      duration: now - start)
  }
}

extension Usage {
  /// The sum. What one of the two does not say, the sum does not say.
  func adding(_ other: Usage) -> Usage {
    func sum(_ a: Int?, _ b: Int?) -> Int? {
      guard let a, let b else { return nil }
      // A server may say anything.
      let (sum, isTooMuch) = a.addingReportingOverflow(b)
      return isTooMuch ? nil : sum
    }
    let cost: Number? = if let a = cost, let b = other.cost { a.addingMoney(b) } else { nil }
    return Usage(
      promptTokens: sum(promptTokens, other.promptTokens),
      completionTokens: sum(completionTokens, other.completionTokens),
      totalTokens: sum(totalTokens, other.totalTokens), cost: cost)
  }
}

extension Number {
  /// Prices are decimal, and a sum of them shall not show what binary fractions make of it: it is
  /// rounded to a trillionth of a dollar.
  fileprivate func addingMoney(_ other: Number) -> Number {
    Number(((double + other.double) * 1e12).rounded() / 1e12)
  }
}
