extension AnswerMismatch {
  /// Whether another answer of the same model may be of use: one that could not be read or does not fit.
  /// What was refused is refused again, and what was cut off is cut off again.
  var isRepairable: Bool {
    switch reason {
    case .empty, .unread, .unfit: true
    case .cutOff, .refused: false
    }
  }

  /// What the model is told about its answer: everything that is wrong with it, each in a line. What was
  /// asked for stands in the conversation already, and is not said again.
  var account: String {
    let faults: [String] =
      switch reason {
      case .unfit(let misfits): misfits.all.map { $0.message(whole: "the answer") }
      case .empty, .cutOff, .refused, .unread: [message]
      }
    return "Your answer cannot be used:\n\n" + faults.map { "- \($0)\n" }.joined()
      + "\nAnswer again: the whole answer, put right, and nothing else."
  }
}
