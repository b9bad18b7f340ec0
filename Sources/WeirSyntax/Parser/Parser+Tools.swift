import WeirDiagnostics

extension Parser {
  /// `tool name(parameters) -> T "…" { … }`, after `tool`.
  mutating func parseTool(_ start: Int) -> ToolSyntax {
    let name = expectName("the tool's name")
    let parameters = parseParameters(of: name)
    let result = parseResult()
    let documentation = parseDocumentation()
    let told = diagnostics.count
    let settings = parseSettings(of: "the tool")
    return ToolSyntax(
      name: name, parameters: parameters, result: result, documentation: documentation, settings: settings,
      isWhole: diagnostics.count == told, span: span(from: start))
  }

  private mutating func parseParameters(of tool: NameSyntax) -> [InputSyntax] {
    let opening = currentSpan
    let bracket = index
    guard accept(.leftParenthesis) else {
      if !tool.text.isEmpty {
        reportUnexpected(
          expected: "`(` and what the tool takes",
          help: "what takes nothing is written `tool \(tool.text)() -> …`")
      }
      while !isAtEnd, kind != .arrow, kind != .leftBrace, !current.followsLineBreak { advance() }
      return []
    }
    var parameters: [InputSyntax] = []
    openParameters = true
    defer { openParameters = false }
    while !kind.closesBracket, !isAtEnd, !current.followsLineBreak, !isAtEntryInFirstColumn {
      parameters.append(parseParameter("a parameter or `)`", current.range.lowerBound))
      if !acceptComma(inBracketAt: bracket) { break }
    }
    if kind == .arrow {
      reportUnclosed("(", opened: opening)
    } else {
      expectClosing(.rightParenthesis, "(", opened: opening)
    }
    return parameters
  }

  /// To the comma or the bracket behind what cannot be read.
  mutating func skipToNextParameter() {
    var open = 0
    while !isAtEnd, !current.followsLineBreak, !isAtEntryInFirstColumn {
      switch kind {
      case .comma, .arrow: if open == 0 { return }
      case .leftBrace, .leftBracket, .leftParenthesis, .tagOpen: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis, .tagClose:
        if open == 0 { return }
        open -= 1
      default: break
      }
      advance()
    }
  }

  /// What the tool gives. Without it the settings are read all the same.
  private mutating func parseResult() -> TypeSyntax {
    let place = currentSpan
    if accept(.arrow) { return parseType() }
    reportUnexpected(
      expected: "`->` and the type of what the tool gives", help: "text is written `-> string`")
    return TypeSyntax(kind: .missing, span: place)
  }
}
