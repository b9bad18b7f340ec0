package import WeirDiagnostics

/// Reads a type that stands by itself. Never fails: what cannot be read is told.
package func parseType(_ source: SourceFile) -> (TypeExpressionSyntax, [Diagnostic]) {
  let lexed = lex(source)
  var parser = Parser(source, lexed)
  parser.checkEncoding()
  let type = parser.parseType()
  let condition = parser.parseCondition()
  let documentation = parser.parseDocumentation()
  if !parser.isAtEnd { parser.reportUnexpected(expected: "the end of the type") }
  let file = FileSyntax(
    source: source, entries: [], comments: lexed.comments, isWhole: parser.diagnostics.isEmpty,
    metaNames: parser.metaNames)
  let syntax = TypeExpressionSyntax(
    file: file, type: type, condition: condition, documentation: documentation)
  return (syntax, parser.diagnostics)
}
