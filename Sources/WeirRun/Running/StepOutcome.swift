package import WeirDiagnostics
package import WeirEndpoint
package import WeirValues

/// How a step has ended. Indirect, so that it is as small as the list of them has to be.
package indirect enum StepOutcome: Sendable {
  case answered(StepAnswer)
  /// A program has run.
  case printed(ProgramAnswer)
  /// It has failed, and the run goes on with what the author gave instead.
  case otherwise(Value, StepFailure)
  case failed(StepFailure)
  /// Something that the step needs has failed.
  case skipped(Skip)
  /// The run was cancelled before the step had ended, or begun.
  case stopped

  /// What others see of it; nil where there is nothing.
  package var value: Value? {
    switch self {
    case .answered(let answer): answer.value
    case .printed(let answer): answer.value
    case .otherwise(let value, _): value
    case .failed, .skipped, .stopped: nil
    }
  }
}

/// The answer of a model and how it came.
package struct StepAnswer: Sendable {
  package let value: Value
  /// Whom the step asked.
  package let choice: ModelChoice
  /// The model that answered: what the endpoint says, or else what it was asked for.
  package let model: String
  /// Who ran the model behind the endpoint, where it says so.
  package let provider: String?
  package let reasoning: String?
  /// Of all requests of the step that were answered; nil where one of them does not say.
  package let usage: Usage
  /// How many requests were made, to all models together.
  package let attempts: Int
  /// The answers before it that could not be used, in order.
  package let rejected: [RejectedAnswer]
  /// The tools that were called before it, in order.
  package var calls: [CalledTool] = []
  /// What was forgiven in it; nil where the value stood in it as it is.
  package let reading: ReadingNote?
  /// How an answer of a type was asked for; nil where any text would do.
  package let form: AnswerForm?
  package let source: EndpointReply.Source
  /// Whether the endpoint stopped it at the greatest length.
  package let isCutOff: Bool
  package let duration: Duration
}

/// What a program printed.
package struct ProgramAnswer: Sendable {
  package let value: Value
  /// How often it was started.
  package let attempts: Int
  package let duration: Duration
}

/// Why a step could not run: what it needs, and what began it.
package struct Skip: Sendable, Hashable {
  package let root: String
  /// Where the name of the root stands.
  package let rootSpan: Span
  /// What the step itself needs: the root, or something else skipped for it.
  package let through: String
}
