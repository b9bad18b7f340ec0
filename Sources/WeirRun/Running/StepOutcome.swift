package import WeirDiagnostics
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
