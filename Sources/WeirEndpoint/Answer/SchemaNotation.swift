/// How a JSON Schema is told to a model whose endpoint takes none: the form of the answer itself,
/// with documentation and bounds as comments.
///
/// ```
/// Answer with JSON only, without any other text, of this form:
/// {
///   // A headline, without quotes (at most 60 characters)
///   "title": string,
///   // (1 to 5 elements)
///   "tags": [string],
///   "mood": "calm" | "tense",
///   "note": string or null
/// }
/// ```
///
/// The words are `string`, `int`, `number`, `bool`, `null` and `any`. A field that may be left out is
/// `"name"?: …`, one under any other name `[key: string]: …`. What `$defs` names is told first, as
/// `type Name = …`. What a comment between `/*` and `*/` says holds for what stands right after it.
/// `AnswerSchema(findingInstructionsIn:)` reads exactly this.
enum SchemaNotation {
  static let opening = "Answer with JSON only, without any other text, of this form:"
  static let words: Set<String> = ["string", "int", "number", "bool", "null", "any"]
}

extension AnswerSchema {
  /// What a model without a field for schemas is told in its system prompt.
  package var instructions: String {
    var writer = SchemaNotationWriter(schema)
    return "\(SchemaNotation.opening)\n\(writer.document())"
  }

  /// The schema that the `instructions` in a system prompt state; nil when there are none. Of several
  /// the last count.
  ///
  /// What comes back allows the same answers. The schema may be put in other words than the one that
  /// the instructions were written from, and its name is lost.
  package init?(findingInstructionsIn systemPrompt: String) {
    let text = Array(systemPrompt.utf8)
    guard let start = text.endOfLast(Array(SchemaNotation.opening.utf8)) else { return nil }
    var reader = SchemaNotationReader(text, from: start)
    guard let schema = reader.document() else { return nil }
    self.init(name: "answer", schema: schema, isStrict: !reader.isOpen)
  }
}

extension [UInt8] {
  /// The place after the last `part`. From the back, so that a long text is looked at once.
  fileprivate func endOfLast(_ part: [UInt8]) -> Int? {
    var start = count - part.count
    while start >= 0 {
      if self[start] == part[0], self[start..<start + part.count].elementsEqual(part) {
        return start + part.count
      }
      start -= 1
    }
    return nil
  }
}
