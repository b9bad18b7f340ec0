import Testing
import WeirEndpoint
import WeirProgram
import WeirRun
import WeirValues

private let post: ValueType = .record([
  RecordField("title", .string), RecordField("tags", .list(.string)),
  RecordField("note", .union([.string, .null])),
])
private let postJSON = #"{"title": "T", "tags": ["a"]}"#
private let read = #"{"title":"T","tags":["a"],"note":null}"#

private func answer(
  _ text: String, _ type: ValueType, in program: Program = Program(), values: Bindings = [:],
  finish: EndpointReply.FinishReason = .stop
) throws(AnswerMismatch) -> Value {
  try AnswerReader(Evaluator(program, values: values)).read(
    EndpointReply(text: text, finish: finish), as: type
  ).value
}

private func message(_ attempt: () throws(AnswerMismatch) -> Value) -> String? {
  do {
    _ = try attempt()
    return nil
  } catch {
    return error.message
  }
}

@Suite struct AnswerReaderTests {
  @Test func textIsTakenWithoutTheWhiteSpaceAtItsEnds() throws {
    #expect(try answer(" \n a b \u{A0}\n", .string) == .string("a b"))
    #expect(try answer("```\ncode\n```", .string) == .string("```\ncode\n```"))
  }

  @Test(arguments: [
    postJSON,
    "\n \(postJSON)\n",
    "```json\n\(postJSON)\n```",
    "Here it is:\n\n  ```JSON5\n\(postJSON)\n  ```\nAnything else?",
    "```\n\(postJSON)",
    "Sure! \(postJSON) I hope that helps.",
    "A {placeholder}, a [list], then \(postJSON)",
    #"First {"title": "no tags"}, rather \#(postJSON)"#,
    #"{"title": "T", "tags": ["a"], "note": null, "extra": {"x": [1]}}"#,
  ])
  func findsTheRecord(text: String) throws {
    #expect(try answer(text, post).json() == read)
  }

  @Test func bracesInStringsDoNotCount() throws {
    let text = #"So: {"title": "a } \" ] b", "tags": []} done"#
    #expect(try answer(text, post)["title"] == .string("a } \" ] b"))
  }

  @Test(arguments: ["5", #"{"value": 5}"#, "```json\n5\n```", #"The answer: {"value": 5}"#, "5.0"])
  func unwrapsWhatIsNoRecord(text: String) throws {
    #expect(try answer(text, .int) == .int(5))
  }

  @Test func aDictionaryWithAFieldValueIsNotMistakenForTheWrapper() throws {
    #expect(try answer(#"{"value": 5}"#, .dictionary(.int)) == .record(["value": .int(5)]))
    #expect(try answer(#"{"value": {"value": 5}}"#, .dictionary(.int)) == .record(["value": .int(5)]))
  }

  @Test func aListIsFoundInProse() throws {
    #expect(try answer("I chose [1, 2].", .list(.int)) == .list([.int(1), .int(2)]))
  }

  @Test func saysWhatDoesNotFit() {
    #expect(
      message { () throws(AnswerMismatch) in try answer(#"{"title": {}, "tags": ["a", null]}"#, post) }
        == "`title` must be `string`, found a record; `tags[1]` must be `string`, found null")
    #expect(
      message { () throws(AnswerMismatch) in try answer("{}", post) }
        == "`title` is missing, it must be `string`; `tags` is missing, it must be `[string]`")
  }

  @Test func saysWhatIsMissingAndWhereNothingIsThere() {
    #expect(
      message { () throws(AnswerMismatch) in try answer(#"{"title": "T", }"#, post) }
        == "`tags` is missing, it must be `[string]`")
    #expect(
      message { () throws(AnswerMismatch) in try answer("I cannot do that.", .int) }
        == "nothing in the answer is of type `int`, found the string \"I cannot do that.\"")
  }

  @Test func emptyRefusedAndCutOffHaveTheirOwnWords() {
    #expect(message { () throws(AnswerMismatch) in try answer(" \n", .string) } == "the answer is empty")
    #expect(
      message { () throws(AnswerMismatch) in try answer("", .string, finish: .length) }
        == "the answer was cut off at its greatest length")
    #expect(
      message { () throws(AnswerMismatch) in try answer(#"{"title": "T", "ta"#, post, finish: .length) }
        == "the answer was cut off at its greatest length")
    #expect(
      message { () throws(AnswerMismatch) in try answer("No.", .string, finish: .contentFilter) }
        == "the model refused to answer")
  }

  @Test func everyConditionIsCheckedWithItsSurroundings() {
    var sketch = Sketch()
    let labels = sketch.input("labels", .list(.string))
    let label = sketch.notes(where: binary(it, .in, labels), "it in labels")
    let short = sketch.notes(where: binary(count(it), .lessOrEqual, 3), "it.count <= 3")
    let first = sketch.notes(where: binary(it.element(0), .equal, "a"), "it[0] == \"a\"")
    let type: ValueType = .record([
      RecordField("labels", .list(.string, label)), RecordField("title", .union([.string, .null]), short),
      RecordField("words", .list(.string), first),
    ])
    let values: Bindings = [ValueID(0): .list([.string("red")])]
    let read = { (text: String) throws(AnswerMismatch) in
      try answer(text, type, in: sketch.program, values: values)
    }
    #expect(message { () throws(AnswerMismatch) in try read(#"{"labels": ["red"], "words": ["a"]}"#) } == nil)
    #expect(
      message { () throws(AnswerMismatch) in
        try read(#"{"labels": ["red", "blue"], "title": "long", "words": []}"#)
      } == """
        `labels[1]` must meet `where it in labels`, found "blue"; \
        `title` must meet `where it.count <= 3`, found "long"; \
        `words` must meet `where it[0] == "a"`, found []: index 0 is outside the list, which has 0 elements
        """)
  }

  @Test func conditionsOfANamedTextAreChecked() {
    var sketch = Sketch()
    let slug = sketch.type("Slug", .string, sketch.notes(where: matches(it, "^[a-z]+$"), "it.matches(…)"))
    #expect(
      message { () throws(AnswerMismatch) in try answer("No Slug", .named(slug), in: sketch.program) }
        == "the answer must meet `where it.matches(…)`, found \"No Slug\"")
  }

  @Test func manyMisfitsAreCounted() {
    #expect(
      message { () throws(AnswerMismatch) in try answer("[2, 3, 4, 5, 6]", .list(.bool)) }?
        .hasSuffix("; and 2 more") == true)
  }

  @Test func anAnswerOfBracketsAloneIsGivenUpSoon() {
    let text = String(repeating: "[{", count: 100_000)
    #expect(
      message { () throws(AnswerMismatch) in try answer(text, post) }?.hasPrefix("the answer") == true)
  }
}
