import WeirDiagnostics

/// A piece of a string before its tags are put together to a tree.
enum TextItem {
  case text(Span)
  case value(ExpressionSyntax, Span)
  case comment(Span)
  case ifTag(ExpressionSyntax, Span)
  case elseIfTag(ExpressionSyntax, Span)
  case elseTag(Span)
  case forTag(BinderSyntax, ExpressionSyntax, Span)
  case endTag(Span)

  /// Whether it leaves nothing in the text itself.
  var isControl: Bool {
    switch self {
    case .text, .value: false
    case .comment, .ifTag, .elseIfTag, .elseTag, .forTag, .endTag: true
    }
  }

  var height: Int {
    switch self {
    case .value(let expression, _), .ifTag(let expression, _), .elseIfTag(let expression, _),
      .forTag(_, let expression, _):
      expression.height
    case .text, .comment, .elseTag, .endTag: 0
    }
  }
}

extension Parser {
  /// The string at hand: first its pieces in order, then their text as it is sent, then the tree.
  mutating func parseString() -> StringSyntax {
    if let string = parsePlainString() { return string }
    let start = current.range.lowerBound
    let isBlock = kind == .blockQuote
    let opening = currentSpan
    advance()
    let items = parseItems()
    let closing = currentSpan
    if kind == .closingQuote || kind == .closingBlockQuote { advance() }
    cook.cook(items, isBlock: isBlock, opening: opening, closing: closing)
    if !cook.diagnostics.isEmpty { diagnostics += cook.diagnostics }
    if items.count == 1, case .text = items[0] {
      return StringSyntax(plain: cook.text(0), span: span(from: start))
    }
    var height = items.reduce(0) { max($0, $1.height) } + 1
    let parts = flatParts(items) ?? treeParts(items, &height)
    return StringSyntax(
      parts: parts, span: span(from: start), dropsLastLineBreak: cook.dropsLastLineBreak, height: height)
  }

  /// A `"…"` without a tag and without an escape, as most strings are: its text is as it stands.
  private mutating func parsePlainString() -> StringSyntax? {
    let start = current.range.lowerBound
    guard kind == .quote, nextKind == .text, tokens[index + 2].kind == .closingQuote else { return nil }
    let text = tokens[index + 1].range
    guard !cook.hasBackslash(text) else { return nil }
    index += 2
    advance()
    return StringSyntax(plain: self.text(of: text), span: span(from: start))
  }

  /// The pieces as they are, where none of them opens anything; most strings are like that.
  private func flatParts(_ items: [TextItem]) -> [TextPartSyntax]? {
    var parts: [TextPartSyntax] = []
    parts.reserveCapacity(items.count)
    var text = 0
    for item in items {
      switch item {
      case .text:
        let sent = cook.text(text)
        if !sent.isEmpty { parts.append(.text(sent)) }
        text += 1
      case .value(let expression, _): parts.append(.value(expression))
      case .comment: parts.append(.comment)
      case .ifTag, .elseIfTag, .elseTag, .forTag, .endTag: return nil
      }
    }
    return parts
  }

  private mutating func treeParts(_ items: [TextItem], _ height: inout Int) -> [TextPartSyntax] {
    var builder = TextTreeBuilder()
    let parts = builder.build(items, cook)
    diagnostics += builder.diagnostics
    height += builder.greatestDepth - 1
    return parts
  }

  private mutating func parseItems() -> [TextItem] {
    var items: [TextItem] = []
    items.reserveCapacity(4)
    while true {
      switch kind {
      case .text:
        items.append(.text(currentSpan))
        advance()
      case .tagComment:
        items.append(.comment(currentSpan))
        advance()
      case .tagOpen: items.append(parseTag())
      default: return items
      }
    }
  }

  private mutating func parseTag() -> TextItem {
    let start = current.range.lowerBound
    let told = diagnostics.count
    advance()
    let item = parseTagInside(start)
    if kind != .tagClose {
      let gaveUp = silentAt == index && isAtEntryInFirstColumn
      reportUnexpected(
        expected: "`}}`", help: kind == .bar ? "a function is called with a point: `x.upper`" : nil)
      if !gaveUp { skipToTagClose() }
    }
    // A tag that its line ended was told of; what is odd inside has the same cause.
    if kind == .tagClose, current.range.isEmpty { diagnostics.removeSubrange(told...) }
    _ = accept(.tagClose)
    return item.ending(at: span(from: start))
  }

  private mutating func parseTagInside(_ start: Int) -> TextItem {
    let place = currentSpan
    switch kind {
    case .if: return parseIfTag()
    case .for:
      advance()
      let binder = parseBinder()
      let list = expect(.in, "`in` and a list") ? parseOr() : missingExpression()
      return .forTag(binder, list, place)
    case .else:
      advance()
      return accept(.if) ? .elseIfTag(parseOr(), place) : .elseTag(place)
    case .end:
      advance()
      return .endTag(place)
    case .slash:
      reportUnexpected(expected: "an expression in the tag", help: "a section ends with `{{ end }}`")
      skipToTagClose()
      return .endTag(place)
    case .tagClose:
      reportUnexpected(expected: "an expression in the tag")
      return .value(missingExpression(), place)
    default:
      return .value(parseExpression(), place)
    }
  }

  /// `{{ if c }}` and `{{ if c then a else b }}` part after the condition.
  private mutating func parseIfTag() -> TextItem {
    let start = current.range.lowerBound
    let place = currentSpan
    advance()
    let condition = parseOr()
    guard kind == .then else { return .ifTag(condition, place) }
    return .value(parseConditional(after: condition, from: start), place)
  }

  private mutating func skipToTagClose() {
    var open = 0
    while !isAtEnd {
      switch kind {
      case .tagOpen: open += 1
      case .tagClose:
        if open == 0 { return }
        open -= 1
      case .closingBlockQuote: return
      default: break
      }
      advance()
    }
  }
}

extension TextItem {
  fileprivate func ending(at tag: Span) -> TextItem {
    switch self {
    case .text: self
    case .value(let expression, _): .value(expression, tag)
    case .comment: .comment(tag)
    case .ifTag(let condition, _): .ifTag(condition, tag)
    case .elseIfTag(let condition, _): .elseIfTag(condition, tag)
    case .elseTag: .elseTag(tag)
    case .forTag(let binder, let list, _): .forTag(binder, list, tag)
    case .endTag: .endTag(tag)
    }
  }
}
