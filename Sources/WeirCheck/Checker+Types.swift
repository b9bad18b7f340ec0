import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  mutating func checkTypeEntry(_ entry: TypeEntrySyntax) {
    let id = program.types.add(.init(name: entry.name.text, type: .error))
    if typeNames[entry.name.text] != nil || Self.ownNames.contains(entry.name.text) {
      report(
        .duplicateName(entry.name.text, at: entry.name.span, first: declaration(ofType: entry.name.text)))
    } else {
      typeNames[entry.name.text] = id
    }
    let built = type(entry.type)
    program.types[id].type = built
    if case .union(let members) = built, members.contains(.named(id)) {
      report(.typeOfItself(entry.name.text, at: entry.name.span))
      program.types[id].type = .error
    } else if !canEnd(built, without: id) {
      report(.endlessType(entry.name.text, at: entry.name.span))
      program.types[id].type = .error
    }
    let notes = notes(
      documentation: entry.documentation, beside: entry.type, condition: entry.condition, on: .named(id))
    program.types.annotate(id, notes)
  }

  /// A type by itself, after all that the file declares. With a condition or documentation it becomes a
  /// definition, which can carry them; what that is called is what a message calls the type.
  mutating func checkTypeExpression(_ syntax: TypeExpressionSyntax) -> ValueType {
    let own = file
    file = syntax.file
    defer { file = own }
    let built = type(syntax.type)
    refuseAnswerType(built, at: syntax.type.span)
    let notes = notes(
      documentation: syntax.documentation, beside: syntax.type, condition: syntax.condition, on: built)
    if notes.documentation == nil, notes.condition == nil { return built }
    let name = program.types.describe(built)
    return .named(program.types.add(.init(name: name, type: built, notes: notes)))
  }

  /// What no model can answer with yet.
  mutating func refuseAnswerType(_ type: ValueType, at span: Span) {
    guard program.types.carriesMedia(type) else { return }
    report(.notYet("an answer of type \(describe(type))", at: span))
  }

  mutating func type(_ syntax: TypeSyntax) -> ValueType {
    switch syntax.kind {
    case .name(let name): return namedType(name, at: syntax.span)
    case .member(let name, let module): return type(name, of: module)
    case .text(let string): return plainText(string).map { .text($0) } ?? .error
    case .number(_, let literal): return Number(jsonLiteral: literal).map { .constant($0) } ?? .error
    case .null: return .null
    case .missing: return .error
    case .optional(let inner): return type(inner).optional
    case .union(let members): return .anyOf(members.map { type($0) })
    case .list(let element, let condition):
      let built = type(element)
      return .list(built, notes(documentation: nil, beside: element, condition: condition, on: built))
    case .dictionary(let element, let condition):
      let built = type(element)
      return .dictionary(built, notes(documentation: nil, beside: element, condition: condition, on: built))
    case .record(let fields): return recordType(fields)
    }
  }

  private mutating func recordType(_ fields: [FieldSyntax]) -> ValueType {
    var seen = SeenNames(fields.count)
    var built: [RecordField] = []
    built.reserveCapacity(fields.count)
    for field in fields {
      let type = type(field.type)
      let notes = notes(
        documentation: field.documentation, beside: field.type, condition: field.condition, on: type)
      if let first = seen.add(field.name) {
        report(.duplicateName(field.name.text, at: field.name.span, first: first))
        continue
      }
      built.append(RecordField(field.name.text, type, notes))
    }
    return .record(built)
  }

  private mutating func namedType(_ name: String, at span: Span) -> ValueType {
    switch name {
    case "string": return .string
    case "int": return .int
    case "number": return .number
    case "bool": return .bool
    case "image": return .image
    case "json": return .json
    case "file": return .file
    case "secret": return .secret
    case "": return .error
    default: break
    }
    if let id = typeNames[name] { return .named(id) }
    if let place = declaration(ofType: name) {
      report(.declaredLater(name, at: span, declaration: place))
    } else {
      let known = Self.ownNames + typeNames.keys.sorted()
      report(
        .unknownType(
          name, nearest: Self.synonym(name).map { Guess($0, isOnly: true) } ?? known.guess(for: name),
          at: span))
    }
    return .error
  }

  /// `tone.Mood`: a type of a used flow.
  private mutating func type(_ name: NameSyntax, of module: NameSyntax) -> ValueType {
    guard case .flow(let place) = meanings[module.text] else {
      if !module.text.isEmpty, !unknownFlows.contains(module.text) {
        let flows = meanings.filter { if case .flow = $0.value { true } else { false } }.keys.sorted()
        report(.unknownFlow(module.text, nearest: flows.nearest(to: module.text), at: module.span))
      }
      return .error
    }
    namedUses.insert(module.text)
    if let id = used[place].types[name.text] { return .named(id) }
    guard !name.text.isEmpty else { return .error }
    let known = used[place].types.keys.sorted()
    report(
      .unknownTypeOf(module.text, name.text, known, nearest: known.nearest(to: name.text), at: name.span))
    return .error
  }

  /// The types that the language has by itself.
  private static let ownNames = ["string", "int", "number", "bool", "image", "file", "secret", "json"]

  /// What other languages call our types.
  private static func synonym(_ name: String) -> String? {
    switch name.lowercased() {
    case "str", "text": "string"
    case "integer", "long": "int"
    case "float", "double", "decimal": "number"
    case "boolean": "bool"
    case "picture", "photo", "img": "image"
    case "any", "object": "json"
    default: nil
    }
  }

  // MARK: Notes

  mutating func notes(
    documentation: StringSyntax?, beside type: TypeSyntax?, condition: ExpressionSyntax?,
    on checked: ValueType
  ) -> TypeNotes {
    let text = plainText(documentation)
    if let type, let documentation, let text, isSuspicious(text, beside: type) {
      report(.suspiciousDocumentation(text, at: documentation.span))
    }
    return TypeNotes(documentation: text, condition: condition.map { addCondition($0, on: checked) })
  }

  /// A single word right after a type looks like a literal type whose `|` or `=` is missing.
  private func isSuspicious(_ text: String, beside type: TypeSyntax) -> Bool {
    let isWord = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ".") }
    switch type.kind {
    case .text, .union: return isWord
    case .name(let name):
      return isWord && name == "string" && text.utf8.first.map { $0 >= 0x61 } ?? false
    case .member, .number, .null, .list, .dictionary, .record, .optional, .missing: return false
    }
  }

  /// A `where`, in which `it` is the value and nothing else is local.
  private mutating func addCondition(_ syntax: ExpressionSyntax, on type: ValueType) -> ConditionID {
    let condition = withNothingLocal { checker in
      checker.withLocal("it", checker.program.types.withoutNull(type)) { $0.condition(syntax) }
    }
    warnOfImpossible(condition)
    program.conditions.append(
      Condition(expression: condition, text: file.source.text(of: syntax.span)))
    let id = ConditionID(program.conditions.count - 1)
    noteUnsayable(condition, id, on: type)
    return id
  }

  /// Types are declared where nothing is local, so there is hardly ever anything to put aside.
  private mutating func withNothingLocal<Result>(_ body: (inout Checker) -> Result) -> Result {
    if locals.isEmpty, present.isEmpty { return body(&self) }
    let outer = (locals, present)
    (locals, present) = ([], [])
    defer { (locals, present) = outer }
    return body(&self)
  }

  // MARK: Recursion

  /// Whether a value of the type can be finite with no value of the type `id` in it: a record needs
  /// all its fields to be, a union one of its members; a list can be empty. Other names are declared
  /// above, where they were found to come to an end.
  private func canEnd(_ type: ValueType, without id: TypeID) -> Bool {
    switch type {
    case .named(let other): return other != id
    case .record(let fields): return fields.allSatisfy { canEnd($0.type, without: id) }
    case .union(let members): return members.contains { canEnd($0, without: id) }
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .list,
      .dictionary, .error:
      return true
    }
  }
}

/// The names of a record, in the order of the source. Most records are so short that looking through
/// them is quicker than to hash.
struct SeenNames {
  private var few: [NameSyntax] = []
  private var many: [String: Span] = [:]

  /// Room for so many.
  init(_ count: Int) { few.reserveCapacity(min(count, Self.mostFew)) }

  private static let mostFew = 16

  /// Adds the name; where it was there before, gives that place.
  mutating func add(_ name: NameSyntax) -> Span? {
    if few.count < Self.mostFew {
      if let first = few.first(where: { $0.text == name.text }) { return first.span }
      few.append(name)
      return nil
    }
    if many.isEmpty { for name in few { many[name.text] = name.span } }
    if let first = many[name.text] { return first }
    many[name.text] = name.span
    return nil
  }
}
