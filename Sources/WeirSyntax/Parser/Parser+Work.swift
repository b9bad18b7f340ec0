import WeirDiagnostics

extension Parser {
  /// `for x, i in list { … }`, after `for`.
  mutating func parseFor(_ start: Int) -> ForSyntax {
    let binder = parseBinder()
    let list = expect(.in, "`in` and a list") ? parseOr() : skipToBody()
    let body = parseBody(of: "`for`")
    return ForSyntax(binder: binder, list: list, body: body, span: span(from: start))
  }

  /// `if c { … } else if d { … } else { … }`, after the first `if`.
  mutating func parseIf(_ start: Int) -> IfSyntax {
    var branches = [parseBranch()]
    while kind == .else, nextKind == .if {
      advance()
      advance()
      branches.append(parseBranch())
    }
    let otherwise = accept(.else) ? parseBody(of: "`else`") : nil
    return IfSyntax(branches: branches, otherwise: otherwise, span: span(from: start))
  }

  private mutating func parseBranch() -> IfSyntax.Branch {
    let condition = parseOr()
    return IfSyntax.Branch(condition: condition, body: parseBody(of: "`if`"))
  }

  /// `repeat name = start, up to bound { … }`, after `repeat`.
  mutating func parseRepeat(_ start: Int) -> RepeatSyntax {
    let name = expectName("a name for the value that goes round")
    let first = expect(.equals, "`=` and the value of the first pass") ? parseOr() : skipToBody()
    let bound = parseBound()
    let body = parseBody(of: "`repeat`")
    return RepeatSyntax(name: name, start: first, bound: bound, body: body, span: span(from: start))
  }

  private mutating func parseBound() -> ExpressionSyntax {
    let isThere = accept(.comma)
    guard isThere, accept(word: "up"), accept(word: "to") else {
      reportUnexpected(
        expected: isThere ? "`up to` and the most passes" : "`, up to` and the most passes",
        help: "say how often at most: `repeat draft = first, up to 3 { … }`")
      return skipToBody()
    }
    return parseOr()
  }

  /// Over what is left of the head of an entry, whose value is missing.
  private mutating func skipToBody() -> ExpressionSyntax {
    let missing = missingExpression()
    while !isAtEnd, kind != .leftBrace, !current.followsLineBreak { advance() }
    return missing
  }

  // MARK: Bodies

  private mutating func parseBody(of what: String) -> BodySyntax {
    nested(or: { BodySyntax(entries: [], span: $0) }) { $0.parseEntries(of: what) }
  }

  private mutating func parseEntries(of what: String) -> BodySyntax {
    let opening = currentSpan
    guard accept(.leftBrace) else {
      reportUnexpected(expected: "`{` and the steps of \(what)")
      skipToSeparator()
      return BodySyntax(entries: [], span: opening)
    }
    openBodies += 1
    defer { openBodies -= 1 }
    var entries: [EntrySyntax] = []
    while !isAtEnd, kind != .rightBrace, !isAtFileEntry {
      let start = index
      entries.append(parseBodyEntry())
      if kind != .rightBrace { expectEntryEnd() }
      if index == start { advance() }
    }
    if !accept(.rightBrace) { reportUnclosed("{", opened: opening) }
    return BodySyntax(entries: entries, span: span(from: opening.start))
  }

  private mutating func parseBodyEntry() -> EntrySyntax {
    let start = current.range.lowerBound
    if accept(word: "until") {
      return .until(UntilSyntax(condition: parseOnLine("a condition"), span: span(from: start)))
    }
    if accept(word: "next") {
      return .next(NextSyntax(value: parseOnLine("the value of the next pass"), span: span(from: start)))
    }
    if kind == .name, let word = EntryWord(bytes, current.range), !word.isWork {
      reportUnexpected(
        expected: "a step, `let`, `for`, `if`, `repeat`, `until` or `next`",
        help: "`\(word.rawValue)` stands at the top level of the file")
      skipToSeparator()
      return .unread(span(from: start))
    }
    return parseEntry()
  }

  /// An expression on the line of its word.
  private mutating func parseOnLine(_ what: String) -> ExpressionSyntax {
    guard !current.followsLineBreak, kind != .rightBrace else {
      reportUnexpected(expected: what)
      return missingExpression()
    }
    return parseExpression()
  }

  /// Whether an entry begins here that only a file has: the body above it was left open.
  private var isAtFileEntry: Bool {
    isAtEntryInFirstColumn && EntryWord(bytes, current.range).map { !$0.isWork } == true
  }
}
