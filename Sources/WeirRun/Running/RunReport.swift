package import WeirDiagnostics
package import WeirEndpoint
package import WeirValues

/// What came of a run, in the order of the source.
package struct RunReport: Sendable {
  /// Where only sums are kept, without those that are counted in `answered`.
  package let steps: [StepReport]
  /// Of steps that a model has answered and that there is nothing else to tell of, all together.
  package let answered: StepTally
  /// How often the loops of `repeat` went round, in the order of time.
  package let repeats: [RepeatReport]
  /// What could not be computed from the answers, for a `let`, an output or the head of a block: the
  /// first of many.
  package let faults: [RunFault]
  /// How many more there were.
  package let moreFaults: Int
  /// One value, or a record of those that have names; nil where one of them is missing.
  package let output: Value?
  package let end: End
  package let duration: Duration

  /// How much is kept of the answers beside their values.
  package enum Detail: Sendable {
    /// What has gone wrong, and sums.
    case sums
    /// Each step that runs once; of the others sums.
    case steps
    /// Each pass of every loop as well.
    case passes
  }

  /// Why nothing more was done.
  package enum End: Sendable, Hashable {
    case finished
    case cancelled
    /// The flow's own limit of time was over.
    case outOfTime(Duration)
  }

  package var wasCancelled: Bool { end == .cancelled }

  /// Whether every step has its answer and every name its value.
  package var isComplete: Bool { faults.isEmpty && end == .finished && steps.allSatisfy(\.isComplete) }

  /// What all steps together have used, failed ones included. Nil where one of them does not say.
  package var usage: Usage { steps.reduce(answered.usage) { $0.adding($1.usage) } }
}

/// What could not be computed.
package struct RunFault: Sendable, Hashable {
  package let failure: EvaluationFailure
  package let pass: [Int]

  package var message: String { failure.message }
}

/// A `repeat` that has come to its end.
package struct RepeatReport: Sendable {
  /// What goes round.
  package let name: String
  /// Where the name stands.
  package let span: Span
  /// The passes of the loops around it.
  package let pass: [Int]
  /// How many passes it made.
  package let passes: Int
  /// Whether an `until` held; else the greatest number of passes was reached.
  package let didHold: Bool
}

package struct StepReport: Sendable {
  package let name: String
  /// Where the name stands.
  package let span: Span
  package let result: Result

  package enum Result: Sendable {
    /// Of a step that runs once.
    case once(StepOutcome)
    /// Of a step that stands in a loop, a branch or a called flow.
    indirect case passes(StepTally)
  }

  package var answer: StepAnswer? {
    if case .once(.answered(let answer)) = result { answer } else { nil }
  }

  package var isComplete: Bool {
    switch result {
    case .once(let outcome): outcome.value != nil
    case .passes(let tally): tally.done == tally.all
    }
  }

  /// Nil in it what is not known.
  package var usage: Usage {
    switch result {
    case .once(.answered(let answer)): answer.usage
    case .once(.failed(let failure)), .once(.otherwise(_, let failure)): failure.knownUsage
    case .once(.printed), .once(.skipped): .none
    // A request that was under way when the run was stopped may have cost something.
    case .once(.stopped): Usage()
    case .passes(let tally): tally.usage
    }
  }
}
