import Testing
import WeirEndpoint
import WeirProgram
import WeirRun
import WeirTestSupport
import WeirValues

private func check(
  _ type: ValueType, in sketch: Sketch, values: Bindings = [:], matches golden: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let builder = SchemaBuilder(Evaluator(sketch.program, values: values))
  let schema = try #require(builder.schema(for: type, name: "answer"), sourceLocation: sourceLocation)
  let text = "strict: \(schema.isStrict)\n" + schema.schema.json(indent: 2) + "\n"
  Golden.expect(text, matches: "schema/\(golden).txt", sourceLocation: sourceLocation)
}

@Suite struct SchemaBuilderTests {
  @Test func plainTextHasNoSchema() {
    var sketch = Sketch()
    let line = sketch.type("Line", .string)
    let builder = SchemaBuilder(Evaluator(sketch.program, values: [:]))
    #expect(builder.schema(for: .string, name: "a") == nil)
    #expect(builder.schema(for: .named(line), name: "a") == nil)
  }

  @Test func aTextThatMustMeetAConditionHasOne() throws {
    var sketch = Sketch()
    let slug = sketch.type("Slug", .string, sketch.notes(where: matches(it, "^[a-z]+$")))
    try check(.named(slug), in: sketch, matches: "text-with-a-condition")
  }

  @Test func namesAreCutToWhatEndpointsTake() {
    let builder = SchemaBuilder(Evaluator(Program(), values: [:]))
    let schema = builder.schema(for: .int, name: String(repeating: "a", count: 70))
    #expect(schema?.name.count == 64)
  }

  @Test func recordsWithOptionalFieldsAndDocumentation() throws {
    var sketch = Sketch()
    let mood = sketch.type(
      "Mood", .union([.text("calm"), .text("tense")]), sketch.notes("How it feels"))
    let place = sketch.type("Place", .record([RecordField("city", .string)]), sketch.notes("Where it is"))
    let post = sketch.type(
      "Post",
      .record([
        RecordField("title", .string, sketch.notes("A headline, without quotes")),
        RecordField("subtitle", .union([.string, .null]), sketch.notes("If there is one")),
        RecordField("mood", .named(mood)),
        RecordField("second_mood", .union([.named(mood), .null]), sketch.notes("The other mood")),
        RecordField("place", .union([.named(place), .null])),
        RecordField("tags", .union([.list(.string), .null])),
        RecordField("score", .number),
        RecordField("is_final", .bool),
        RecordField("size", .union([.int, .constant(Number(0.5)), .null])),
        RecordField("kind", .text("post")),
      ]), sketch.notes("What is published"))
    try check(.named(post), in: sketch, matches: "record")
  }

  @Test func conditionsBecomeKeywords() throws {
    var sketch = Sketch()
    let labels = sketch.input("labels", .list(.string))
    func field(_ name: String, _ type: ValueType, _ expression: Expression, _ text: String) -> RecordField {
      RecordField(name, type, sketch.notes(where: expression, text))
    }
    let words: ValueType = .list(.string, sketch.notes(where: binary(it, .notEqual, ""), "it != \"\""))
    let type: ValueType = .record([
      field("title", .string, binary(count(it), .lessOrEqual, 60), "it.count <= 60"),
      field("short", .string, binary(10, .greater, count(it)), "10 > it.count"),
      field("code", .string, binary(count(it), .equal, 4), "it.count == 4"),
      field("tags", .list(.string), binary(count(it), .in, binary(1, .range, 5)), "it.count in 1...5"),
      field("words", words, binary(count(it), .greater, 0), "it.count > 0"),
      field("age", .int, binary(binary(it, .greaterOrEqual, 0), .and, binary(it, .less, 150)), "…"),
      field("share", .number, binary(binary(it, .greater, 0), .and, binary(it, .lessOrEqual, 0.5)), "…"),
      field("ratio", .number, binary(it, .in, binary(0, .range, 1)), "it in 0...1"),
      field("label", .string, binary(it, .in, labels), "it in labels"),
      field("maybe", .union([.string, .null]), binary(it, .in, labels), "it in labels"),
      field("dice", .int, binary(it, .in, [1, 3, 5]), "it in [1, 3, 5]"),
      field("answer", .int, binary(it, .equal, 42), "it == 42"),
      field("slug", .string, matches(it, "^[a-z]+$"), "it.matches(…)"),
    ])
    let values: Bindings = [ValueID(0): .list([.string("red"), .string("blue"), .string("red")])]
    try check(type, in: sketch, values: values, matches: "conditions")
  }

