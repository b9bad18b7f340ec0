import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  /// Types an expression. `expecting` lets literals take a narrower type; it is no demand, which is
  /// `require`'s business.
  mutating func expression(_ syntax: ExpressionSyntax, expecting: ValueType? = nil) -> Expression {
    func made(_ kind: Expression.Kind, _ type: ValueType) -> Expression {
      Expression(kind, type: type, span: syntax.span)
    }
    switch syntax.kind {
    case .name(let name): return named(name, at: syntax.span)
    case .it: return it(at: syntax.span)
    case .number(let number): return literal(number, of: syntax, expecting, at: syntax.span)
    case .string(let string): return text(string, expecting: expecting)
    case .bool(let value): return made(.constant(.bool(value)), .bool)
    case .null: return made(.constant(.null), .null)
    case .missing: return failed(at: syntax.span)
    case .parenthesised(let inner): return expression(inner, expecting: expecting)
    case .list(let elements): return list(elements, expecting, at: syntax.span)
    case .record(let pairs): return record(pairs, expecting, at: syntax.span)
    case .comprehension(let comprehension):
      return self.comprehension(comprehension, expecting, at: syntax.span)
    case .member(let base, let name, let isOptional):
      return member(base, name, isOptional: isOptional, of: syntax)
    case .method(let base, let name, let arguments, let isOptional):
      let receiver = expression(base)
      return call(name, on: receiver, arguments, isOptional: isOptional, at: syntax.span)
    case .call(let name, let arguments): return function(name, arguments, at: syntax.span)
    case .index(let base, let position): return element(base, position, at: syntax.span)
    case .negate(let operand):
      if case .number(let number) = operand.kind {
        return literal(number, of: operand, isNegative: true, expecting, at: syntax.span)
      }
      return negate(operand, at: syntax.span)
    case .not(let operand): return made(.not(condition(operand)), .bool)
    case .binary(let sign, let left, let right): return binary(sign, left, right, expecting, at: syntax.span)
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise, expecting, at: syntax.span)
    }
  }

  /// What stands for an expression that was told to be wrong.
  func failed(at span: Span) -> Expression {
    Expression(.constant(.null), type: .error, span: span)
  }

  /// A `bool`; nothing else counts as true or false.
  mutating func condition(_ syntax: ExpressionSyntax) -> Expression {
    let value = expression(syntax)
    if !program.types.fits(value.type, .bool) {
      report(
        .notACondition(
          source(of: syntax), describe(value.type), program.types.resolved(value.type), at: syntax.span))
    }
    return value
  }

  mutating func require(_ value: Expression, fits wanted: ValueType, as what: @autoclosure () -> String) {
    guard !program.types.fits(value.type, wanted) else { return }
    if carriesSecret(value.type) {
      report(.misplacedSecret(in: what(), at: value.span))
    } else if program.types.isOptional(value.type),
      program.types.fits(program.types.withoutNull(value.type), wanted)
    {
      report(.optionalValue(what(), describe(value.type), wanted: describe(wanted), at: value.span))
    } else {
      report(.mismatch(value, wanted: describe(wanted), found: describe(value.type), as: what()))
    }
  }

  mutating func refuseMedia(_ value: Expression, in place: String) {
    guard program.types.carriesMedia(value.type) else { return }
    report(misplaced(value.type, in: place, at: value.span))
  }

  /// A secret, or a list with one. Not further in: a type may hold itself.
  private func carriesSecret(_ type: ValueType) -> Bool {
    program.types.members(type).contains { member in
      if case .list(let element, _) = member { return program.types.members(element).contains(.secret) }
      return member == .secret
    }
  }

  /// A picture, a file or a secret where it cannot stand.
  func misplaced(_ type: ValueType, in place: String, at span: Span) -> Diagnostic {
    program.types.members(type).contains(.secret)
      ? .misplacedSecret(in: place, at: span) : .misplacedMedia(describe(type), in: place, at: span)
  }

  // MARK: Names

  private mutating func named(_ name: String, at span: Span) -> Expression {
    if let local = local(name, at: span) { return local }
    switch meanings[name] {
    case .value(let id):
      isUsed[id.index] = true
      return Expression(.value(id), type: presentType(program[id].type, name), span: span)
    case .alias(let value): return Expression(value.kind, type: value.type, span: span)
    case .flow:
      report(.flowAsValue(name, at: span))
      return failed(at: span)
    case .tool(let id):
      offeredTools.insert(id)
      report(.toolAsValue(name, at: span))
      return failed(at: span)
    case nil:
      reportUnknown(name, at: span)
      return failed(at: span)
    }
  }

  private mutating func reportUnknown(_ name: String, at span: Span) {
    // A `use` that leads nowhere was told where it stands.
    if unknownFlows.contains(name) { return }
    if hidden.contains(name) { return report(.hiddenName(name, at: span)) }
    if let place = declaration(of: name) {
      usedEarly.insert(name)
      return report(.declaredLater(name, at: span, declaration: place))
    }
    let known =
      meanings.keys.filter { !$0.hasPrefix("meta(") }.sorted() + locals.map(\.name).filter { !$0.isEmpty }
    let nearest = known.guess(for: name)
    // What was most likely meant is not told to be unused as well.
    if let nearest, case .value(let id) = meanings[nearest.name] { isUsed[id.index] = true }
    // An entry that was read over may well have declared it, and was told.
    if nearest == nil, hasUnreadEntries { return }
    report(.unknownName(name, nearest: nearest, at: span))
  }

  private func presentType(_ type: ValueType, _ path: String) -> ValueType {
    present.contains(path) ? program.types.withoutNull(type) : type
  }

  private mutating func it(at span: Span) -> Expression {
    if let local = local("it", at: span) { return local }
    report(.misplacedIt(at: span))
    return failed(at: span)
  }

  /// The innermost local of this name.
  private func local(_ name: String, at span: Span) -> Expression? {
    var index = locals.count - 1
    while index >= 0, locals[index].name != name { index -= 1 }
    guard index >= 0 else { return nil }
    return Expression(.local(Int32(index)), type: presentType(locals[index].type, name), span: span)
  }

  // MARK: Literals

  private func literal(
    _ number: NumberSyntax, of syntax: ExpressionSyntax, isNegative: Bool = false, _ expecting: ValueType?,
    at span: Span
  ) -> Expression {
    let number = self.number(number, of: syntax, isNegative: isNegative)
    let wantsConstant =
      expecting.map { program.types.hasMember($0) { if case .constant = $0 { true } else { false } } }
      ?? false
    let type: ValueType = wantsConstant ? .constant(number) : number.isWhole ? .int : .number
    return Expression(.constant(.number(number)), type: type, span: span)
  }

  /// A double says all that stands in a short literal; of a long one the digits are kept.
  private func number(_ number: NumberSyntax, of syntax: ExpressionSyntax, isNegative: Bool) -> Number {
    if number.isLong,
      let kept = Number(jsonLiteral: (isNegative ? "-" : "") + NumberSyntax.literal(source(of: syntax)))
    {
      return kept
    }
    return Number(isNegative ? -number.value : number.value)
  }

  private mutating func list(
    _ elements: [ExpressionSyntax], _ expecting: ValueType?, at span: Span
  ) -> Expression {
    let wanted = expecting.flatMap { elementHint($0) }
    let typed = elements.map { expression($0, expecting: wanted) }
    let type: ValueType = typed.isEmpty ? .error : common(typed.map(\.type))
    let kind: Expression.Kind = constants(typed).map { .constant(.list($0)) } ?? .list(ExpressionList(typed))
    return Expression(kind, type: .list(type), span: span)
  }

  /// The values, where all are known.
  private func constants(_ typed: [Expression]) -> [Value]? {
    var values: [Value] = []
    for element in typed {
      guard case .constant(let value) = element.kind, element.type != .error else { return nil }
      values.append(value)
    }
    return values
  }

  /// What the elements of a list would have to be.
  private func elementHint(_ type: ValueType) -> ValueType? {
    for member in program.types.members(type) {
      if case .list(let element, _) = member { return element }
    }
    return nil
  }

  /// One type for values that stand side by side: an `int` among numbers is a number.
  func common(_ found: [ValueType]) -> ValueType {
    if found.count == 1, !found[0].isUnion { return found[0] }
    let known = found.filter { $0 != .error }
    guard known.count == found.count else { return known.isEmpty ? .error : common(known) }
    let type = ValueType.anyOf(found)
    guard case .union(let members) = type else { return type }
    if members.contains(.number) { return .anyOf(members.filter { $0 != .int }) }
    return type
  }

  private mutating func record(
    _ pairs: [PairSyntax], _ expecting: ValueType?, at span: Span
  ) -> Expression {
    var entries: [Expression.RecordEntry] = []
    var fields: [RecordField] = []
    var seen = SeenNames(pairs.count)
    for pair in pairs {
      let value = expression(pair.value, expecting: expecting.flatMap { fieldHint(pair.name.text, $0) })
      refuseMedia(value, in: "a record")
      if let first = seen.add(pair.name) {
        report(.duplicateName(pair.name.text, at: pair.name.span, first: first))
        continue
      }
      entries.append(.init(name: pair.name.text, value: value))
      fields.append(RecordField(pair.name.text, program.types.carriesMedia(value.type) ? .error : value.type))
    }
    return Expression(.record(entries), type: .record(fields), span: span)
  }

  private func fieldHint(_ name: String, _ type: ValueType) -> ValueType? {
    for member in program.types.members(type) {
      if case .record(let fields) = member, let field = fields.first(where: { $0.name == name }) {
        return field.type
      }
      if case .dictionary(let element, _) = member { return element }
    }
    return nil
  }

  private mutating func comprehension(
    _ syntax: ComprehensionSyntax, _ expecting: ValueType?, at span: Span
  ) -> Expression {
    let list = expression(syntax.list)
    let elementType = elementType(of: list, for: "a list built with `for`")
    let depth = locals.count
    let wanted = expecting.flatMap { elementHint($0) }
    let (condition, element) = withBinder(syntax.binder, elementType) { checker in
      let condition = syntax.condition.map { checker.condition($0) }
      let paths = syntax.condition.map { checker.pathsPresent(when: true, $0) } ?? []
      let element = checker.knowing(present: paths) { $0.expression(syntax.element, expecting: wanted) }
      return (condition, element)
    }
    let node = Expression.Comprehension(list: list, depth: depth, condition: condition, element: element)
    return Expression(.comprehension(node), type: .list(element.type), span: span)
  }

  private mutating func conditional(
    _ condition: ExpressionSyntax, _ then: ExpressionSyntax, _ otherwise: ExpressionSyntax,
    _ expecting: ValueType?, at span: Span
  ) -> Expression {
    let test = self.condition(condition)
    let first = knowing(present: pathsPresent(when: true, condition)) {
      $0.expression(then, expecting: expecting)
    }
    let second = knowing(present: pathsPresent(when: false, condition)) {
      $0.expression(otherwise, expecting: expecting)
    }
    return Expression(
      .conditional(test, then: first, otherwise: second), type: common([first.type, second.type]), span: span)
  }

  // MARK: Fields and elements

  private mutating func member(
    _ base: ExpressionSyntax, _ name: NameSyntax, isOptional: Bool, of syntax: ExpressionSyntax
  ) -> Expression {
    if case .name(let module) = base.kind, case .flow(let place) = meanings[module] {
      namedUses.insert(module)
      return value(name, of: used[place], at: syntax.span)
    }
    let receiver = expression(base)
    guard !name.text.isEmpty else { return failed(at: syntax.span) }
    let bare = isOptional ? program.types.withoutNull(receiver.type) : receiver.type
    guard let field = fieldType(name.text, of: bare, isOptional: isOptional) else {
      if mayBeCall(name.text, on: bare) {
        return call(name, on: receiver, [], isOptional: isOptional, at: syntax.span)
      }
      reportUnknownField(name, receiver, isOptional: isOptional)
      return failed(at: syntax.span)
    }
    let isNull = isOptional && program.types.isOptional(receiver.type)
    let type = isNull ? field.optional : field
    let known = present.isEmpty ? type : path(of: syntax).map { presentType(type, $0) } ?? type
    return Expression(.field(receiver, name.text, isOptional: isOptional), type: known, span: syntax.span)
  }

  /// `tone.greeting`: a `let` of a used flow that needs no input and no step.
  private mutating func value(_ name: NameSyntax, of flow: FlowInterface, at span: Span) -> Expression {
    guard !name.text.isEmpty else { return failed(at: span) }
    if let id = flow.values[name.text] { return Expression(.value(id), type: program[id].type, span: span) }
    let known = flow.values.keys.sorted()
    report(.unknownValueOf(flow.name, name.text, known, nearest: known.nearest(to: name.text), at: name.span))
    return failed(at: span)
  }

  /// The type of a field: of a union, every member must have it, or with `?.` some.
  private func fieldType(_ name: String, of type: ValueType, isOptional: Bool) -> ValueType? {
    switch program.types.resolved(type) {
    case .record(let fields):
      return fields.first { $0.name == name }.map { $0.type.isUnion ? common([$0.type]) : $0.type }
    case .json: return .json
    case .error: return .error
    case .union: break
    default: return nil
    }
    var found: [ValueType] = []
    var isMissing = false
    for member in program.types.members(type) {
      switch member {
      case .json: found.append(.json)
      case .error: return .error
      case .record(let fields):
        if let field = fields.first(where: { $0.name == name }) {
          found.append(field.type)
        } else {
          isMissing = true
        }
      default: isMissing = true
      }
    }
    if found.isEmpty || (isMissing && !isOptional) { return nil }
    return isMissing ? common(found).optional : common(found)
  }

  /// On records alone only what works on them is taken for a call: `post.count` misses a field.
  private func mayBeCall(_ name: String, on type: ValueType) -> Bool {
    guard let builtin = Builtins.named(name) else { return false }
    let areRecords = !program.types.hasMember(type) { if case .record = $0 { false } else { true } }
    guard areRecords, case .wrong = builtin.check([type], program.types) else { return true }
    return false
  }

  private mutating func reportUnknownField(_ name: NameSyntax, _ receiver: Expression, isOptional: Bool) {
    if !isOptional, program.types.isOptional(receiver.type),
      fieldType(name.text, of: program.types.withoutNull(receiver.type), isOptional: false) != nil
    {
      report(
        .optionalBase(
          file.source.text(of: receiver.span), describe(receiver.type), name.text, at: name.span))
      return
    }
    var fields: [String] = []
    for member in program.types.members(receiver.type) {
      guard case .record(let others) = member else { continue }
      for field in others where !fields.contains(field.name) { fields.append(field.name) }
    }
    if fields.contains(name.text) {
      return report(
        .fieldOfSome(
          name.text, of: describe(receiver.type), file.source.text(of: receiver.span), at: name.span))
    }
    if case .list(let element, _) = program.types.resolved(receiver.type),
      fieldType(name.text, of: element, isOptional: false) != nil
    {
      return report(
        .fieldOfElements(
          name.text, of: describe(receiver.type), file.source.text(of: receiver.span), at: name.span))
    }
    let nearest = fields.isEmpty ? Self.guessFunction(name.text) : fields.guess(for: name.text)
    report(
      .unknownField(
        name.text, of: describe(receiver.type), fields: fields, nearest: nearest, at: name.span))
  }

  private mutating func element(
    _ base: ExpressionSyntax, _ position: ExpressionSyntax, at span: Span
  ) -> Expression {
    let receiver = expression(base)
    let index = expression(position)
    switch program.types.resolved(receiver.type) {
    case .list(let element, _):
      require(index, fits: .int, as: "an index")
      return Expression(.element(receiver, at: index), type: element, span: span)
    case .dictionary(let element, _):
      require(index, fits: .string, as: "a key")
      let path = present.isEmpty ? nil : elementPath(base, position)
      let type = path.map { presentType(element.optional, $0) } ?? element.optional
      return Expression(.element(receiver, at: index), type: type, span: span)
    case .json:
      require(index, fits: .union([.int, .string]), as: "an index")
      return Expression(.element(receiver, at: index), type: .json, span: span)
    case .error: return failed(at: span)
    default:
      report(
        .notIndexable(
          describe(receiver.type), isOptional: program.types.isOptional(receiver.type), at: receiver.span)
      )
      return failed(at: span)
    }
  }
}

extension ValueType {
  fileprivate var isUnion: Bool {
    if case .union = self { true } else { false }
  }
}
