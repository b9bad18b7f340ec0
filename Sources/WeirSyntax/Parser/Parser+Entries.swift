import WeirDiagnostics

extension Parser {
  mutating func parseEntries() -> [EntrySyntax] {
    var entries: [EntrySyntax] = []
    while !isAtEnd {
      let start = index
      silentAt = nil
      entries.append(parseEntry())
      expectEntryEnd()
      if index == start { advance() }
    }
    return entries
  }

  /// What follows an entry begins on a new line.
  mutating func expectEntryEnd() {
    guard !isAtEnd, !current.followsLineBreak else { return }
    if !isAtEntryInFirstColumn { reportUnexpected(expected: "a new line after the entry") }
    // Two entries on one line are both read.
    if kind == .name, [.name, .leftBrace].contains(nextKind), EntryWord(rawValue: text(of: current)) != nil {
      return
    }
    skipToNewLine()
  }

  private mutating func skipToNewLine() {
    repeat {
      skipToSeparator()
    } while !isAtEnd && !current.followsLineBreak && !isAtEntryInFirstColumn
      && !(openBodies > 0 && kind == .rightBrace) && skipsSeparator()
  }

  private mutating func skipsSeparator() -> Bool {
    advance()
    return true
  }

  mutating func parseEntry() -> EntrySyntax {
    let start = current.range.lowerBound
    let head = currentSpan
    guard kind == .name || kind == .if || kind == .for else { return parseUnknownEntry(head) }
    guard let word = EntryWord(bytes, current.range) else { return parseUnknownEntry(head) }
    advance()
    switch word {
    case .about: return .about(parseAbout(start))
    case .input: return .input(parseParameter("the input's name", start))
    case .type: return .type(parseTypeEntry(start))
    case .defaults: return .settings(parseSettingsBlock(.defaults, start))
    case .limits: return .settings(parseSettingsBlock(.limits, start))
    case .models: return .settings(parseSettingsBlock(.models, start))
    case .provider: return .provider(parseProvider(start))
    case .step: return parseStep(start)
    case .let: return .let(parseLet(start))
    case .output: return .output(parseOutput(start))
    case .use: return .use(parseUse(start))
    case .for: return .for(parseFor(start))
    case .if: return .if(parseIf(start))
    case .repeat: return .repeat(parseRepeat(start))
    case .tool: return .tool(parseTool(start))
    case .test:
      report(.notYet("`\(word.rawValue)`", at: head))
      skipToEntry()
      return .unread(span(from: start))
    }
  }

  private mutating func parseUnknownEntry(_ head: Span) -> EntrySyntax {
    if kind == .name {
      let word = text(of: current)
      report(
        .unknownEntry(word, nearest: EntryWord.allCases.map(\.rawValue).guess(for: word), at: head))
    } else {
      reportUnexpected(expected: "an entry")
    }
    let start = current.range.lowerBound
    advance()
    if openBodies > 0 { skipToSeparator() } else { skipToFirstColumn() }
    return .unread(span(from: start))
  }

  /// To the next line that begins in the first column outside of all brackets, so that what is wrong there
  /// is told as well.
  private mutating func skipToFirstColumn() {
    var open = 0
    while !isAtEnd, !isAtEntryInFirstColumn {
      if open == 0, current.isFirstOnLine, isInFirstColumn(current), !kind.closesBracket { return }
      switch kind {
      case .leftBrace, .leftBracket, .leftParenthesis, .tagOpen: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis, .tagClose: open = max(0, open - 1)
      default: break
      }
      advance()
    }
  }

  // MARK: Entries

  private mutating func parseAbout(_ start: Int) -> AboutSyntax {
    let text = kind.opensString ? parseString() : nil
    if text == nil { reportUnexpected(expected: "a string after `about`") }
    return AboutSyntax(text: text, span: span(from: start))
  }

  private mutating func parseUse(_ start: Int) -> UseSyntax {
    let path = kind.opensString ? parseString() : nil
    if path == nil { reportUnexpected(expected: "a string after `use`") }
    let alias = accept(word: "as") ? expectName("a name for the flow") : nil
    return UseSyntax(path: path, alias: alias, span: span(from: start))
  }

  /// `name: T = default where … "…"`, of an `input` or among the parameters of a tool.
  mutating func parseParameter(_ what: @autoclosure () -> String, _ start: Int) -> InputSyntax {
    let name = expectName(what())
    var type = TypeSyntax(kind: .missing, span: name.span)
    if expect(.colon, "`:` and a type") {
      type = parseType()
    } else if openParameters {
      skipToNextParameter()
    } else {
      skipToSeparator()
    }
    let value = accept(.equals) ? parseExpression() : nil
    let condition = parseCondition()
    return InputSyntax(
      name: name, type: type, defaultValue: value, condition: condition,
      documentation: parseDocumentation(), span: span(from: start))
  }

  private mutating func parseTypeEntry(_ start: Int) -> TypeEntrySyntax {
    let name = expectName("the type's name")
    var type = TypeSyntax(kind: .missing, span: name.span)
    var condition: ExpressionSyntax?
    if kind == .leftBrace {
      type = parseRecordType()
    } else if expect(.equals, "`=` and a type, or `{` and fields") {
      type = parseType()
      condition = parseCondition()
    }
    return TypeEntrySyntax(
      name: name, type: type, condition: condition, documentation: parseDocumentation(),
      span: span(from: start))
  }

