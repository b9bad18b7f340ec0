import WeirValues

/// Says what is wrong with a value under a JSON Schema, written apart from the code under test.
struct SchemaCheck {
  let root: Value

  func problems(_ value: Value, _ schema: Value? = nil, at path: String = "$") -> [String] {
    let schema = schema ?? root
    if let reference = schema["$ref"]?.string {
      return problems(value, resolve(reference), at: path)
    }
    if let branches = schema["anyOf"]?.list {
      let isMet = branches.contains { problems(value, $0, at: path).isEmpty }
      return isMet ? [] : ["\(path): no branch of anyOf"]
    }
    if let constant = schema["const"], constant != value { return ["\(path): not the constant"] }
    if let choices = schema["enum"]?.list {
      return choices.contains(value) ? [] : ["\(path): not in the enum"]
    }
    if let types = schema["type"]?.list ?? schema["type"].map({ [$0] }),
      !types.contains(where: { has(value, type: $0.string ?? "") })
    {
      return ["\(path): \(value.noun) where \(types.map { $0.json() }) is wanted"]
    }
    return bounds(value, schema, at: path) + parts(value, schema, at: path)
  }

  private func resolve(_ reference: String) -> Value {
    if reference == "#" { return root }
    return root["$defs"]?[String(reference.dropFirst("#/$defs/".count))] ?? .bool(false)
  }

  private func has(_ value: Value, type: String) -> Bool {
    switch (value, type) {
    case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.list, "array"),
      (.record, "object"):
      true
    case (.number(let number), "integer"): number.isWhole
    default: false
    }
  }

  private func bounds(_ value: Value, _ schema: Value, at path: String) -> [String] {
    func limit(_ name: String) -> Double? { schema[name]?.number?.double }
    var problems: [String] = []
    func expect(_ holds: Bool?, _ what: String) { if holds == false { problems.append("\(path): \(what)") } }
    switch value {
    case .string(let text):
      let count = Double(text.unicodeScalars.count)
      expect(limit("minLength").map { count >= $0 }, "too short")
      expect(limit("maxLength").map { count <= $0 }, "too long")
      if let pattern = schema["pattern"]?.string, let regex = try? Regex(pattern) {
        expect((try? regex.firstMatch(in: text)) != nil, "`\(text)` does not match \(pattern)")
      }
    case .number(let number):
      expect(limit("minimum").map { number.double >= $0 }, "\(number) is too small")
      expect(limit("maximum").map { number.double <= $0 }, "\(number) is too large")
      expect(limit("exclusiveMinimum").map { number.double > $0 }, "\(number) is too small")
      expect(limit("exclusiveMaximum").map { number.double < $0 }, "\(number) is too large")
    case .list(let list):
      expect(limit("minItems").map { Double(list.count) >= $0 }, "too few")
      expect(limit("maxItems").map { Double(list.count) <= $0 }, "too many")
    case .null, .bool, .record, .image, .file, .secret: break
    }
    return problems
  }

  private func parts(_ value: Value, _ schema: Value, at path: String) -> [String] {
    if let list = value.list, let items = schema["items"] {
      return list.enumerated().flatMap { problems($1, items, at: "\(path)[\($0)]") }
    }
    guard let record = value.record else { return [] }
    let missing = (schema["required"]?.list ?? []).compactMap(\.string).filter { record[$0] == nil }
    return missing.map { "\(path).\($0): missing" }
      + record.fields.flatMap { field -> [String] in
        let path = "\(path).\(field.name)"
        if let property = schema["properties"]?[field.name] {
          return problems(field.value, property, at: path)
        }
        switch schema["additionalProperties"] {
        case .bool(false): return ["\(path): no such property"]
        case let others? where others.record != nil: return problems(field.value, others, at: path)
        default: return []
        }
      }
  }
}

/// Makes schemas, always the same for the same seed.
struct SchemaMaker {
  private var state: UInt64
  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func root() -> Value {
    var schema = object(depth: 0)
    schema["$defs"] = .record([
      "Node": .record([
        "type": .string("object"), "additionalProperties": .bool(false),
        "properties": .record([
          "label": .record(["type": .string("string"), "maxLength": .int(9)]),
          "next": .record([
            "anyOf": .list([.record(["$ref": .string("#/$defs/Node")]), .record(["type": .string("null")])])
          ]),
          "children": .record(["type": .string("array"), "items": .record(["$ref": .string("#/$defs/Node")])]
          ),
        ]),
        "required": .list([.string("label"), .string("next"), .string("children")]),
      ])
    ])
    return .record(schema)
  }

  private mutating func roll(_ sides: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(sides))
  }

  private mutating func object(depth: Int) -> Record {
    var properties = Record()
    var required: [Value] = []
    for index in 0..<1 + roll(5) {
      let name = ["title", "body text", "größe", "a\"b", "mood_2", "x"][(index + roll(2)) % 6]
      properties[name] = schema(depth: depth + 1)
      if roll(4) > 0 { required.append(.string(name)) }
    }
    var record: Record = [
      "type": .string("object"), "properties": .record(properties), "required": .list(Array(Set(required))),
    ]
    record["additionalProperties"] = roll(6) == 0 ? .record(["type": .string("integer")]) : .bool(false)
    return record
  }

  private mutating func schema(depth: Int) -> Value {
    var record = plain(depth: depth)
    if roll(3) == 0 {
      record["description"] = .string(
        ["What it is", "Of (1 to 5 kinds)", "Two\n\nlines with */ and `ticks`", "(at least some)"][roll(4)])
    }
    return .record(record)
  }

  private mutating func plain(depth: Int) -> Record {
    let kinds = depth > 3 ? 8 : 12
    switch roll(kinds) {
    case 0: return bounded(["type": .string("string")], "minLength", "maxLength", by: 30)
    case 1:
      return [
        "type": .string("string"),
        "pattern": .string(["^[a-z]{2,5}-\\d+$", "^(calm|tense)!?$", "[A-Z]\\w*/b"][roll(3)]),
      ]
    case 2: return bounded(["type": .string("integer")], "minimum", "maximum", by: 20)
    case 3: return bounded(["type": .string("number")], "exclusiveMinimum", "exclusiveMaximum", by: 3)
    case 4: return ["type": .list([.string("boolean"), .string("null")])]
    case 5:
      return [
        "enum": .list(
          [.string("calm"), .string("a \"b\"\n"), .number(Number(1.5)), .null].suffix(1 + roll(4)))
      ]
    case 6:
      return bounded(["type": .list([.string("string"), .string("null")])], "minLength", "maxLength", by: 9)
    case 7: return ["$ref": .string("#/$defs/Node")]
    case 8, 9:
      return bounded(
        ["type": .string("array"), "items": schema(depth: depth + 1)], "minItems", "maxItems", by: 4)
    case 10: return ["anyOf": .list([schema(depth: depth + 1), schema(depth: depth + 1)])]
    default: return object(depth: depth + 1)
    }
  }

  private mutating func bounded(_ record: Record, _ low: String, _ high: String, by width: Int) -> Record {
    var record = record
    let start = roll(4)
    if roll(2) == 0 { record[low] = .int(start) }
    if roll(2) == 0 { record[high] = .int(start + 1 + roll(width)) }
    return record
  }
}
