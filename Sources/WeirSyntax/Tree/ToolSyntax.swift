package import WeirDiagnostics

/// `tool name(parameters) -> T "…" { run: […] }`
package struct ToolSyntax: Sendable {
  package let name: NameSyntax
  /// Each as an `input` is written.
  package let parameters: [InputSyntax]
  package let result: TypeSyntax
  package let documentation: StringSyntax?
  package let settings: [SettingSyntax]
  /// Whether all settings could be read.
  package let isWhole: Bool
  package let span: Span
}
