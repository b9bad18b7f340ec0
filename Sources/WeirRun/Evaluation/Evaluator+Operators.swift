import WeirDiagnostics
import WeirProgram
import WeirValues

extension Evaluator {
  /// Whole numbers up to here are exact in a double, and so in JSON as most programs read it.
  private static let greatestExact = 1 << 53

  func compute(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression, in whole: Expression,
    _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Value {
    switch binary {
    case .or:
      let isTrue = try bool(of: left, &locals)
      return .bool(isTrue ? true : try bool(of: right, &locals))
    case .and:
      let isTrue = try bool(of: left, &locals)
      return .bool(isTrue ? try bool(of: right, &locals) : false)
    case .fallback:
      let value = try value(of: left, &locals)
      return value.isNull ? try self.value(of: right, &locals) : value
    case .equal: return .bool(try value(of: left, &locals) == value(of: right, &locals))
    case .notEqual: return .bool(try value(of: left, &locals) != value(of: right, &locals))
    case .less: return .bool(try isBefore(left, right, in: whole, &locals))
    case .greaterOrEqual: return .bool(!(try isBefore(left, right, in: whole, &locals)))
    case .greater: return .bool(try isAfter(left, right, in: whole, &locals))
    case .lessOrEqual: return .bool(!(try isAfter(left, right, in: whole, &locals)))
    case .in: return .bool(try contains(right, left, &locals))
    case .range: return .list(try range(left, right, in: whole, &locals))
    case .add, .subtract, .multiply, .divide, .remainder:
      let (a, b) = (try value(of: left, &locals), try value(of: right, &locals))
      return try arithmetic(binary, a, b, in: whole)
    }
  }

  // MARK: Order

  private func isBefore(
    _ left: Expression, _ right: Expression, in whole: Expression, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Bool {
    try isLess(try value(of: left, &locals), try value(of: right, &locals), whole.span)
  }

  private func isAfter(
    _ left: Expression, _ right: Expression, in whole: Expression, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Bool {
    let a = try value(of: left, &locals)
    return try isLess(try value(of: right, &locals), a, whole.span)
  }

  /// Numbers by size, strings by code points.
  private func isLess(_ left: Value, _ right: Value, _ span: Span) throws(EvaluationFailure) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): return a < b
    case (.string(let a), .string(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8)
    default: throw EvaluationFailure("\(left.noun) and \(right.noun) have no order", at: span)
    }
  }

  // MARK: Ranges and membership

  /// A range after `in` is not made into a list, and takes any number between its ends.
  private func contains(
    _ container: Expression, _ element: Expression, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Bool {
    if case .binary(.range, let low, let high) = container.kind {
      let number = try number(of: element, &locals)
      let (low, high) = (try self.number(of: low, &locals), try self.number(of: high, &locals))
      return number >= low && number <= high
    }
    let element = try value(of: element, &locals)
    let value = try value(of: container, &locals)
    switch (value, element) {
    case (.list(let elements), _): return elements.contains(element)
    case (.record(let record), .string(let name)): return record[name] != nil
    case (.string(let text), .string(let part)): return text.utf8.contains(part.utf8)
    default:
      throw EvaluationFailure("\(element.noun) cannot be in \(value.noun)", at: container.span)
    }
  }

  /// Empty when it ends before it begins.
  private func range(
    _ low: Expression, _ high: Expression, in whole: Expression, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> [Value] {
    let (first, last) = (try number(of: low, &locals), try number(of: high, &locals))
    guard let start = first.int, let end = last.int else {
      throw EvaluationFailure("\(first)...\(last) does not run over whole numbers", at: whole.span)
    }
    guard start <= end else { return [] }
    let (span, overflow) = end.subtractingReportingOverflow(start)
    guard !overflow, span < Self.longestRange else {
      throw EvaluationFailure(
        "\(first)...\(last) is a list of more than \(Self.longestRange) numbers", at: whole.span)
    }
    return (start...end).map(Value.int)
  }

  // MARK: Arithmetic

  /// Whole numbers are computed exactly, or not at all; others as doubles that must stay finite.
  private func arithmetic(
    _ binary: BinaryOperator, _ left: Value, _ right: Value, in whole: Expression
  ) throws(EvaluationFailure) -> Value {
    if case (.list(let a), .list(let b)) = (left, right) { return .list(a + b) }
    guard let a = left.number, let b = right.number else {
      throw EvaluationFailure(
        "`\(binary.rawValue)` does not work on \(left.noun) and \(right.noun)", at: whole.span)
    }
    let sum = "`\(a) \(binary.rawValue) \(b)`"
    if b.double == 0, binary == .divide || binary == .remainder {
      throw EvaluationFailure("\(sum) divides by zero", at: whole.span)
    }
    if let x = a.int, let y = b.int, let exact = Self.exact(binary, x, y),
      exact.magnitude <= Self.greatestExact
    {
      return .int(exact)
    }
    let result = Self.approximate(binary, a.double, b.double)
    guard result.isFinite, program.types.resolved(whole.type) != .int else {
      throw EvaluationFailure("\(sum) is more than a number can hold exactly", at: whole.span)
    }
    return .number(Number(result))
  }

  /// Nil where the result is no whole number or does not fit.
  private static func exact(_ binary: BinaryOperator, _ a: Int, _ b: Int) -> Int? {
    let (result, overflow): (Int, Bool)
    switch binary {
    case .add: (result, overflow) = a.addingReportingOverflow(b)
    case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
    case .remainder: (result, overflow) = a.remainderReportingOverflow(dividingBy: b)
    default: return nil
    }
    return overflow ? nil : result
  }

  private static func approximate(_ binary: BinaryOperator, _ a: Double, _ b: Double) -> Double {
    switch binary {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .remainder: a.truncatingRemainder(dividingBy: b)
    case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .range, .fallback:
      preconditionFailure("`\(binary.rawValue)` is not arithmetic")
    }
  }

  func negated(_ number: Number) -> Number {
    if let int = number.int, int != 0, int != .min { Number(-int) } else { Number(-number.double) }
  }
}
