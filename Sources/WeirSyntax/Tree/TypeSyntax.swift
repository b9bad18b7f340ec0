package import WeirDiagnostics

/// A type as it was written.
package struct TypeSyntax: Sendable {
  package let kind: Kind
  package let span: Span

  package indirect enum Kind: Sendable {
    /// `Name`, or `tone.Name` of a used flow.
    case name(NameSyntax, module: NameSyntax?)
    /// `"calm"`
    case text(StringSyntax)
    /// `3` or `-1`
    case number(Double, literal: String)
    case null
    case list(TypeSyntax, condition: ExpressionSyntax?)
    /// `[string: T]`
    case dictionary(TypeSyntax, condition: ExpressionSyntax?)
    case record([FieldSyntax])
    /// `T?`
    case optional(TypeSyntax)
    case union([TypeSyntax])
    /// Could not be read, which was told.
    case missing
  }
}

/// `name: T where … "…"` in a record type.
package struct FieldSyntax: Sendable {
  package let name: NameSyntax
  package let type: TypeSyntax
  package let condition: ExpressionSyntax?
  package let documentation: StringSyntax?
  package let span: Span
}
