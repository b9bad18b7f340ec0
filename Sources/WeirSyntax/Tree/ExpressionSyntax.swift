package import WeirDiagnostics

/// An expression as it was written.
package struct ExpressionSyntax: Sendable {
  package let kind: Kind
  package let span: Span
  private let levels: Int32

  init(_ kind: Kind, _ span: Span, height: Int = 1) {
    self.kind = kind
    self.span = span
    levels = Int32(height)
  }

  /// How many expressions stand in one another below it, itself included.
  var height: Int { Int(levels) }

  /// Small kinds lie in the node itself: most expressions are names and numbers, which cost no memory of
  /// their own.
  package enum Kind: Sendable {
    case name(String)
    case it
    case number(NumberSyntax)
    indirect case string(StringSyntax)
    case bool(Bool)
    case null
    case list([ExpressionSyntax])
    indirect case comprehension(ComprehensionSyntax)
    case record([PairSyntax])
    /// `f(a, b: c)`
    indirect case call(NameSyntax, [ArgumentSyntax])
    /// `x.name` and `x?.name`
    indirect case member(ExpressionSyntax, NameSyntax, isOptional: Bool)
    /// `x.f(a)` and `x?.f(a)`
    indirect case method(ExpressionSyntax, NameSyntax, [ArgumentSyntax], isOptional: Bool)
    indirect case index(ExpressionSyntax, ExpressionSyntax)
    indirect case negate(ExpressionSyntax)
    indirect case not(ExpressionSyntax)
    indirect case binary(OperatorSyntax, ExpressionSyntax, ExpressionSyntax)
    indirect case conditional(ExpressionSyntax, then: ExpressionSyntax, otherwise: ExpressionSyntax)
    indirect case parenthesised(ExpressionSyntax)
    /// Could not be read, which was told.
    case missing
  }
}

/// `3`, `0.5`, `1_000`, `30s`, `$0.50`
package struct NumberSyntax: Sendable {
  package enum Unit: Sendable, Hashable { case none, seconds, dollars }

  /// In seconds or dollars where it has a unit.
  package let value: Double
  package let unit: Unit
  /// Whether it has more digits than the value surely says; `literal` has them all.
  package let isLong: Bool

  init(value: Double, unit: Unit = .none, isLong: Bool = false) {
    self.value = value
    self.unit = unit
    self.isLong = isLong
  }
}

package struct OperatorSyntax: Sendable {
  package let kind: TokenKind
  package let span: Span
}

/// `name: value` or `"name": value`
package struct PairSyntax: Sendable {
  package let name: NameSyntax
  package let value: ExpressionSyntax
}

package struct ArgumentSyntax: Sendable {
  package let label: NameSyntax?
  package let value: ExpressionSyntax
}

/// `[element for x, i in list if condition]`
package struct ComprehensionSyntax: Sendable {
  package let element: ExpressionSyntax
  package let binder: BinderSyntax
  package let list: ExpressionSyntax
  package let condition: ExpressionSyntax?
}

/// `x` or `x, i` after `for`
package struct BinderSyntax: Sendable {
  package let name: NameSyntax
  package let index: NameSyntax?
}
