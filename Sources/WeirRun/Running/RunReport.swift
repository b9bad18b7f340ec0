package import WeirDiagnostics
package import WeirEndpoint
package import WeirValues

/// What came of a run, in the order of the source.
package struct RunReport: Sendable {
  package let steps: [StepReport]
  /// What could not be computed from the answers, for a `let` or an output.
  package let faults: [EvaluationFailure]
  /// One value, or a record of those that have names; nil where one of them is missing.
  package let output: Value?
  package let wasCancelled: Bool
  package let duration: Duration

  /// Whether every step has its answer and every name its value.
  package var isComplete: Bool { faults.isEmpty && steps.allSatisfy { $0.answer != nil } }

  /// What all steps together have used, failed ones included. Nil where one of them does not say.
  package var usage: Usage {
    var total = Usage(promptTokens: 0, completionTokens: 0, totalTokens: 0, cost: Number(0))
    for step in steps {
      switch step.outcome {
      case .answered(let answer): total = total.adding(answer.usage)
      case .failed(let failure): total = total.adding(failure.knownUsage)
      // A request that was under way when the run was stopped may have cost something.
      case .stopped: total = total.adding(Usage())
      case .skipped: break
      }
    }
    return total
  }
}

package struct StepReport: Sendable {
  package let name: String
  /// Where the name stands.
  package let span: Span
  package let outcome: StepOutcome

  package var answer: StepAnswer? {
    if case .answered(let answer) = outcome { answer } else { nil }
  }
}
