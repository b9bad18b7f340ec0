package import WeirEndpoint

/// Something that happened to a step while it ran, for whoever shows progress. In the order in
/// which it happened, which is not the order of the source.
package enum RunEvent: Sendable {
  case started(StepPass)
  /// A request has failed and is sent again after a wait. Told by the policy around an endpoint;
  /// the runner itself sends no request twice.
  case retrying(StepPass, wait: Duration, why: String)
  /// The endpoint does not take the form in which the step asked for its answer. The model is asked in a
  /// weaker one from now on; told by the policy around an endpoint, once.
  case loweringForm(StepPass, model: String, refused: AnswerForm, to: AnswerForm, why: String)
  /// Something on the way to an answer: a piece of it, a place in a queue.
  case answering(StepPass, AnswerEvent)
  /// An answer does not fit and is sent back.
  case repairing(StepPass, why: String)
  /// A model of a list has failed for good, and the next one is asked.
  case fallingBack(StepPass, to: ModelChoice, why: String)
  /// A model calls a tool; the arguments as it wrote them.
  case calling(StepPass, tool: String, arguments: String)
  /// It was told what begins so; of an error, what was wrong.
  case called(StepPass, tool: String, result: String, seconds: Duration, isError: Bool)
  case ended(StepPass, StepOutcome)
}

/// A step in one pass of the loops around it.
package struct StepPass: Sendable, Hashable {
  package let step: String
  /// The indices of the passes, the outermost first; empty outside loops.
  package let pass: [Int]

  package init(step: String, pass: [Int]) {
    self.step = step
    self.pass = pass
  }

  /// `notes[3]`
  package var label: String { pass.reduce(step) { "\($0)[\($1)]" } }
}
