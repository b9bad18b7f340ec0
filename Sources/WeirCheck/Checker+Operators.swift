import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  mutating func negate(_ operand: ExpressionSyntax, at span: Span) -> Expression {
    let value = expression(operand)
    if !program.types.fits(value.type, .number) {
      report(.badOperand("-", "a number", describe(value.type), at: value.span))
      return failed(at: span)
    }
    let isInt = program.types.fits(value.type, .int)
    return Expression(.negate(value), type: isInt ? .int : .number, span: span)
  }

  mutating func binary(
    _ sign: OperatorSyntax, _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ expecting: ValueType?,
    at span: Span
  ) -> Expression {
    guard let name = BinaryOperator(sign.kind) else { return failed(at: span) }
    switch name {
    case .and, .or: return logical(name, left, right, at: span)
    case .fallback: return fallback(left, right, expecting, at: span)
    case .equal, .notEqual: return equality(name, left, right, at: span)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return ordering(name, left, right, at: span)
    case .in: return membership(left, right, at: span)
    case .range: return range(left, right, mayBeFractional: false, at: span)
    case .add, .subtract, .multiply, .divide, .remainder:
      return arithmetic(name, left, right, expecting, at: span)
    }
  }

  /// The right side of `and` knows that the left one holds, that of `or` that it does not.
  private mutating func logical(
    _ name: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax, at span: Span
  ) -> Expression {
    let first = condition(left)
    let second = knowing(present: pathsPresent(when: name == .and, left)) { $0.condition(right) }
    return Expression(.binary(name, first, second), type: .bool, span: span)
  }

  private mutating func fallback(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ expecting: ValueType?, at span: Span
  ) -> Expression {
    let first = expression(left, expecting: expecting)
    let second = expression(right, expecting: expecting ?? program.types.withoutNull(first.type))
    let mayBeNull = program.types.members(first.type).contains { $0 == .null || $0 == .json || $0 == .error }
    let type = common([program.types.withoutNull(first.type), second.type])
    if !mayBeNull {
      let edits = type == first.type ? fallbackRemoval(after: left, at: span) : []
      report(.needlessFallback(source(of: left), describe(first.type), at: span, edits: edits))
    }
    return Expression(.binary(.fallback, first, second), type: type, span: span)
  }

  // MARK: Comparisons

  private mutating func equality(
    _ name: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax, at span: Span
  ) -> Expression {
    var first = expression(left)
    let second = expression(right, expecting: first.type)
    if case .constant(.string(let text)) = first.kind {
      first = Expression(first.kind, type: literalType(text, expecting: second.type), span: first.span)
    }
    if !overlap(first.type, second.type) {
      report(.neverEqual(name.rawValue, describe(first.type), describe(second.type), at: span))
    }
    return Expression(.binary(name, first, second), type: .bool, span: span)
  }

  /// Whether some value can be of both types.
  private func overlap(_ left: ValueType, _ right: ValueType) -> Bool {
    if left == .json || right == .json { return true }
    if program.types.fits(left, right) || program.types.fits(right, left) { return true }
    return program.types.members(left).contains { one in
      program.types.members(right).contains { other in
        program.types.fits(one, other) || program.types.fits(other, one) || bothLists(one, other)
      }
    }
  }

  private func bothLists(_ left: ValueType, _ right: ValueType) -> Bool {
    switch (left, right) {
    case (.list(let one, _), .list(let other, _)), (.dictionary(let one, _), .dictionary(let other, _)):
      overlap(one, other)
    case (.record, .record): true
    default: false
    }
  }

  private mutating func ordering(
    _ name: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax, at span: Span
  ) -> Expression {
    let first = expression(left)
    let second = expression(right)
    if !bothFit(first, second, .number), !bothFit(first, second, .string) {
      reportOperands(name, first, second, "two numbers or two strings", at: span)
    }
    return Expression(.binary(name, first, second), type: .bool, span: span)
  }

  private func bothFit(_ left: Expression, _ right: Expression, _ wanted: ValueType) -> Bool {
    program.types.fits(left.type, wanted) && program.types.fits(right.type, wanted)
  }

  private mutating func reportOperands(
    _ name: BinaryOperator, _ left: Expression, _ right: Expression, _ wanted: String, at span: Span,
    help: String? = nil
  ) {
    guard left.type != .error, right.type != .error else { return }
    let isOptional = program.types.isOptional(left.type) || program.types.isOptional(right.type)
    report(
      .badOperands(
        name.rawValue, wanted, describe(left.type), describe(right.type), at: span,
        help: help ?? (isOptional ? "take care of null first, with `??` or `if x != null`" : nil)))
  }

  private mutating func membership(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, at span: Span
  ) -> Expression {
    let list: Expression
    if case .binary(let sign, let low, let high) = right.kind, sign.kind == .ellipsis {
      list = range(low, high, mayBeFractional: true, at: right.span)
    } else {
      list = expression(right)
    }
    let hint: ValueType? =
      if case .list(let element, _) = program.types.resolved(list.type) { element } else { nil }
    let element = expression(left, expecting: hint)
    let isPossible =
      switch program.types.resolved(list.type) {
      case .list(let type, _): overlap(element.type, type)
      case .string, .text: program.types.fits(element.type, .string)
      case .dictionary: program.types.fits(element.type, .string)
      case .json, .error: true
      default: false
      }
    if !isPossible {
      reportOperands(.in, element, list, "a value and a list, a dictionary or two strings", at: span)
    }
    return Expression(.binary(.in, element, list), type: .bool, span: span)
  }

  /// `a...b`: whole numbers, or after `in` any.
  private mutating func range(
    _ left: ExpressionSyntax, _ right: ExpressionSyntax, mayBeFractional: Bool, at span: Span
  ) -> Expression {
    let low = expression(left)
    let high = expression(right)
    let wanted: ValueType = mayBeFractional ? .number : .int
    if !program.types.fits(low.type, wanted) || !program.types.fits(high.type, wanted) {
      reportOperands(.range, low, high, mayBeFractional ? "two numbers" : "two whole numbers", at: span)
    }
    let areWhole = program.types.fits(low.type, .int) && program.types.fits(high.type, .int)
    return Expression(.binary(.range, low, high), type: .list(areWhole ? .int : .number), span: span)
  }

  // MARK: Arithmetic

  private mutating func arithmetic(
    _ name: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ expecting: ValueType?,
    at span: Span
  ) -> Expression {
    let isSum = name == .add
    let first = expression(left, expecting: isSum ? expecting : nil)
    let second = expression(right, expecting: isSum ? expecting : nil)
    if isSum, case .list(let one, _) = program.types.resolved(first.type),
      case .list(let other, _) = program.types.resolved(second.type)
    {
      return Expression(.binary(.add, first, second), type: .list(common([one, other])), span: span)
    }
    if program.types.fits(first.type, .number), program.types.fits(second.type, .number) {
      let areWhole = program.types.fits(first.type, .int) && program.types.fits(second.type, .int)
      let type: ValueType = areWhole && name != .divide ? .int : .number
      return Expression(.binary(name, first, second), type: type, span: span)
    }
    let areStrings =
      isSum && (program.types.fits(first.type, .string) || program.types.fits(second.type, .string))
    reportOperands(
      name, first, second, isSum ? "two numbers or two lists" : "two numbers", at: span,
      help: areStrings ? "join strings in a template: `\"{{ a }}{{ b }}\"`" : nil)
    return failed(at: span)
  }

  // MARK: What is known not to be null

  /// The names and paths that are not null where `syntax` is true, or where it is false.
  func pathsPresent(when holds: Bool, _ syntax: ExpressionSyntax) -> [String] {
    switch syntax.kind {
    case .parenthesised(let inner): return pathsPresent(when: holds, inner)
    case .not(let inner): return pathsPresent(when: !holds, inner)
    case .binary(let sign, let left, let right):
      switch sign.kind {
      case .notEqual where holds, .equal where !holds: return pathComparedToNull(left, right)
      case .and where holds, .or where !holds:
        return pathsPresent(when: holds, left) + pathsPresent(when: holds, right)
      default: return []
      }
    default: return []
    }
  }

  private func pathComparedToNull(_ left: ExpressionSyntax, _ right: ExpressionSyntax) -> [String] {
    if case .null = right.kind { return path(of: left).map { [$0] } ?? [] }
    if case .null = left.kind { return path(of: right).map { [$0] } ?? [] }
    return []
  }

  /// `a`, `a.b` or `it.b` as text; nil for what is no name or path.
  func path(of syntax: ExpressionSyntax) -> String? {
    switch syntax.kind {
    case .name(let name): name
    case .it: "it"
    case .member(let base, let name, _): path(of: base).map { "\($0).\(name.text)" }
    case .parenthesised(let inner): path(of: inner)
    case .index(let base, let position): elementPath(base, position)
    default: nil
    }
  }

  /// `a[b]` and `a["b"]` as text: an element at a key that does not change.
  func elementPath(_ base: ExpressionSyntax, _ position: ExpressionSyntax) -> String? {
    guard let base = path(of: base) else { return nil }
    switch position.kind {
    case .string(let string): return string.plainText.map { "\(base)[\(Value.string($0).json())]" }
    case .name, .it, .member: return path(of: position).map { "\(base)[\($0)]" }
    default: return nil
    }
  }
}

extension BinaryOperator {
  fileprivate init?(_ kind: TokenKind) {
    switch kind {
    case .or: self = .or
    case .and: self = .and
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .in: self = .in
    case .ellipsis: self = .range
    case .doubleQuestion: self = .fallback
    case .plus: self = .add
    case .minus: self = .subtract
    case .star: self = .multiply
    case .slash: self = .divide
    case .percent: self = .remainder
    default: return nil
    }
  }
}
