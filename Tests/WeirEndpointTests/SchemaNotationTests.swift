import Testing
import WeirEndpoint
import WeirTestSupport
import WeirValues

@Suite struct SchemaNotationTests {
  private static func answer(_ schema: Value) -> AnswerSchema {
    AnswerSchema(name: "post", schema: schema, isStrict: true)
  }

  @Test(arguments: ["post", "recursive", "unions", "open", "bounds"])
  func isToldAsTheGoldenSays(name: String) throws {
    let schema = try Value(json: try Golden.read("notation/\(name).schema.json"))
    Golden.expect(Self.answer(schema).instructions + "\n", matches: "notation/\(name).txt")
  }

  @Test(arguments: ["post", "recursive", "bounds"])
  func comesBackAsItWasWritten(name: String) throws {
    let schema = try Value(json: try Golden.read("notation/\(name).schema.json"))
    let read = try #require(AnswerSchema(findingInstructionsIn: Self.answer(schema).instructions))
    #expect(read.schema == schema, "\(read.schema.json(indent: 2))")
    #expect(read.isStrict)
  }

  @Test func isFoundBetweenOtherText() throws {
    let schema = Value.record([
      "type": .string("object"), "properties": .record(["a": .record(["type": .string("string")])]),
      "required": .list([.string("a")]), "additionalProperties": .bool(false),
    ])
    let instructions = Self.answer(schema).instructions
    let prompt = "Be kind.\n\n\(instructions)\n\n| or null is what you never say."
    #expect(AnswerSchema(findingInstructionsIn: prompt)?.schema == schema)
    #expect(AnswerSchema(findingInstructionsIn: "Be kind.") == nil)
    #expect(AnswerSchema(findingInstructionsIn: "") == nil)
  }

  /// What was read once is read the same again, and both schemas allow the same answers.
  @Test(arguments: 0..<300) func saysTheSameThereAndBack(seed: Int) throws {
    var maker = SchemaMaker(seed: seed)
    let schema = maker.root()
    let instructions = Self.answer(schema).instructions
    let read = try #require(AnswerSchema(findingInstructionsIn: instructions), "\(instructions)")
    let again = try #require(AnswerSchema(findingInstructionsIn: Self.answer(read.schema).instructions))
    #expect(again.schema == read.schema, "\(instructions)")
    for seed in 0..<4 {
      let value = MadeUpAnswer.value(for: read.schema, seed: "\(seed)")
      #expect(SchemaCheck(root: schema).problems(value) == [], "\(instructions)\n\(value.json())")
      let other = MadeUpAnswer.value(for: schema, seed: "\(seed)")
      #expect(SchemaCheck(root: read.schema).problems(other) == [], "\(instructions)\n\(other.json())")
    }
  }

  @Test(arguments: [
    "", "{", "{ \"a\" }", "{ \"a\": }", "{ \"a\": strin }", "[string", "type = string\n{}",
    "type A = int\ntype A = int\nA", "string |", "/* open string", "{ \"a\": (string }",
    String(repeating: "[", count: 100_000),
  ])
  func isNotReadFromAnythingElse(text: String) {
    let opening = "Answer with JSON only, without any other text, of this form:\n"
    #expect(AnswerSchema(findingInstructionsIn: opening + text) == nil)
  }
}
