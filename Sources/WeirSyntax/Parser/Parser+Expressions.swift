import WeirDiagnostics

/// How tight operators bind, from loose to tight.
private enum Precedence: Int {
  case or = 1
  case and, not, comparison, range, fallback, sum, product
}

extension TokenKind {
  fileprivate var precedence: Precedence? {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: .comparison
    case .ellipsis: .range
    case .doubleQuestion: .fallback
    case .plus, .minus: .sum
    case .star, .slash, .percent: .product
    default: nil
    }
  }
}

extension Parser {
  /// `expr`: with `if … then … else …`.
  mutating func parseExpression() -> ExpressionSyntax {
    nested(or: { ExpressionSyntax(.missing, $0) }) { parser in
      parser.kind == .if ? parser.parseConditional() : parser.parseBinary(.or)
    }
  }

  /// `or`: an expression that does not begin with `if`.
  mutating func parseOr() -> ExpressionSyntax {
    nested(or: { ExpressionSyntax(.missing, $0) }) { $0.parseBinary(.or) }
  }

  private mutating func parseConditional() -> ExpressionSyntax {
    let start = current.range.lowerBound
    advance()
    return parseConditional(after: parseOr(), from: start)
  }

  /// What follows the condition of an `if` that turned out to be an expression.
  mutating func parseConditional(after condition: ExpressionSyntax, from start: Int) -> ExpressionSyntax {
    guard expect(.then, "`then` and a value") else { return ExpressionSyntax(.missing, span(from: start)) }
    let then = parseExpression()
    guard expect(.else, "`else` and a value") else { return ExpressionSyntax(.missing, span(from: start)) }
    let otherwise = parseExpression()
    return join(
      .conditional(condition, then: then, otherwise: otherwise), from: start,
      above: max(condition.height, then.height, otherwise.height))
  }

  // MARK: Operators

  private mutating func parseBinary(_ loosest: Precedence) -> ExpressionSyntax {
    let start = current.range.lowerBound
    var left = loosest.rawValue <= Precedence.not.rawValue && kind == .not ? parseNot() : parseUnary()
    while let precedence = kind.precedence, precedence.rawValue >= loosest.rawValue,
      !current.followsLineBreak
    {
      let sign = OperatorSyntax(kind: kind, span: currentSpan)
      advance()
      let right = parseRight(of: precedence)
      left = join(.binary(sign, left, right), from: start, above: max(left.height, right.height))
      if precedence == .comparison || precedence == .range, isChained(precedence) {
        return refuseChain(precedence, from: start)
      }
    }
    return left
  }

  /// `??` groups to the right, so its right side may hold another; all others group to the left.
  private mutating func parseRight(of precedence: Precedence) -> ExpressionSyntax {
    let tighter = precedence == .fallback ? precedence : Precedence(rawValue: precedence.rawValue + 1)
    return nested(or: { ExpressionSyntax(.missing, $0) }) { parser in
      tighter.map { parser.parseBinary($0) } ?? parser.parseUnary()
    }
  }

  private func isChained(_ precedence: Precedence) -> Bool {
    kind.precedence == precedence && !current.followsLineBreak
  }

  /// Reads what is chained, and gives an expression that nobody complains about again.
  private mutating func refuseChain(_ precedence: Precedence, from start: Int) -> ExpressionSyntax {
    report(.chainedComparison(at: currentSpan))
    while isChained(precedence) {
      advance()
      _ = parseRight(of: precedence)
    }
    return ExpressionSyntax(.missing, span(from: start))
  }

  private mutating func parseNot() -> ExpressionSyntax {
    let start = current.range.lowerBound
    advance()
    let operand = nested(or: { ExpressionSyntax(.missing, $0) }) { parser in
      parser.kind == .not ? parser.parseNot() : parser.parseBinary(.comparison)
    }
    return join(.not(operand), from: start, above: operand.height)
  }

