import WeirDiagnostics

extension Parser {
  mutating func parseType() -> TypeSyntax {
    nested(or: { TypeSyntax(kind: .missing, span: $0) }) { $0.parseUnion() }
  }

  private mutating func parseUnion() -> TypeSyntax {
    let start = current.range.lowerBound
    _ = accept(.bar)
    let first = parseMember()
    guard kind == .bar else { return first }
    var members = [first]
    while accept(.bar) { members.append(parseMember()) }
    for case .optional(let inner) in members.map(\.kind) {
      report(
        .unexpected(
          "`?`", expected: "`|` or the end of the type",
          at: Span(inner.span.end..<inner.span.end + 1, in: file),
          help: "write `| null` at the end of the union"))
    }
    return TypeSyntax(kind: .union(members), span: span(from: start))
  }

  /// `{ … }` alone, as after `type Name`.
  mutating func parseRecordType() -> TypeSyntax {
    let start = current.range.lowerBound
    return TypeSyntax(kind: .record(parseFields()), span: span(from: start))
  }

  private mutating func parseMember() -> TypeSyntax {
    let start = current.range.lowerBound
    let single = parseSingle()
    if kind == .leftBracket, nextKind == .rightBracket, !current.followsLineBreak {
      reportUnexpected(
        expected: "the end of the type", help: "a list is written with its element inside: `[string]`")
      advance()
      advance()
      return TypeSyntax(kind: .list(single, condition: nil), span: span(from: start))
    }
    guard accept(.question) else { return single }
    return TypeSyntax(kind: .optional(single), span: span(from: start))
  }

  private mutating func parseSingle() -> TypeSyntax {
    let start = current.range.lowerBound
    let kind: TypeSyntax.Kind
    switch self.kind {
    case .name where !isAtWholeEntry:
      let name = expectName("a type")
      kind = accept(.dot) ? .member(expectName("a type of `\(name.text)`"), of: name) : .name(name.text)
    case .quote, .blockQuote: kind = .text(parseString())
    case .minus, .number: kind = parseNumberType()
    case .null:
      advance()
      kind = .null
    case .leftBracket: kind = parseListType()
    case .leftBrace: kind = .record(parseFields())
    default:
      reportUnexpected(expected: "a type")
      kind = .missing
    }
    return TypeSyntax(kind: kind, span: span(from: start))
  }

  private mutating func parseNumberType() -> TypeSyntax.Kind {
    let isNegative = accept(.minus)
    guard kind == .number else {
      reportUnexpected(expected: "a number after `-`")
      return .missing
    }
    let text = text(of: current)
    let number = parseNumber()
    let digits = number.unit == .none ? NumberSyntax.literal(text) : "\(number.value)"
    return .number(isNegative ? -number.value : number.value, literal: (isNegative ? "-" : "") + digits)
  }

  /// `[T where c]` or `[string: T where c]`
  private mutating func parseListType() -> TypeSyntax.Kind {
    let opening = currentSpan
    advance()
    let isDictionary = isAt(word: "string") && nextKind == .colon
    if isDictionary {
      advance()
      advance()
    }
    let element = parseType()
    let condition = parseCondition()
    expectClosing(.rightBracket, "[", opened: opening)
    return isDictionary ? .dictionary(element, condition: condition) : .list(element, condition: condition)
  }

  private mutating func parseFields() -> [FieldSyntax] {
    parseBraces("`{` and fields") { parser in
      let start = parser.current.range.lowerBound
      let name = parser.expectName("a field or `}`")
      if parser.kind == .question {
        parser.reportUnexpected(
          expected: "`:` and a type", help: "write the `?` behind the type: `name: string?`")
        parser.advance()
      }
      guard !name.text.isEmpty, parser.expect(.colon, "`:` and a type") else { return nil }
      let type = parser.parseType()
      let condition = parser.parseCondition()
      return FieldSyntax(
        name: name, type: type, condition: condition, documentation: parser.parseDocumentation(),
        span: parser.span(from: start))
    }
  }

  /// The bracket that closes `opened`. Where something else stands, the one that was left open is
  /// told once, and what stands before the closing one is skipped.
  mutating func expectClosing(_ kind: TokenKind, _ sign: String, opened: Span) {
    if accept(kind) { return }
    if self.kind.beginsValue, !current.isFirstOnLine {
      reportUnexpected(expected: "`,` or `\(kind == .rightBracket ? "]" : ")")`")
    } else {
      reportUnclosed(sign, opened: opened)
    }
    skipToClosing(kind)
  }

  private mutating func skipToClosing(_ wanted: TokenKind) {
    var open = 0
    while !isAtEnd, !current.followsLineBreak, !isAtEntryInFirstColumn {
      if open == 0, kind == wanted {
        advance()
        return
      }
      switch kind {
      case .leftBrace, .leftBracket, .leftParenthesis, .tagOpen: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis, .tagClose:
        if open == 0 { return }
        open -= 1
      default: break
      }
      advance()
    }
  }
}
