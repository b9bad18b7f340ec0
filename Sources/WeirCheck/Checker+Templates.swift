import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  /// The one place where a picture may stand.
  mutating func prompt(_ syntax: ExpressionSyntax) -> Expression {
    guard case .string(let string) = syntax.kind else {
      let value = expression(syntax, expecting: .string)
      require(value, fits: .string, as: "`prompt`")
      return value
    }
    return text(string, allowsMedia: true)
  }

  mutating func text(_ string: StringSyntax, allowsMedia: Bool = false, expecting: ValueType? = nil)
    -> Expression
  {
    if let text = string.plainText {
      return Expression(
        .constant(.string(text)), type: literalType(text, expecting: expecting), span: string.span)
    }
    let template = Template(
      parts(string.parts, allowsMedia).parts, dropsLastLineBreak: string.dropsLastLineBreak)
    return Expression(.template(template), type: .string, span: string.span)
  }

  /// `"calm"` is of the type `"calm"` where such a type is wanted, else a string.
  func literalType(_ text: String, expecting: ValueType?) -> ValueType {
    guard let expecting else { return .string }
    let types = program.types
    let takesText = types.hasMember(expecting) { if case .text = $0 { true } else { false } }
    return takesText && !types.hasMember(expecting) { $0 == .string } ? .text(text) : .string
  }

  private mutating func part(_ syntax: TextPartSyntax, _ allowsMedia: Bool) -> Template.Part? {
    switch syntax {
    case .text(let text): .text(text)
    case .comment: nil
    case .value(let value): .value(tagValue(value, allowsMedia))
    case .choice(let choice): self.choice(choice, allowsMedia)
    case .loop(let loop): self.loop(loop, allowsMedia)
    }
  }

  private mutating func parts(_ parts: [TextPartSyntax], _ allowsMedia: Bool) -> Template {
    var made: [Template.Part] = []
    made.reserveCapacity(parts.count)
    for place in parts.indices {
      if let part = part(parts[place], allowsMedia) { made.append(part) }
    }
    return Template(made)
  }

  private mutating func tagValue(_ syntax: ExpressionSyntax, _ allowsMedia: Bool) -> Expression {
    let value = expression(syntax)
    if program.types.isOptional(value.type) {
      report(
        .optionalInText(
          source(of: syntax), describe(value.type), at: syntax.span, edits: emptyFallback(value.type, syntax))
      )
    } else if program.types.carriesMedia(value.type) {
      if !allowsMedia || !isMedia(value.type) {
        report(misplaced(value.type, in: "this text", at: syntax.span))
      }
    }
    return value
  }

  /// A picture, or a list of them; not a record that holds one.
  private func isMedia(_ type: ValueType) -> Bool {
    switch program.types.resolved(type) {
    case .image, .file: true
    case .list(let element, _): isMedia(element)
    default: false
    }
  }

  private mutating func choice(_ choice: ChoiceSyntax, _ allowsMedia: Bool) -> Template.Part {
    var branches: [Template.Branch] = []
    var otherwise: Template?
    var known: [String] = []
    for branch in choice.branches {
      guard let syntax = branch.condition else {
        otherwise = knowing(present: known) { $0.parts(branch.parts, allowsMedia) }
        continue
      }
      let condition = knowing(present: known) { $0.condition(syntax) }
      let body = knowing(present: known + pathsPresent(when: true, syntax)) {
        $0.parts(branch.parts, allowsMedia)
      }
      branches.append(.init(condition: condition, body: body))
      known += pathsPresent(when: false, syntax)
    }
    return .choice(branches, otherwise: otherwise)
  }

  private mutating func loop(_ loop: LoopSyntax, _ allowsMedia: Bool) -> Template.Part {
    let list = expression(loop.list)
    let element = elementType(of: list, for: "a `for` tag")
    let depth = locals.count
    let body = withBinder(loop.binder, element) { $0.parts(loop.parts, allowsMedia) }
    return .loop(list, depth: depth, body)
  }

  /// Types `body` with the element, and the index after it, as locals.
  mutating func withBinder<Result>(
    _ binder: BinderSyntax, _ element: ValueType, _ body: (inout Checker) -> Result
  ) -> Result {
    refuseTakenLocal(binder.name)
    if let index = binder.index { refuseTakenLocal(index) }
    if let index = binder.index, index.text == binder.name.text, !index.text.isEmpty {
      report(.duplicateName(index.text, at: index.span, first: binder.name.span))
    }
    return withLocal(binder.name.text, element) { checker in
      checker.withLocal(binder.index?.text ?? "", .int, body)
    }
  }

  private mutating func refuseTakenLocal(_ name: NameSyntax) {
    guard !name.text.isEmpty else { return }
    if meanings[name.text] != nil || locals.contains(where: { $0.name == name.text }) {
      report(.duplicateName(name.text, at: name.span, first: declaration(of: name.text)))
    }
  }

  /// The type of what a list holds; what is no list is reported.
  mutating func elementType(of list: Expression, for what: String) -> ValueType {
    switch program.types.resolved(list.type) {
    case .list(let element, _): return element
    case .json: return .json
    case .error: return .error
    default:
      report(
        .notAList(
          describe(list.type), isOptional: program.types.isOptional(list.type), for: what, at: list.span))
      return .error
    }
  }

  func source(of syntax: ExpressionSyntax) -> String { file.source.text(of: syntax.span) }
}
