package import WeirValues

/// Why a text means no value of the wanted type.
package struct ReadingFailure: Error, Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case empty
    /// Nothing in it looks like a value of the type: what was looked for.
    case nothingFound
    /// The nearest that was found, and all that is wrong with it.
    case unfit([Mismatch])
    /// Two readings are as good as each other, and differ there; both as JSON.
    case ambiguous(ValuePath, String, String)
    /// It ends within something that the type requires.
    case cutOff(ValuePath)
  }

  package let reason: Reason
  package init(_ reason: Reason) { self.reason = reason }
}
