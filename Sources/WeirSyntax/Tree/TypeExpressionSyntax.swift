/// A type that stands by itself, as on a command line: `T where … "…"`.
package struct TypeExpressionSyntax: Sendable {
  /// The text as a file without entries.
  package let file: FileSyntax
  package let type: TypeSyntax
  package let condition: ExpressionSyntax?
  package let documentation: StringSyntax?
}
