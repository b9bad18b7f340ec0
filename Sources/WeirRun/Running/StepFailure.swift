package import WeirEndpoint
package import WeirProcess
import WeirValues

/// Why a step has no answer, after everything that could be tried.
package struct StepFailure: Error, Sendable {
  package enum Cause: Sendable {
    /// The prompt or the command could not be made.
    case evaluation(EvaluationFailure)
    case endpoint(EndpointFailure)
    case answer(AnswerMismatch)
    /// The model still called tools when it had to answer, after so many rounds.
    case tooManyRounds(Int)
    case program(ProgramFailure)
    /// A program has ended well, but not with text.
    case notText

    /// In a line.
    package var message: String {
      switch self {
      case .evaluation(let failure): failure.message
      case .endpoint(let failure): failure.message
      case .answer(let mismatch): mismatch.message
      case .tooManyRounds(let rounds):
        "the model called tools in \(rounds == 1 ? "its only round" : "all \(rounds) rounds") and did not answer then"
      case .program(let failure): failure.message
      case .notText: "printed what is not UTF-8 text"
      }
    }
  }

  /// What the last model came to, or the last time that a program was started.
  package let cause: Cause
  /// The models that were asked, in order.
  package let tried: [ModelChoice]
  /// How many requests were made, to all of them together, or how often a program was started.
  package let attempts: Int
  /// Of the requests that were answered, though not usefully; nil where none was.
  package let usage: Usage?
  package let duration: Duration
  /// The answers that could not be used, in order.
  package let rejected: [RejectedAnswer]
  /// The tools that were called, in order.
  package var calls: [CalledTool] = []
  /// Whether a request that was not answered may have been paid for.
  var mayHaveCost = false
}

extension StepFailure {
  /// What the step has used as far as that can be known: nothing, where the endpoint surely did no
  /// work; all of it unknown where it may have.
  var knownUsage: Usage { mayHaveCost ? Usage() : usage ?? .none }
}

extension Usage {
  /// Where nobody was asked.
  static let none = Usage(promptTokens: 0, completionTokens: 0, totalTokens: 0, cost: Number(0))
}
