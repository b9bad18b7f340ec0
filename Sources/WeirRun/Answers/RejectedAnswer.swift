package import WeirValues

/// An answer that could not be used, what was wrong with it, and what became of it.
package struct RejectedAnswer: Sendable, Hashable {
  /// The model that gave it.
  package let model: String
  /// As the model said it.
  package let answer: String
  /// At least one.
  package let problems: [Problem]
  /// What the model was told about it; nil where it was not sent back.
  package var sent: String?
  /// The greatest length with which it was asked for anew; nil where it was not cut off, or not asked for.
  package var maxTokens: Int?

  /// One thing that is wrong.
  package struct Problem: Sendable, Hashable {
    /// The part of the answer; empty for the whole.
    package var path = ValuePath()
    package var found: String?
    package var expected: String?
    /// All of it in words: lower case, without a full stop.
    package let message: String
  }
}

extension AnswerMismatch {
  private static let wanted = "JSON of the form that was asked for"

  /// All that is wrong, one by one.
  var problems: [RejectedAnswer.Problem] {
    switch reason {
    case .unfit(let misfits): misfits.all.map(\.problem)
    case .unread(let why):
      [.init(found: excerpt, expected: Self.wanted, message: "\(why), expected \(Self.wanted)")]
    case .empty, .cutOff, .refused, .noPicture: [.init(message: message)]
    }
  }
}

extension Misfit {
  fileprivate var problem: RejectedAnswer.Problem {
    let message = message(whole: "the answer")
    switch self {
    case .type(let mismatch):
      return .init(path: path, found: mismatch.found, expected: mismatch.expected, message: message)
    case .condition(let unmet):
      return .init(path: path, found: unmet.value, expected: "where \(unmet.condition)", message: message)
    case .ensure: return .init(message: message)
    }
  }
}
