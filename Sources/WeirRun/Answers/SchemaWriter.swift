import WeirProgram
import WeirValues

/// One pass over a type, collecting the definitions that recursion needs.
struct SchemaWriter {
  private let evaluator: Evaluator
  private let types: TypeTable
  private let recursive: Set<TypeID>
  private(set) var isStrict = true
  private var definitions = Record()
  private var definitionNames: [TypeID: String] = [:]

  init(_ evaluator: Evaluator, root: ValueType) {
    self.evaluator = evaluator
    types = evaluator.program.types
    recursive = types.recursiveNames(in: root)
  }

  /// The schema of a record, written out even where it is recursive: a reference cannot stand alone
  /// at the top.
  mutating func root(_ type: ValueType) -> Record {
    var type = type
    var notes: [TypeNotes] = []
    while case .named(let id) = type {
      notes.append(types[id].notes)
      type = types[id].type
    }
    return schema(type, notes)
  }

  func withDefinitions(_ schema: Record) -> Record {
    var schema = schema
    if definitions.count > 0 { schema["$defs"] = .record(definitions) }
    return schema
  }

  /// `notes` are what is said about the value from the outermost type inwards.
  mutating func schema(_ type: ValueType, _ notes: [TypeNotes]) -> Record {
    switch type {
    case .string, .text: return finished(literal(type) ?? .schema("string"), .string, notes)
    case .int: return finished(.schema("integer"), .integer, notes)
    case .number, .constant: return finished(literal(type) ?? .schema("number"), .number, notes)
    case .bool: return finished(.schema("boolean"), .other, notes)
    case .null: return finished(.schema("null"), .other, notes)
    case .json, .error:
      isStrict = false
      return finished([:], .other, notes)
    // An answer cannot hold one of these; their JSON is a text.
    case .image, .file, .secret: return finished(.schema("string"), .other, notes)
    case .list(let element, let inner):
      let items = schema(element, [inner])
      return finished(.schema("array", ["items": .record(items)]), .list, notes)
    case .dictionary(let element, let inner):
      isStrict = false
      let values = schema(element, [inner])
      return finished(.schema("object", ["additionalProperties": .record(values)]), .dictionary, notes)
    case .record(let fields):
      var properties: [(String, Record)] = []
      for field in fields { properties.append((field.name, schema(field.type, [field.notes]))) }
      return finished(object(properties), .other, notes)
    case .union: return union(type, notes)
    case .named(let id): return named(id, notes)
    }
  }

  func object(_ properties: [(String, Record)]) -> Record {
    .schema(
      "object",
      [
        "properties": .record(Record(properties.map { Record.Field($0.0, .record($0.1)) })),
        "required": .list(properties.map { .string($0.0) }),
        "additionalProperties": .bool(false),
      ])
  }

  // MARK: Names

  private mutating func named(_ id: TypeID, _ notes: [TypeNotes]) -> Record {
    guard recursive.contains(id) else { return schema(types[id].type, notes + [types[id].notes]) }
    let reference: Record = ["$ref": .string("#/$defs/\(definition(of: id))")]
    // A reference must have no neighbours, so that anything said about it stands around it.
    let isBare = notes.allSatisfy { $0.documentation == nil && $0.condition == nil }
    return isBare ? reference : finished(["anyOf": .list([.record(reference)])], .other, notes)
  }

  private mutating func definition(of id: TypeID) -> String {
    if let name = definitionNames[id] { return name }
    let isTaken = definitionNames.values.contains(types[id].name)
    let name = isTaken ? "\(types[id].name)_\(id.index)" : types[id].name
    definitionNames[id] = name
    definitions[name] = .null
    definitions[name] = .record(schema(types[id].type, [types[id].notes]))
    return name
  }

  // MARK: Unions

  private mutating func union(_ type: ValueType, _ notes: [TypeNotes]) -> Record {
    let rest = types.withoutNull(type)
    let base =
      if case .union(let members) = rest { alternatives(members, notes) } else { schema(rest, notes) }
    return types.isOptional(type) ? base.orNull : base
  }

  /// Literals of one kind become one enumeration.
  private mutating func alternatives(_ members: [ValueType], _ notes: [TypeNotes]) -> Record {
    let texts = members.compactMap { member -> Value? in
      if case .text(let text) = member { .string(text) } else { nil }
    }
    let numbers = members.compactMap { member -> Value? in
      if case .constant(let number) = member { .number(number) } else { nil }
    }
    var schemas: [Record] = []
    if !texts.isEmpty { schemas.append(.schema("string", ["enum": .list(texts)])) }
    if !numbers.isEmpty { schemas.append(.schema(Self.type(of: numbers), ["enum": .list(numbers)])) }
    for member in members where literal(member) == nil { schemas.append(schema(member, [])) }
    if schemas.count == 1 { return finished(schemas[0], texts.isEmpty ? .number : .string, notes) }
    return finished(["anyOf": .list(schemas.map(Value.record))], .other, notes)
  }

  private func literal(_ type: ValueType) -> Record? {
    switch type {
    case .text(let text): .schema("string", ["enum": .list([.string(text)])])
    case .constant(let number): .schema(Self.type(of: [.number(number)]), ["enum": .list([.number(number)])])
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .list, .record, .dictionary,
      .union, .named, .error:
      nil
    }
  }

  private static func type(of numbers: [Value]) -> String {
    numbers.allSatisfy { $0.number?.isWhole == true } ? "integer" : "number"
  }

  // MARK: Notes

  /// The schema with the conditions as keywords, and in words what has none.
  private func finished(_ schema: Record, _ subject: ConditionTranslator.Subject, _ notes: [TypeNotes])
    -> Record
  {
    var schema = schema
    let translator = ConditionTranslator(evaluator, subject)
    var words = notes.compactMap(\.documentation).first.map { [$0] } ?? []
    for id in notes.compactMap(\.condition) {
      let condition = evaluator.program[id]
      if !translator.add(condition.expression, to: &schema) { words.append("where \(condition.text)") }
    }
    return words.isEmpty ? schema : schema.described(words.joined(separator: "; "))
  }
}

extension Record {
  fileprivate static func schema(_ type: String, _ keywords: Record = [:]) -> Record {
    Record([Field("type", .string(type))] + keywords.fields)
  }

  fileprivate func described(_ text: String) -> Record {
    let isFirst = fields.first?.name != "type"
    var fields = fields
    fields.insert(Field("description", .string(text)), at: isFirst ? 0 : 1)
    return Record(fields)
  }

  /// The schema for this or null.
  fileprivate var orNull: Record {
    var schema = self
    if fields.isEmpty { return self }
    if let choices = self["anyOf"]?.list {
      schema["anyOf"] = .list(choices + [.record(.schema("null"))])
      return schema
    }
    if let type = self["type"]?.string, type != "object", type != "array" {
      schema["type"] = .list([.string(type), .string("null")])
      if let values = self["enum"]?.list { schema["enum"] = .list(values + [.null]) }
      return schema
    }
    schema["description"] = nil
    let either: Record = ["anyOf": .list([.record(schema), .record(.schema("null"))])]
    return self["description"]?.string.map(either.described) ?? either
  }
}