  @Test func conditionsWithoutKeywordsStandInTheDescription() throws {
    var sketch = Sketch()
    let labels = sketch.input("labels", .list(.string))
    let even = binary(binary(it, .remainder, 2), .equal, 0)
    let type: ValueType = .record([
      RecordField("even", .int, sketch.notes("A number", where: even, "it % 2 == 0")),
      RecordField(
        "both", .int,
        sketch.notes(where: binary(binary(it, .greaterOrEqual, 0), .and, even), "it >= 0 and it % 2 == 0")),
      RecordField("unknown", .string, sketch.notes(where: binary(it, .in, labels), "it in labels")),
      RecordField("nothing", .string, sketch.notes(where: binary(it, .in, []), "it in []")),
      RecordField("negative", .string, sketch.notes(where: binary(count(it), .less, 0), "it.count < 0")),
      RecordField("pair", .list(.int), sketch.notes(where: binary(it, .equal, [1, 2]), "it == [1, 2]")),
    ])
    try check(type, in: sketch, matches: "words")
  }

  @Test func conditionsOfATypeAndOfAFieldHoldTogether() throws {
    var sketch = Sketch()
    let title = sketch.type(
      "Title", .string,
      sketch.notes("Of a page", where: binary(count(it), .lessOrEqual, 80), "it.count <= 80"))
    let type: ValueType = .record([
      RecordField(
        "short", .named(title),
        sketch.notes("The short one", where: binary(count(it), .lessOrEqual, 20), "it.count <= 20")),
      RecordField(
        "long", .named(title), sketch.notes(where: binary(count(it), .lessOrEqual, 200), "it.count <= 200")),
    ])
    try check(type, in: sketch, matches: "named-condition")
  }

  @Test func whatIsNoRecordTravelsInAWrapper() throws {
    var sketch = Sketch()
    let score = sketch.type(
      "Score", .int,
      sketch.notes("From 1 to 10", where: binary(it, .in, binary(1, .range, 10)), "it in 1...10"))
    try check(.named(score), in: sketch, matches: "wrapped-int")
    try check(.list(.union([.text("a"), .text("b")])), in: sketch, matches: "wrapped-list")
    let either: ValueType = .union([
      .record([RecordField("ok", .bool)]), .record([RecordField("error", .string)]), .null,
    ])
    try check(either, in: sketch, matches: "wrapped-union")
  }

  @Test func recursiveTypesUseDefinitionsAndOthersDoNot() throws {
    var sketch = Sketch()
    let label = sketch.type("Label", .record([RecordField("text", .string)]))
    let tree = sketch.type("Tree", .error, sketch.notes("A node"))
    sketch.define(
      tree,
      as: .record([
        RecordField("label", .named(label)),
        RecordField("children", .list(.named(tree)), sketch.notes("Those below")),
        RecordField("twin", .union([.named(tree), .null]), sketch.notes("The like")),
      ]))
    try check(.named(tree), in: sketch, matches: "recursive")
    try check(.list(.named(tree)), in: sketch, matches: "recursive-list")
  }

  @Test func circlesOfSeveralNamesEnd() throws {
    var sketch = Sketch()
    let person = sketch.type("Person", .error)
    let team = sketch.type("Team", .record([RecordField("members", .list(.named(person)))]))
    sketch.define(
      person,
      as: .record([RecordField("name", .string), RecordField("team", .union([.named(team), .null]))]))
    try check(.record([RecordField("first", .named(team))]), in: sketch, matches: "circle")
  }

  @Test func jsonAndDictionariesAreNotStrict() throws {
    var sketch = Sketch()
    let counts: ValueType = .dictionary(
      .int, sketch.notes("How often", where: binary(it, .greater, 0), "it > 0"))
    try check(
      .record([
        RecordField("counts", counts),
        RecordField("extra", .json, sketch.notes("Whatever else")),
        RecordField("maybe", .union([.json, .null])),
      ]), in: sketch, matches: "not-strict")
  }
}
