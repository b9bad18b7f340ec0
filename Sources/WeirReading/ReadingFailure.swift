package import WeirValues

/// Why a text means no value of the wanted type.
package struct ReadingFailure: Error, Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case empty
    /// Nothing in it looks like a value of the type, as the author wrote that; and what it is, in the words of
    /// a message.
    case nothingFound(String, found: String)
    /// The nearest that was found, and all that is wrong with it.
    case unfit([Mismatch])
    /// Two readings are as good as each other, and differ there; both as JSON.
    case ambiguous(ValuePath, String, String)
    /// It ends within something that the type requires.
    case cutOff(ValuePath)
  }

  package let reason: Reason
  /// What in the text was looked at; of very many the first.
  package let rejected: [Reading.Rejected]

  package init(_ reason: Reason, rejected: [Reading.Rejected] = []) {
    self.reason = reason
    self.rejected = rejected
  }
}

extension ReadingFailure {
  /// Lower case, without a full stop: why `whole` is not what was wanted.
  package func message(whole: String) -> String {
    switch reason {
    case .empty: return "\(whole) is empty"
    case .nothingFound(let type, let found):
      return "nothing in \(whole) is of type `\(type)`, found \(found)"
    case .unfit(let mismatches):
      let shown = mismatches.prefix(3).map { $0.message(whole: whole) }.joined(separator: "; ")
      return mismatches.count > 3 ? "\(shown); and \(mismatches.count - 3) more" : shown
    case .ambiguous(let path, let one, let other):
      return "\(path.phrase(whole: whole)) may as well be \(one) as \(other)"
    case .cutOff(let path):
      return "\(whole) is cut off" + (path.isEmpty ? "" : " at `\(path)`")
    }
  }
}
