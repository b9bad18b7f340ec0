import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  /// `?? ""` behind a text that may be null. An `if` needs parentheses, or its last branch alone would
  /// have it.
  func emptyFallback(_ type: ValueType, _ syntax: ExpressionSyntax) -> [Diagnostic.Edit] {
    guard program.types.fits(program.types.withoutNull(type), .string) else { return [] }
    let end = Span(syntax.span.end..<syntax.span.end, in: syntax.span.file)
    guard case .conditional = syntax.kind else { return [.init(end, " ?? \"\"")] }
    let start = Span(syntax.span.start..<syntax.span.start, in: syntax.span.file)
    return [.init(start, "("), .init(end, ") ?? \"\"")]
  }

  /// Takes `?? …` away, unless a line ends in it: a comment may stand there.
  func fallbackRemoval(after left: ExpressionSyntax, at span: Span) -> [Diagnostic.Edit] {
    let removed = left.span.end..<span.end
    guard !file.source.bytes[removed].contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return [] }
    return [.init(Span(removed, in: span.file), "")]
  }
}
