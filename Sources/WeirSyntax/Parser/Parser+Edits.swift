import WeirDiagnostics

extension Parser {
  /// The mend of a comma that parts nothing from nothing.
  var surplusComma: [Diagnostic.Edit] {
    guard kind == .comma, index > 0 else { return [] }
    switch tokens[index - 1].kind {
    case .comma, .leftBracket, .leftParenthesis, .leftBrace: return [Diagnostic.Edit(currentSpan, "")]
    default: return []
    }
  }
}
