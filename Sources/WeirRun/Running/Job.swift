import WeirGraph
import WeirProgram

/// Something that can start, with the values of the names that it reads and no others.
struct Job: Sendable {
  let place: Place
  let name: String
  let pass: [Int]
  let values: Bindings
  let task: Task

  enum Task: Sendable {
    case ask(PreparedStep, continuing: Conversation?)
    case run(RunStep)
    /// The settings of this pass cannot be used.
    case fail(EvaluationFailure, otherwise: Expression?)
  }

  var at: StepPass { StepPass(step: name, pass: pass) }
}

/// How a job has ended.
struct JobEnd: Sendable {
  let place: Place
  let pass: [Int]
  let outcome: StepOutcome
  /// What was sent, where another step carries it on.
  var conversation: Conversation?
}
