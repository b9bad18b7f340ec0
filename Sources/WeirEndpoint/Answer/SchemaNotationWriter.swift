import WeirValues

/// Writes a schema in the notation of `SchemaNotation`.
struct SchemaNotationWriter {
  private let root: SchemaNode
  /// The name that each of `$defs` gets; the empty one is the schema as a whole.
  private var names: [String: String] = [:]
  /// Names that were referred to, in the order in which they are told.
  private var wanted: [String] = []

  init(_ schema: Value) {
    root = SchemaNode(schema)
    var taken = SchemaNotation.words
    for name in root.definitions.names + [""] {
      names[name] = Self.identifier(name.isEmpty ? "Answer" : name, &taken)
    }
  }

  mutating func document() -> String {
    let form = want(root) ?? commented(root, level: 0)
    var definitions = ""
    var next = 0
    while next < wanted.count {
      let name = wanted[next]
      let node = name.isEmpty ? root : SchemaNode(root.definitions[name] ?? .null)
      definitions += "\(lines(of: node, level: 0))type \(names[name] ?? name) = \(type(node, level: 0))\n"
      next += 1
    }
    return definitions + form
  }

  /// The name of the whole, if something in it refers to that: then it is told as a type of its own.
  private mutating func want(_ node: SchemaNode) -> String? {
    var seen = SchemaReferences()
    seen.visit(.record(node.keywords))
    guard seen.names.contains("") else { return nil }
    return name(of: "")
  }

  private mutating func name(of reference: String) -> String {
    guard let name = names[reference] else { return "any" }
    if !wanted.contains(reference) { wanted.append(reference) }
    return name
  }

  private mutating func commented(_ node: SchemaNode, level: Int) -> String {
    lines(of: node, level: level) + type(node, level: level)
  }

  /// A type without its own notes.
  private mutating func type(_ node: SchemaNode, level: Int) -> String {
    let union = union(node, level: level)
    if union.terms.isEmpty { return "null" }
    return union.terms.joined(separator: " | ") + (union.isNullable ? " or null" : "")
  }

  private struct Union {
    var terms: [String] = []
    var isNullable = false
    var isSingle: Bool { terms.count <= 1 && !(isNullable && terms.count == 1) }

    mutating func add(_ other: Union) {
      terms += other.terms.filter { !terms.contains($0) }
      isNullable = isNullable || other.isNullable
    }
  }

  private mutating func union(_ node: SchemaNode, level: Int) -> Union {
    if node["$ref"] != nil {
      return Union(terms: [node.reference.map { name(of: $0) } ?? "any"])
    }
    if let choices = node.choices { return union(of: choices) }
    var union = Union()
    if let branches = node.branches {
      for branch in branches { union.add(member(branch, level: level)) }
      return union
    }
    if node.types.isEmpty { return Union(terms: ["any"]) }
    for type in node.types {
      if type == "null" {
        union.isNullable = true
      } else {
        union.terms.append(term(type, node, level: level))
      }
    }
    return union
  }

  private func union(of choices: [Value]) -> Union {
    var union = Union()
    for choice in choices {
      switch choice {
      case .null: union.isNullable = true
      case .bool, .number, .string: union.terms.append(choice.json())
      case .list, .record, .image, .file, .secret: return Union(terms: ["any"])
      }
    }
    return union
  }

  /// A type among others, or in a list: with its notes before it, and what they hold for together.
  private mutating func member(_ node: SchemaNode, level: Int) -> Union {
    let union = union(node, level: level)
    guard let note = SchemaNote(node) else { return union }
    let type = type(node, level: level)
    return Union(terms: ["/* \(note.onOneLine) */ \(union.isSingle ? type : "(\(type))")"])
  }

  private mutating func term(_ type: String, _ node: SchemaNode, level: Int) -> String {
    switch type {
    case "integer": return "int"
    case "boolean": return "bool"
    case "object": return object(node, level: level)
    case "array":
      let union = member(node.items, level: level)
      if union.terms.isEmpty { return "[null]" }
      return "[\(union.terms.joined(separator: " | "))\(union.isNullable ? " or null" : "")]"
    default: return SchemaNotation.words.contains(type) ? type : "any"
    }
  }

  private mutating func object(_ node: SchemaNode, level: Int) -> String {
    let required = node.required
    var fields = node.properties.fields.map { field in
      (
        Value.string(field.name).json() + (required.contains(field.name) ? ": " : "?: "),
        SchemaNode(field.value)
      )
    }
    if let others = node.otherProperties { fields.append(("[key: string]: ", others)) }
    if fields.isEmpty { return "{}" }
    var lines: [String] = []
    for (name, value) in fields {
      let notes = self.lines(of: value, level: level + 1)
      lines.append("\(notes)\(blanks(level + 1))\(name)\(type(value, level: level + 1))")
    }
    return "{\n\(lines.joined(separator: ",\n"))\n\(blanks(level))}"
  }

  private func lines(of node: SchemaNode, level: Int) -> String {
    guard let note = SchemaNote(node) else { return "" }
    return note.lines.map { "\(blanks(level))//\($0.isEmpty ? "" : " ")\($0)\n" }.joined()
  }

  private func blanks(_ level: Int) -> String { String(repeating: " ", count: level * 2) }

  /// A name that the notation can write, and that no other has.
  private static func identifier(_ name: String, _ taken: inout Set<String>) -> String {
    var bytes = name.utf8.map { $0.isNameByte ? $0 : UInt8(ascii: "_") }
    if bytes.first?.isDigit ?? true { bytes.insert(UInt8(ascii: "_"), at: 0) }
    let base = String(decoding: bytes, as: UTF8.self)
    var result = base
    var number = 2
    while !taken.insert(result).inserted {
      result = "\(base)_\(number)"
      number += 1
    }
    return result
  }
}

/// Every name that a schema refers to, wherever it does.
private struct SchemaReferences {
  var names: Set<String> = []

  mutating func visit(_ schema: Value) {
    switch schema {
    case .record(let record):
      if let name = SchemaNode(schema).reference { names.insert(name) }
      for field in record.fields { visit(field.value) }
    case .list(let list):
      for element in list { visit(element) }
    case .null, .bool, .number, .string, .image, .file, .secret: break
    }
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isNameByte: Bool { isDigit || self == UInt8(ascii: "_") || (0x61...0x7A).contains(self | 0x20) }
}