  private mutating func parseUnary() -> ExpressionSyntax {
    guard kind == .minus else { return parsePostfix() }
    let start = current.range.lowerBound
    advance()
    let operand = nested(or: { ExpressionSyntax(.missing, $0) }) { $0.parseUnary() }
    return join(.negate(operand), from: start, above: operand.height)
  }

  private mutating func parsePostfix() -> ExpressionSyntax {
    let start = current.range.lowerBound
    var base = parsePrimary()
    while true {
      switch kind {
      case .dot, .questionDot:
        let isOptional = kind == .questionDot
        advance()
        if kind == .dot {
          reportUnexpected(
            expected: "a field or a function after `.`", help: "a range has three points: `1...5`")
          advance()
          _ = parseUnary()
          return ExpressionSyntax(.missing, span(from: start))
        }
        let name = expectName("a field or a function after `\(isOptional ? "?." : ".")`")
        if kind == .leftParenthesis, !current.followsLineBreak {
          let arguments = parseArguments()
          base = join(
            .method(base, name, arguments, isOptional: isOptional), from: start, above: base.height)
        } else {
          base = join(.member(base, name, isOptional: isOptional), from: start, above: base.height)
        }
      case .leftBracket where !current.followsLineBreak:
        let opening = currentSpan
        advance()
        let position = parseExpression()
        expectClosing(.rightBracket, "[", opened: opening)
        base = join(.index(base, position), from: start, above: max(base.height, position.height))
      default:
        return base
      }
    }
  }

  // MARK: Primaries

  private mutating func parsePrimary() -> ExpressionSyntax {
    let start = current.range.lowerBound
    switch kind {
    case .name where !isAtWholeEntry: return parseNameOrCall()
    case .it: return word(.it)
    case .true: return word(.bool(true))
    case .false: return word(.bool(false))
    case .null: return word(.null)
    case .number:
      let number = parseNumber()
      return ExpressionSyntax(.number(number), span(from: start))
    case .quote, .blockQuote:
      let string = parseString()
      return grown(ExpressionSyntax(.string(string), string.span, height: string.height + 1))
    case .leftParenthesis: return parseParenthesised()
    case .leftBracket: return parseList()
    case .leftBrace: return parseRecord()
    default:
      reportUnexpected(expected: "a value")
      return missingExpression()
    }
  }

  private mutating func word(_ kind: ExpressionSyntax.Kind) -> ExpressionSyntax {
    let place = currentSpan
    advance()
    return ExpressionSyntax(kind, place)
  }

  private mutating func parseNameOrCall() -> ExpressionSyntax {
    let start = current.range.lowerBound
    let name = expectName("a value")
    guard kind == .leftParenthesis, !current.followsLineBreak else {
      return ExpressionSyntax(.name(name.text), name.span)
    }
    let arguments = parseArguments()
    if name.text == "meta", case .name(let step) = arguments.first?.value.kind { metaNames.insert(step) }
    return join(.call(name, arguments), from: start, above: greatest(arguments) { $0.value.height })
  }

  mutating func parseArguments() -> [ArgumentSyntax] {
    let opening = currentSpan
    let bracket = index
    advance()
    var arguments: [ArgumentSyntax] = []
    while !kind.closesBracket, !isAtEnd, !current.followsLineBreak {
      var label: NameSyntax?
      if kind == .name, nextKind == .colon {
        label = expectName("an argument")
        advance()
      }
      arguments.append(ArgumentSyntax(label: label, value: parseExpression()))
      if !acceptComma(inBracketAt: bracket) { break }
    }
    expectClosing(.rightParenthesis, "(", opened: opening)
    return arguments
  }

  /// A comma between elements of the bracket at a token. Where only that is missing, it is told, and reading
  /// goes on as if it stood there.
  mutating func acceptComma(inBracketAt opening: Int) -> Bool {
    if accept(.comma) { return true }
    guard kind.beginsValue || kind == .leftBrace, current.isFirstOnLine, !isAtEntryInFirstColumn,
      closedBrackets.contains(opening)
    else { return false }
    report(.missingComma(after: lastEnd, in: file))
    return true
  }

