package import WeirDiagnostics

/// A type as it was written.
package struct TypeSyntax: Sendable {
  package let kind: Kind
  package let span: Span

  /// Small kinds lie in the type itself: most types are names.
  package enum Kind: Sendable {
    case name(String)
    /// `tone.Name` of a used flow.
    indirect case member(NameSyntax, of: NameSyntax)
    /// `"calm"`
    indirect case text(StringSyntax)
    /// `3` or `-1`
    indirect case number(Double, literal: String)
    case null
    indirect case list(TypeSyntax, condition: ExpressionSyntax?)
    /// `[string: T]`
    indirect case dictionary(TypeSyntax, condition: ExpressionSyntax?)
    case record([FieldSyntax])
    /// `T?`
    indirect case optional(TypeSyntax)
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
