import WeirProgram
import WeirValues

extension Evaluator {
  func bool(of expression: Expression) throws(EvaluationFailure) -> Bool {
    var locals: [Value] = []
    return try bool(of: expression, &locals)
  }

  func list(of expression: Expression) throws(EvaluationFailure) -> [Value] {
    var locals: [Value] = []
    return try list(of: expression, &locals)
  }

  func bool(of expression: Expression, _ locals: inout [Value]) throws(EvaluationFailure) -> Bool {
    let value = try value(of: expression, &locals)
    guard let bool = value.bool else { throw unexpected(value, "true or false", expression) }
    return bool
  }

  func number(of expression: Expression, _ locals: inout [Value]) throws(EvaluationFailure) -> Number {
    let value = try value(of: expression, &locals)
    guard let number = value.number else { throw unexpected(value, "a number", expression) }
    return number
  }

  func list(of expression: Expression, _ locals: inout [Value]) throws(EvaluationFailure) -> [Value] {
    let value = try value(of: expression, &locals)
    guard let list = value.list else { throw unexpected(value, "a list", expression) }
    return list
  }

  private func unexpected(_ value: Value, _ wanted: String, _ expression: Expression) -> EvaluationFailure {
    EvaluationFailure(
      "\(name(expression).map { "\($0) is \(value.noun)" } ?? "found \(value.noun)"), expected \(wanted)",
      at: expression.span)
  }

  /// The expression in back-ticks, where it is a name or a path that begins with one.
  func name(_ expression: Expression) -> String? {
    path(expression).map { "`\($0)`" }
  }

  func nameOrNoun(_ expression: Expression, _ value: Value) -> String {
    name(expression).map { "\($0), \(value.noun)," } ?? value.noun
  }

  private func path(_ expression: Expression) -> String? {
    switch expression.kind {
    case .value(let id): program[id].name
    case .field(let base, let name, let isOptional):
      path(base).map { "\($0)\(isOptional ? "?." : ".")\(name)" }
    case .element(let base, let index):
      if case .constant(let value) = index.kind { path(base).map { "\($0)[\(value.json())]" } } else { nil }
    case .trusted(let inner): path(inner)
    case .constant, .local, .template, .list, .record, .comprehension, .negate, .not, .binary, .conditional,
      .call, .file, .environment:
      nil
    }
  }
}

/// `1 element`, `3 elements`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? "\(noun)s")"
}
