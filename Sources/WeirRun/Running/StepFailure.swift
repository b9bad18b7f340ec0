package import WeirEndpoint
import WeirValues

/// Why a step has no answer, after everything that could be tried.
package struct StepFailure: Error, Sendable {
  package enum Cause: Sendable {
    /// The prompt could not be made.
    case evaluation(EvaluationFailure)
    case endpoint(EndpointFailure)
    case answer(AnswerMismatch)

    /// In a line.
    package var message: String {
      switch self {
      case .evaluation(let failure): failure.message
      case .endpoint(let failure): failure.message
      case .answer(let mismatch): mismatch.message
      }
    }
  }

  /// What the last model came to.
  package let cause: Cause
  /// The models that were asked, in order.
  package let tried: [ModelChoice]
  /// How many requests were made, to all of them together.
  package let attempts: Int
  /// Of the requests that were answered, though not usefully; nil where none was.
  package let usage: Usage?
  package let duration: Duration
}

extension StepFailure {
  /// What the step has used as far as that can be known: nothing, where the endpoint surely did no
  /// work; all of it unknown where it may have.
  var knownUsage: Usage {
    if let usage { return usage }
    let none = Usage(promptTokens: 0, completionTokens: 0, totalTokens: 0, cost: Number(0))
    guard case .endpoint(let failure) = cause else { return none }
    switch failure.kind {
    case .timedOut, .unreachable, .badReply, .cancelled: return Usage()
    case .rateLimited, .unavailable, .unauthorized, .quota, .invalidRequest, .refused, .unsupported:
      return none
    }
  }
}
