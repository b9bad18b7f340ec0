import Testing
import WeirValues

/// What is told of a JSON text beside its value.
struct JSONDocumentTests {
  private func repeats(_ text: String) throws -> [String] {
    try JSONDocument(Array(text.utf8)).repeats.map { "\($0.path) at \($0.offset)" }
  }

  @Test(arguments: [
    (#"{"a":1,"b":2}"#, []), ("[]", []), ("1", []), (#"[{"a":1},{"a":2}]"#, []),
    (#"{"a":{"a":{"a":1}}}"#, []), (#"{"a":"a","b":"a"}"#, []), (#"{"é":1,"à":2}"#, []),
    (#"{"a":1,"a":2}"#, ["a at 7"]), (#"{"a":1,"a":2,"a":3}"#, ["a at 7", "a at 13"]),
    (#"{"a":1,"\u0061":2}"#, ["a at 7"]), ("{\"\u{E9}\":1,\"e\u{301}\":2}", ["[\"e\u{301}\"] at 8"]),
    (#"[0,{"x":[{"b":1,"b":[{"c":1,"c":2}]}]}]"#, ["[1].x[0].b at 16", "[1].x[0].b[0].c at 28"]),
    (#"{"a":"\"","b":["}","]\\"],"a":{"b":1,"b":2}}"#, ["a at 26", "a.b at 37"]),
    ("\u{FEFF} { \"a\" : 1 , \"a\" : 2 } ", ["a at 16"]),
  ])
  func namesThatStandTwiceAreTold(_ text: String, _ expected: [String]) throws {
    #expect(try repeats(text) == expected)
    #expect(try JSONDocument(Array(text.utf8)).value == Value(json: text))
  }

  @Test func amongManyNamesTheRepeatedOneIsTold() throws {
    let names = (0..<300).map { "\"name \($0)\":\($0)" }
    #expect(try repeats("{\(names.joined(separator: ","))}").isEmpty)
    #expect(
      try JSONDocument(Array("{\(names.joined(separator: ",")),\"name 7\":0}".utf8)).repeats.map(
        \.path.description) == [#"["name 7"]"#])
  }

  @Test func aTextThatIsTooLongIsRefused() throws {
    let error = #expect(throws: JSONError.self) {
      try JSONDocument(Array("[1,2]".utf8), limits: JSONLimits(bytes: 4))
    }
    #expect(error?.message == "longer than 4 bytes")
    #expect(try JSONDocument(Array("[1,2]".utf8), limits: JSONLimits(bytes: 5)).value.list?.count == 2)
  }

  @Test func aTextThatIsTooDeepIsRefused() throws {
    let error = #expect(throws: JSONError.self) {
      try JSONDocument(Array("[[1]]".utf8), limits: JSONLimits(depth: 1))
    }
    #expect(error?.message == "nested more than 1 deep")
    #expect(try JSONDocument(Array("[[1]]".utf8), limits: JSONLimits(depth: 2)).repeats.isEmpty)
    #expect(JSONLimits(depth: 100_000).depth == 512)
  }
}
