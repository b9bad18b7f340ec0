import WeirEndpoint

extension AnswerMismatch {
  /// Whether another answer of the same model may be of use: one that could not be read or does not fit.
  /// What was refused is refused again, and what was cut off is cut off again.
  var isRepairable: Bool {
    switch reason {
    case .empty, .noPicture, .unread, .unfit: true
    case .cutOff, .refused: false
    }
  }

  /// What the model is told about its answer.
  var account: String { RepairAccount.text(problems.map(\.message)) }
}
