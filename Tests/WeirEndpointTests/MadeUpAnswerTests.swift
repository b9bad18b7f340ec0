import Testing
import WeirEndpoint
import WeirValues

@Suite struct MadeUpAnswerTests {
  @Test(arguments: 0..<500) func meetsItsSchema(seed: Int) {
    var maker = SchemaMaker(seed: seed)
    let schema = maker.root()
    let value = MadeUpAnswer.value(for: schema, seed: "seed \(seed)")
    #expect(SchemaCheck(root: schema).problems(value) == [], "\(schema.json())\n\(value.json())")
  }

  /// The very text, so that a change of the dice or of Swift's hashing shows.
  @Test func isTheSameInEveryProcess() throws {
    let schema = try Value(
      json: """
        {"type": "object", "required": ["title", "tags", "score", "mood"], "properties": {
          "title": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}},
          "score": {"type": "integer", "minimum": 1, "maximum": 5},
          "mood": {"enum": ["calm", "tense"]}}}
        """)
    let value = MadeUpAnswer.value(for: schema, seed: "Write a post")
    #expect(
      value.json()
        == #"{"title":"made-up title, moss","tags":["made-up tags 1, fern","made-up tags 2, moss"],"#
        + #""score":4,"mood":"tense"}"#)
    #expect(value != MadeUpAnswer.value(for: schema, seed: "Write another post"))
  }

  @Test func endsRecursiveTypesThatNeedAnotherBranch() throws {
    let schema = try Value(
      json: """
        {"type": "object", "required": ["tree"], "properties": {"tree": {"$ref": "#/$defs/Tree"}}, "$defs": {
          "Tree": {"anyOf": [{"$ref": "#/$defs/Fork"}, {"$ref": "#/$defs/Fork"}, {"type": "integer"}]},
          "Fork": {"type": "object", "required": ["left", "right"],
            "properties": {"left": {"$ref": "#/$defs/Tree"}, "right": {"$ref": "#/$defs/Tree"}}}}}
        """)
    for seed in 0..<200 {
      let value = MadeUpAnswer.value(for: schema, seed: "\(seed)")
      #expect(SchemaCheck(root: schema).problems(value) == [])
      #expect(value.json().utf8.count < 20_000)
    }
  }

  @Test func endsEvenWhereNoValueExists() throws {
    let schema = try Value(
      json: """
        {"$ref": "#/$defs/A",
          "$defs": {"A": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/A"}}}}}
        """)
    #expect(MadeUpAnswer.value(for: schema, seed: "x").json().utf8.count < 10_000)
  }

  @Test(arguments: [
    "^[a-z]{2,5}-\\d+$", "^(calm|tense)!?$", "^#[0-9a-fA-F]{6}$", "[^a-z\\s]{3}", "^\\d{4}-\\d{2}-\\d{2}$",
    "^(?:[A-Z][a-z]+ ){1,3}end$", "^\\w+@\\w+\\.(com|org)$", "^a*b+?c{2}$", "^[\\w.-]+$", "^\\u0041\\x42$",
    "^x$|^yy$",
  ])
  func meetsPatternsOfTheSimpleKind(pattern: String) throws {
    let regex = try Regex(pattern)
    let schema = Value.record(["type": .string("string"), "pattern": .string(pattern)])
    for seed in 0..<50 {
      let text = try #require(MadeUpAnswer.value(for: schema, seed: "\(seed)").string)
      #expect(try regex.firstMatch(in: text) != nil, "`\(text)`")
    }
  }

  @Test func meetsPatternAndLengthAtOnce() {
    let schema = Value.record([
      "type": .string("string"), "pattern": .string("^[a-z]+( [a-z]+)*$"), "minLength": .int(80),
      "maxLength": .int(90),
    ])
    for seed in 0..<20 {
      let value = MadeUpAnswer.value(for: schema, seed: "\(seed)")
      #expect(SchemaCheck(root: schema).problems(value) == [])
    }
  }

  @Test(arguments: ["(?=a)b", "(a)\\1", "\\p{L}+", "[", "a{3,1}", "*"])
  func makesPlainTextOfOtherPatterns(pattern: String) {
    let schema = Value.record(["type": .string("string"), "pattern": .string(pattern)])
    #expect(MadeUpAnswer.value(for: schema, seed: "x").string?.hasPrefix("made-up answer, ") == true)
  }

  @Test func plainTextSaysWhatItIsAndQuotesThePrompt() {
    #expect(
      MadeUpAnswer.text(for: "Say\n  hello.")
        == "This answer is made up, no model was asked. The prompt begins: \"Say hello.\"")
    let long = MadeUpAnswer.text(for: String(repeating: "many words ", count: 1000))
    #expect(long.hasSuffix(": \"\(String(repeating: "many words ", count: 7))…\""))
    let unbroken = MadeUpAnswer.text(for: String(repeating: "語", count: 1000))
    #expect(!unbroken.contains("\u{FFFD}"))
    #expect(unbroken.utf8.count < 170)
  }
}
