package import WeirValues

extension AnswerSchema {
  /// Lengths of strings.
  package static let lengths: Set<String> = ["minLength", "maxLength"]

  /// All that bounds a value beyond its type: what not every strict mode takes.
  package static let bounds: Set<String> = lengths.union([
    "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern",
  ])

  /// The schema with these bounds in the words of the description and not as keywords:
  /// `{"type": "string", "maxLength": 60}` becomes
  /// `{"type": "string", "description": "(at most 60 characters)"}`.
  ///
  /// A model reads them there all the same, and the answer is checked when it comes.
  package func schema(tellingInWords bounds: Set<String>) -> Value {
    if bounds.isEmpty { return schema }
    return SchemaWalk { keywords in
      let told = Record(keywords.fields.filter { bounds.contains($0.name) })
      guard let phrase = SchemaBounds.phrase(of: SchemaNode(.record(told))) else { return keywords }
      let words = [keywords["description"]?.string, "(\(phrase))"].compactMap { $0 }.joined(separator: " ")
      return Record(keywords.fields.filter { !bounds.contains($0.name) }).described(words)
    }.change(schema)
  }

  /// The same schema with the bounds that its descriptions state as keywords.
  package var readingBoundsInWords: AnswerSchema {
    let walk = SchemaWalk { keywords in
      var keywords = keywords
      guard let text = keywords["description"]?.string else { return keywords }
      for field in SchemaNote(comment: text).keywords where keywords[field.name] == nil {
        keywords[field.name] = field.value
      }
      return keywords
    }
    return AnswerSchema(name: name, schema: walk.change(schema), isStrict: isStrict)
  }
}

/// Changes every schema in a schema, the inner ones first.
private struct SchemaWalk {
  let keywords: (Record) -> Record

  func change(_ schema: Value) -> Value {
    guard let record = schema.record else { return schema }
    let fields = record.fields.map { field in
      switch field.name {
      case "properties", "$defs", "definitions":
        Record.Field(field.name, changeEach(of: field.value))
      case "items", "additionalProperties": Record.Field(field.name, change(field.value))
      case "anyOf", "oneOf", "allOf":
        Record.Field(field.name, field.value.list.map { .list($0.map(change)) } ?? field.value)
      default: field
      }
    }
    return .record(keywords(Record(fields)))
  }

  private func changeEach(of schemas: Value) -> Value {
    guard let record = schemas.record else { return schemas }
    return .record(Record(record.fields.map { Record.Field($0.name, change($0.value)) }))
  }
}

extension Record {
  /// The description stands behind the type.
  fileprivate func described(_ text: String) -> Record {
    var fields = fields.filter { $0.name != "description" }
    fields.insert(Field("description", .string(text)), at: fields.first?.name == "type" ? 1 : 0)
    return Record(fields)
  }
}
