import WeirValues

/// Reads the notation of `SchemaNotation` back into a JSON Schema. Every method gives nil where the
/// text is something else.
///
/// `accept…` takes what is there or nothing; the others need what they are named after.
struct SchemaNotationReader {
  private let bytes: [UInt8]
  private var at: Int
  private var depth = 0
  private var names: Set<String> = []
  private var references: Set<String> = []
  /// Whether something in it is `any` or under any name, which strict modes refuse.
  private(set) var isOpen = false
  private static let greatestDepth = 128

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    at = start
  }

  mutating func document() -> Value? {
    var definitions = Record()
    while true {
      let note = acceptComments()
      let start = at
      if let name = acceptDefinitionName() {
        guard names.insert(name).inserted, let type = union(noted: note) else { return nil }
        definitions[name] = .record(type)
        continue
      }
      at = start
      guard var schema = union(noted: note), references.isSubset(of: names) else { return nil }
      if definitions.count > 0 { schema["$defs"] = .record(definitions) }
      return .record(schema)
    }
  }

  private mutating func acceptDefinitionName() -> String? {
    guard acceptWord() == "type" else { return nil }
    skipBlanks()
    guard let name = acceptWord(), accept("=") else { return nil }
    return name
  }

  /// A type with what a comment before it says of it.
  private mutating func union(noted note: SchemaNote?) -> Record? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.greatestDepth, let type = union() else { return nil }
    guard let note else { return type }
    return Record(note.keywords + type.fields.filter { $0.name != "description" })
  }

  private mutating func union() -> Record? {
    var members: [Record] = []
    var choices: [Value] = []
    repeat {
      let note = acceptComments()
      if let literal = acceptLiteral() {
        choices.append(literal)
      } else {
        guard let term = term() else { return nil }
        members.append(Record((note?.keywords ?? []) + term.fields))
      }
    } while acceptOnThisLine("|")
    let isNullable = acceptOnThisLine("or null")
    return Self.schema(members, choices, isNullable: isNullable)
  }

  private static func schema(_ members: [Record], _ choices: [Value], isNullable: Bool) -> Record {
    if members.isEmpty {
      return ["enum": .list(choices + (isNullable ? [.null] : []))]
    }
    if members.count == 1, choices.isEmpty {
      guard isNullable else { return members[0] }
      if let type = members[0]["type"]?.string {
        var schema = members[0]
        schema["type"] = .list([.string(type), .string("null")])
        return schema
      }
    }
    var branches = members.map { Value.record($0) }
    if !choices.isEmpty { branches.insert(.record(["enum": .list(choices)]), at: 0) }
    if isNullable { branches.append(.record(["type": .string("null")])) }
    return ["anyOf": .list(branches)]
  }

  private mutating func term() -> Record? {
    skipWhitespace()
    if accept("(") {
      guard let type = union(noted: nil), accept(")") else { return nil }
      return type
    }
    if accept("[") {
      guard let items = union(noted: nil), accept("]") else { return nil }
      return ["type": .string("array"), "items": .record(items)]
    }
    if accept("{") { return object() }
    guard let word = acceptWord() else { return nil }
    switch word {
    case "string", "number", "null": return ["type": .string(word)]
    case "int": return ["type": .string("integer")]
    case "bool": return ["type": .string("boolean")]
    case "any":
      isOpen = true
      return [:]
    default:
      references.insert(word)
      return ["$ref": .string("#/$defs/\(word)")]
    }
  }

  /// The fields, after the opening brace.
  private mutating func object() -> Record? {
    var properties = Record()
    var required: [Value] = []
    var others = Value.bool(false)
    if !accept("}") {
      repeat {
        let note = acceptComments()
        if accept("[key: string]:") {
          isOpen = true
          guard let type = union(noted: note) else { return nil }
          others = .record(type)
        } else {
          guard let name = acceptLiteral()?.string else { return nil }
          if !accept("?") { required.append(.string(name)) }
          guard accept(":"), let type = union(noted: note) else { return nil }
          properties[name] = .record(type)
        }
      } while accept(",")
      guard accept("}") else { return nil }
    }
    return [
      "type": .string("object"), "properties": .record(properties), "required": .list(required),
      "additionalProperties": others,
    ]
  }

  /// A JSON string, number, `true` or `false`.
  private mutating func acceptLiteral() -> Value? {
    skipWhitespace()
    guard at < bytes.count else { return nil }
    let start = at
    var end = at
    if bytes[at] == UInt8(ascii: "\"") {
      end += 1
      while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
        end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      end += 1
    } else {
      while end < bytes.count, bytes[end].isNameByte || "+-.".utf8.contains(bytes[end]) { end += 1 }
    }
    guard end <= bytes.count, let value = try? Value(json: Array(bytes[start..<end])), !value.isNull else {
      return nil
    }
    at = end
    return value
  }

  /// The comments that stand here, as one.
  private mutating func acceptComments() -> SchemaNote? {
    var lines: [String] = []
    while true {
      skipWhitespace()
      let isBlock = has("/*")
      guard isBlock || has("//") else { break }
      var end = at + 2
      while end < bytes.count, isBlock ? !has("*/", at: end) : bytes[end] != 0x0A { end += 1 }
      var text = bytes[at + 2..<end]
      if text.first == 0x20 { text = text.dropFirst() }
      if isBlock, text.last == 0x20 { text = text.dropLast() }
      lines.append(String(decoding: text, as: UTF8.self))
      at = min(bytes.count, end + (isBlock ? 2 : 1))
    }
    return lines.isEmpty ? nil : SchemaNote(comment: lines.joined(separator: "\n"))
  }

  private mutating func acceptWord() -> String? {
    skipWhitespace()
    let start = at
    while at < bytes.count, bytes[at].isNameByte { at += 1 }
    return at == start ? nil : String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func accept(_ sign: String) -> Bool {
    skipWhitespace()
    return take(sign)
  }

  /// What follows on a new line is no longer the type: other text of the prompt may stand there.
  private mutating func acceptOnThisLine(_ sign: String) -> Bool {
    let start = at
    skipBlanks()
    if take(sign) { return true }
    at = start
    return false
  }

  private mutating func take(_ sign: String) -> Bool {
    guard has(sign) else { return false }
    at += sign.utf8.count
    return true
  }

  private func has(_ sign: String, at place: Int? = nil) -> Bool {
    bytes[min(place ?? at, bytes.count)...].starts(with: sign.utf8)
  }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
  }

  private mutating func skipWhitespace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D { at += 1 }
  }
}
