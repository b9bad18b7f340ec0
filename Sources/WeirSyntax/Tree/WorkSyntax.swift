package import WeirDiagnostics

/// The entries of a body: what stands between its braces.
package struct BodySyntax: Sendable {
  package let entries: [EntrySyntax]
  /// With both braces.
  package let span: Span
}

/// `step name = flow(argument: value)`
package struct CallStepSyntax: Sendable {
  package let name: NameSyntax
  package let function: NameSyntax
  package let arguments: [ArgumentSyntax]
  package let span: Span
}

/// `for x, i in list { … }`
package struct ForSyntax: Sendable {
  package let binder: BinderSyntax
  package let list: ExpressionSyntax
  package let body: BodySyntax
  package let span: Span
}

/// `if c { … } else if d { … } else { … }`
package struct IfSyntax: Sendable {
  package struct Branch: Sendable {
    package let condition: ExpressionSyntax
    package let body: BodySyntax
  }

  package let branches: [Branch]
  package let otherwise: BodySyntax?
  package let span: Span
}

/// `repeat name = start, up to bound { … }`
package struct RepeatSyntax: Sendable {
  package let name: NameSyntax
  package let start: ExpressionSyntax
  package let bound: ExpressionSyntax
  package let body: BodySyntax
  package let span: Span
}

/// `until condition`
package struct UntilSyntax: Sendable {
  package let condition: ExpressionSyntax
  package let span: Span
}

/// `next value`
package struct NextSyntax: Sendable {
  package let value: ExpressionSyntax
  package let span: Span
}
