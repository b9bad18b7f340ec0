import WeirProgram
import WeirValues

/// What can be seen of a condition before any value is at hand.
extension Checker {
  /// A condition that no value can meet, where that is plain: bounds and equalities on `it`, or on
  /// `it.count`, joined by `and`, with numbers written out.
  mutating func warnOfImpossible(_ condition: Expression) {
    var bounds = SubjectBounds()
    collect(condition, &bounds)
    for subject in Subject.allCases where bounds[subject].isEmpty {
      return report(.impossibleCondition(subject.rawValue, at: condition.span))
    }
  }

  /// What bounds are about.
  private enum Subject: String, CaseIterable {
    case element = "it"
    case count = "it.count"
  }

  private struct SubjectBounds {
    private var element = Bounds()
    private var count = Bounds()

    subscript(subject: Subject) -> Bounds {
      get {
        switch subject {
        case .element: element
        case .count: count
        }
      }
      set {
        switch subject {
        case .element: element = newValue
        case .count: count = newValue
        }
      }
    }
  }

  /// The numbers that are left for `it` or `it.count`.
  private struct Bounds {
    var low = -Double.infinity
    var high = Double.infinity
    var excludesLow = false
    var excludesHigh = false

    var isEmpty: Bool { low > high || (low == high && (excludesLow || excludesHigh)) }

    mutating func raise(to value: Double, excluding: Bool) {
      if value > low || (value == low && excluding) { (low, excludesLow) = (value, excluding) }
    }

    mutating func lower(to value: Double, excluding: Bool) {
      if value < high || (value == high && excluding) { (high, excludesHigh) = (value, excluding) }
    }
  }

  private func collect(_ condition: Expression, _ bounds: inout SubjectBounds) {
    guard case .binary(let sign, let left, let right) = condition.kind else { return }
    if sign == .and {
      collect(left, &bounds)
      return collect(right, &bounds)
    }
    if sign == .in, case .binary(.range, let low, let high) = right.kind, let subject = subject(left),
      let first = low.constantNumber?.double, let last = high.constantNumber?.double
    {
      bounds[subject].raise(to: first, excluding: false)
      bounds[subject].lower(to: last, excluding: false)
    } else if let subject = subject(left), let number = right.constantNumber {
      narrow(&bounds[subject], sign, number.double)
    } else if let subject = subject(right), let number = left.constantNumber, let turned = sign.turned {
      narrow(&bounds[subject], turned, number.double)
    }
  }

  private func narrow(_ bounds: inout Bounds, _ sign: BinaryOperator, _ number: Double) {
    switch sign {
    case .less: bounds.lower(to: number, excluding: true)
    case .lessOrEqual: bounds.lower(to: number, excluding: false)
    case .greater: bounds.raise(to: number, excluding: true)
    case .greaterOrEqual: bounds.raise(to: number, excluding: false)
    case .equal:
      bounds.raise(to: number, excluding: false)
      bounds.lower(to: number, excluding: false)
    case .or, .and, .notEqual, .in, .range, .fallback, .add, .subtract, .multiply, .divide, .remainder: break
    }
  }

  private func subject(_ expression: Expression) -> Subject? {
    switch expression.kind {
    case .local(0): return .element
    case .call(let call) where call.builtin.name == "count" && call.arguments.count == 1:
      guard case .local(0) = call.arguments[0].expression.kind else { return nil }
      return .count
    default: return nil
    }
  }
}

// MARK: What JSON Schema can say

extension Checker {
  /// Keeps in mind a condition that the endpoint cannot be told of, for the first step that answers with it.
  mutating func noteUnsayable(_ condition: Expression, _ id: ConditionID, on type: ValueType) {
    var isWrong = false
    condition.walk { if $0.type == .error { isWrong = true } }
    guard !isWrong else { return }
    let subject = program.types.resolved(program.types.withoutNull(type))
    if !isSayable(condition, subject) { unsayable[id] = condition.span }
  }

  /// A note for each condition of an answer that is checked here alone.
  mutating func tellUnsayable(in type: ValueType) {
    guard !unsayable.isEmpty else { return }
    for id in program.conditions(of: type) {
      if let span = unsayable.removeValue(forKey: id) { report(.unsayableCondition(at: span)) }
    }
  }

  private func isSayable(_ condition: Expression, _ subject: ValueType) -> Bool {
    switch condition.kind {
    case .binary(.and, let left, let right): return isSayable(left, subject) && isSayable(right, subject)
    case .binary(let sign, let left, let right):
      if isIt(left), !readsIt(right) { return isSayable(sign, right, subject) }
      if isCountOfIt(left), !readsIt(right) { return isSayableCount(sign, right, subject) }
      guard let turned = sign.turned, !readsIt(left) else { return false }
      if isIt(right) { return isSayable(turned, left, subject) }
      return isCountOfIt(right) && isSayableCount(turned, left, subject)
    case .call(let call):
      return subject == .string && call.builtin.name == "matches" && isIt(call.arguments[0].expression)
    case .constant, .value, .local, .template, .list, .record, .comprehension, .field, .element, .negate,
      .not,
      .conditional, .file, .environment, .trusted:
      return false
    }
  }

  private func isSayable(_ sign: BinaryOperator, _ other: Expression, _ subject: ValueType) -> Bool {
    switch (subject, sign) {
    case (.string, .equal), (.string, .in): return true
    case (.string, .notEqual):
      if case .constant(.string("")) = other.kind { return true }
      return false
    case (.int, .less), (.int, .lessOrEqual), (.int, .greater), (.int, .greaterOrEqual), (.int, .equal),
      (.int, .in),
      (.number, .less), (.number, .lessOrEqual), (.number, .greater), (.number, .greaterOrEqual),
      (.number, .equal), (.number, .in):
      return true
    default: return false
    }
  }

  private func isSayableCount(_ sign: BinaryOperator, _ other: Expression, _ subject: ValueType) -> Bool {
    switch subject {
    case .string, .list, .dictionary: break
    default: return false
    }
    switch sign {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal: return true
    case .in: if case .binary(.range, _, _) = other.kind { return true } else { return false }
    default: return false
    }
  }

  private func isIt(_ expression: Expression) -> Bool {
    if case .local(0) = expression.kind { true } else { false }
  }

  private func isCountOfIt(_ expression: Expression) -> Bool {
    guard case .call(let call) = expression.kind, call.builtin.name == "count" else { return false }
    return call.arguments.count == 1 && isIt(call.arguments[0].expression)
  }

  private func readsIt(_ expression: Expression) -> Bool {
    var reads = false
    expression.walk { if isIt($0) { reads = true } }
    return reads
  }
}

extension BinaryOperator {
  /// The sign with its sides changed.
  fileprivate var turned: BinaryOperator? {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal: .equal
    case .or, .and, .notEqual, .in, .range, .fallback, .add, .subtract, .multiply, .divide, .remainder: nil
    }
  }
}
