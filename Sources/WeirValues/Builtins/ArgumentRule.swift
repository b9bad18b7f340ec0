/// What the value of an argument must be beyond its type. Words follow the name of the function.
struct ArgumentRule: Sendable {
  /// What is wrong with the value, or nil; a value of another type is none of its business.
  let complaint: @Sendable (Value) -> String?
  /// Whether a call asks it too, as it must where its body does not find out by itself.
  let isAskedByCalls: Bool

  init(isAskedByCalls: Bool = true, _ complaint: @escaping @Sendable (Value) -> String?) {
    self.complaint = complaint
    self.isAskedByCalls = isAskedByCalls
  }

  static func atLeast(_ least: Int) -> ArgumentRule {
    ArgumentRule { value in
      guard let number = value.number, number < Number(least) else { return nil }
      return "needs a number of at least \(least), found \(number)"
    }
  }

  static func within(_ range: ClosedRange<Int>) -> ArgumentRule {
    ArgumentRule { value in
      guard let number = value.number, number > Number(range.upperBound) else {
        return atLeast(range.lowerBound).complaint(value)
      }
      return "needs a number of at most \(range.upperBound), found \(number)"
    }
  }

  static let notEmpty = ArgumentRule { value in
    value.string == "" ? "cannot look for an empty string" : nil
  }
}