  private mutating func parseSettingsBlock(
    _ kind: SettingsBlockSyntax.Kind, _ start: Int
  ) -> SettingsBlockSyntax {
    let settings = parseSettings(of: "`\(kind.rawValue)`")
    return SettingsBlockSyntax(kind: kind, settings: settings, span: span(from: start))
  }

  private mutating func parseProvider(_ start: Int) -> ProviderSyntax {
    let name = expectName("the provider's name")
    let settings = parseSettings(of: "the provider")
    return ProviderSyntax(name: name, settings: settings, span: span(from: start))
  }

  private mutating func parseStep(_ start: Int) -> EntrySyntax {
    let name = expectName("the step's name")
    if accept(.equals) { return .call(parseCall(name, start)) }
    let type = accept(.arrow) ? parseType() : nil
    if kind == .where {
      reportUnexpected(
        expected: "`{` and the settings of the step",
        help: "give the type a name, with `type Name = … where …`, or put it into a record's field")
      _ = parseCondition()
    }
    let told = diagnostics.count
    let settings = parseSettings(of: "the step")
    return .step(
      StepSyntax(
        name: name, type: type, settings: settings, isWhole: diagnostics.count == told,
        span: span(from: start)))
  }

  private mutating func parseCall(_ name: NameSyntax, _ start: Int) -> CallStepSyntax {
    let function = expectName("the flow or `run` that the step calls")
    var arguments: [ArgumentSyntax] = []
    if kind == .leftParenthesis, !current.followsLineBreak {
      arguments = parseArguments()
    } else if !function.text.isEmpty {
      reportUnexpected(
        expected: "`(` and the arguments",
        help: "a value gets its name with `let \(name.text) = …`; a step asks a model or calls a flow")
      skipToSeparator()
    }
    return CallStepSyntax(name: name, function: function, arguments: arguments, span: span(from: start))
  }

  private mutating func parseLet(_ start: Int) -> LetSyntax {
    let name = expectName("a name")
    let type = accept(.colon) ? parseType() : nil
    let value = expect(.equals, "`=` and a value") ? parseExpression() : missingExpression()
    return LetSyntax(name: name, type: type, value: value, span: span(from: start))
  }

  private mutating func parseOutput(_ start: Int) -> OutputSyntax {
    var name: NameSyntax?
    if kind == .name, nextKind == .equals {
      name = expectName("a name")
      advance()
    }
    return OutputSyntax(name: name, value: parseExpression(), span: span(from: start))
  }

  // MARK: Settings

  /// `{ name: value, … }`
  mutating func parseSettings(of what: @autoclosure () -> String) -> [SettingSyntax] {
    parseBraces("`{` and the settings of \(what())") { parser in
      guard parser.kind == .name || parser.kind.isReservedWord else {
        parser.reportUnexpected(expected: "a setting or `}`")
        return nil
      }
      let start = parser.current.range.lowerBound
      let isEnsure = parser.isAt(word: "ensure") && parser.nextKind != .colon
      let name = parser.expectName("a setting")
      if isEnsure {
        let condition = parser.parseOr()
        let reason = parser.kind.opensString ? parser.parseString() : nil
        return SettingSyntax(
          name: name, value: condition, form: .ensure(reason: reason), span: parser.span(from: start))
      }
      if parser.kind == .equals {
        parser.reportUnexpected(
          expected: "`:` after `\(name.text)`", help: "a setting is written `\(name.text): …`",
          edits: [.init(Span(parser.lastEnd..<parser.current.range.upperBound, in: parser.file), ":")])
        parser.advance()
      } else {
        guard !name.text.isEmpty, parser.expect(.colon, "`:` after `\(name.text)`") else { return nil }
      }
      let value = parser.parseExpression()
      return SettingSyntax(name: name, value: value, form: .named, span: parser.span(from: start))
    }
  }

  /// Elements between braces, parted by commas or line breaks. `parse` gives nil after a report;
  /// then the element is skipped. A brace that is left open ends before the next entry.
  mutating func parseBraces<Element>(
    _ what: @autoclosure () -> String, _ parse: (inout Parser) -> Element?
  ) -> [Element] {
    let opening = currentSpan
    guard accept(.leftBrace) else {
      reportUnexpected(expected: what())
      giveUp()
      return []
    }
    var elements: [Element] = []
    // Few have less. Room for more would make the tree of many short steps half as large again.
    elements.reserveCapacity(2)
    while !isAtEnd, kind != .rightBrace, !isAtEntryInFirstColumn {
      let start = index
      if let element = parse(&self) { elements.append(element) } else { skipToSeparator() }
      if isAtEnd || isAtEntryInFirstColumn { break }
      if !accept(.comma), kind != .rightBrace, !current.followsLineBreak {
        reportUnexpected(expected: "`,`, a new line or `}`")
        skipToSeparator()
        _ = accept(.comma)
      }
      if index == start { advance() }
    }
    if !accept(.rightBrace) { reportUnclosed("{", opened: opening) }
    return elements
  }

  // MARK: Conditions and documentation

  mutating func parseCondition() -> ExpressionSyntax? {
    accept(.where) ? parseOr() : nil
  }

  /// A plain string at the end of a field, an input or a type.
  mutating func parseDocumentation() -> StringSyntax? {
    kind.opensString && !current.followsLineBreak ? parseString() : nil
  }

  func missingExpression() -> ExpressionSyntax {
    ExpressionSyntax(.missing, currentSpan)
  }
}
