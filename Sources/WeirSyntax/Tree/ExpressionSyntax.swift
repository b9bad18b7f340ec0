package import WeirDiagnostics

/// An expression as it was written.
package struct ExpressionSyntax: Sendable {
  package let kind: Kind
  package let span: Span
  /// How many expressions stand in one another below it, itself included.
  let height: Int

  init(_ kind: Kind, _ span: Span, height: Int = 1) {
    self.kind = kind
    self.span = span
    self.height = height
  }

  package indirect enum Kind: Sendable {
    case name(String)
    case it
    case number(NumberSyntax)
    case string(StringSyntax)
    case bool(Bool)
    case null
    case list([ExpressionSyntax])
    case comprehension(ComprehensionSyntax)
    case record([PairSyntax])
    /// `f(a, b: c)`
    case call(NameSyntax, [ArgumentSyntax])
    /// `x.name` and `x?.name`
    case member(ExpressionSyntax, NameSyntax, isOptional: Bool)
    /// `x.f(a)` and `x?.f(a)`
    case method(ExpressionSyntax, NameSyntax, [ArgumentSyntax], isOptional: Bool)
    case index(ExpressionSyntax, ExpressionSyntax)
    case negate(ExpressionSyntax)
    case not(ExpressionSyntax)
    case binary(OperatorSyntax, ExpressionSyntax, ExpressionSyntax)
    case conditional(ExpressionSyntax, then: ExpressionSyntax, otherwise: ExpressionSyntax)
    case parenthesised(ExpressionSyntax)
    /// Could not be read, which was told.
    case missing
  }
}

/// `3`, `0.5`, `1_000`, `30s`, `$0.50`
package struct NumberSyntax: Sendable {
  package enum Unit: Sendable, Hashable { case none, seconds, dollars }

  /// In seconds or dollars where it has a unit.
  package let value: Double
  /// As JSON writes it; nil where a unit changed the value.
  package let literal: String?
  package let unit: Unit
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