  private mutating func parseParenthesised() -> ExpressionSyntax {
    let start = current.range.lowerBound
    let opening = currentSpan
    advance()
    let inside = parseExpression()
    expectClosing(.rightParenthesis, "(", opened: opening)
    return join(.parenthesised(inside), from: start, above: inside.height)
  }

  private mutating func parseList() -> ExpressionSyntax {
    let start = current.range.lowerBound
    let opening = currentSpan
    let bracket = index
    advance()
    var elements: [ExpressionSyntax] = []
    while !kind.closesBracket, !isAtEnd, !current.followsLineBreak {
      elements.append(parseExpression())
      if elements.count == 1, kind == .for {
        return parseComprehension(of: elements[0], opening, from: start)
      }
      if !acceptComma(inBracketAt: bracket) { break }
    }
    expectClosing(.rightBracket, "[", opened: opening)
    return join(.list(elements), from: start, above: greatest(elements) { $0.height })
  }

  private mutating func parseComprehension(
    of element: ExpressionSyntax, _ opening: Span, from start: Int
  ) -> ExpressionSyntax {
    advance()
    let binder = parseBinder()
    let list = expect(.in, "`in` and a list") ? parseOr() : missingExpression()
    let condition = accept(.if) ? parseOr() : nil
    expectClosing(.rightBracket, "[", opened: opening)
    let node = ComprehensionSyntax(element: element, binder: binder, list: list, condition: condition)
    return join(
      .comprehension(node), from: start, above: max(element.height, list.height, condition?.height ?? 0))
  }

  mutating func parseBinder() -> BinderSyntax {
    // `in` is the one reserved word that is not taken for the missing name.
    guard kind != .in else {
      reportUnexpected(expected: "a name for the element")
      return BinderSyntax(name: NameSyntax(text: "", span: currentSpan), index: nil)
    }
    let name = expectName("a name for the element")
    let index = accept(.comma) ? expectName("a name for the index") : nil
    return BinderSyntax(name: name, index: index)
  }

  private mutating func parseRecord() -> ExpressionSyntax {
    let start = current.range.lowerBound
    let pairs = parseBraces("`{`") { parser -> PairSyntax? in
      let name = parser.parsePairName()
      guard !name.text.isEmpty || name.span.start < name.span.end,
        parser.expect(.colon, "`:` and a value")
      else { return nil }
      return PairSyntax(name: name, value: parser.parseExpression())
    }
    return join(.record(pairs), from: start, above: greatest(pairs) { $0.value.height })
  }

  private mutating func parsePairName() -> NameSyntax {
    guard kind.opensString else { return expectName("a field or `}`") }
    let string = parseString()
    guard let text = string.plainText else {
      report(
        .unexpected("a string with tags", expected: "a plain string as the field's name", at: string.span))
      return NameSyntax(text: "", span: string.span)
    }
    return NameSyntax(text: text, span: string.span)
  }

  // MARK: Height

  /// A node above others, the highest of which has the height `below`.
  private mutating func join(
    _ kind: ExpressionSyntax.Kind, from start: Int, above below: Int
  ) -> ExpressionSyntax {
    grown(ExpressionSyntax(kind, span(from: start), height: below + 1))
  }

  private func greatest<Part>(_ parts: [Part], _ height: (Part) -> Int) -> Int {
    parts.reduce(0) { max($0, height($1)) }
  }

  /// Chains such as `a + a + …` grow without nesting the parser's functions; whoever walks the tree
  /// nests all the same, so their height has a limit too.
  private mutating func grown(_ expression: ExpressionSyntax) -> ExpressionSyntax {
    guard expression.height > Self.greatestHeight else { return expression }
    giveUp(.tooDeep(at: expression.span))
    return ExpressionSyntax(.missing, expression.span)
  }

  private static let greatestHeight = 400
}
