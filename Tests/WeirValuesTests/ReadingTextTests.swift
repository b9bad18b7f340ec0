import Testing
import WeirValues

/// What a person may write for a value of a type, and what is said to anything else.
struct ReadingTextTests {
  private static let mood = ValueType.union([.text("calm"), .text("tense")])
  private static let point = ValueType.record([RecordField("x", .int), RecordField("y", .int.optional)])

  private func read(_ text: String, _ type: ValueType) -> String {
    do throws(TextMismatch) {
      return try TypeTable().read(text, as: type).json()
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    (" null ", ValueType.string, #"" null ""#),
    ("", .string, #""""#),
    ("5", .int, "5"),
    ("1e3", .int, "1000"),
    ("5.5", .int, #"expected `int`, found the string "5.5""#),
    ("five", .int, #"expected `int`, found the string "five""#),
    ("-0.5", .number, "-0.5"),
    ("yes", .bool, "true"),
    ("no", .bool, "false"),
    ("1", .bool, #"expected `bool`, found the string "1""#),
    ("calm", mood, #""calm""#),
    (#""calm""#, mood, #"expected `"calm" | "tense"`, found the string "\"calm\"""#),
    ("3", .constant(Number(3)), "3"),
    ("null", .int.optional, "null"),
    ("null", .string.optional, #""null""#),
    ("null", mood.optional, "null"),
    ("7", .union([.string, .int]), "7"),
    ("seven", .union([.string, .int]), #""seven""#),
    ("[1, 2]", .union([.string, .list(.int)]), "[1,2]"),
    ("[1, 2", .union([.string, .list(.int)]), #""[1, 2""#),
    (#"["a"]"#, .list(.string), #"["a"]"#),
    ("a", .list(.string), "expected `[string]` as JSON, but expected a value (at byte 1)"),
    (#"["a", 2]"#, .list(.string), "`[1]` must be `string`, found the number 2"),
    (#"{"x": 1}"#, point, #"{"x":1,"y":null}"#),
    (#"{"x": 1, "z": 2}"#, point, "`{x: int, y: int?}` has no field `z`"),
    (#"{"a": 1}"#, .dictionary(.int), #"{"a":1}"#),
    ("{}", .json, "{}"),
    ("5", point, "the value must be `{x: int, y: int?}`, found the number 5"),
    ("sk-1", .secret, #""sk-1""#),
    ("https://example.com/a.png", .image, #""https://example.com/a.png""#),
    ("a.png", .image, #"expected `image`, found the string "a.png""#),
  ])
  func texts(_ text: String, _ type: ValueType, _ expected: String) {
    #expect(read(text, type) == expected)
  }

  @Test func namesAreSeenThrough() throws {
    var types = TypeTable()
    let id = types.add(.init(name: "Mood", type: Self.mood))
    #expect(try types.read("tense", as: .named(id)) == .string("tense"))
    let failure = #expect(throws: TextMismatch.self) { try types.read("glad", as: .named(id)) }
    #expect(failure?.message == #"expected `Mood`, found the string "glad""#)
  }
}
