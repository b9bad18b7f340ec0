import Testing
import WeirValues

/// What the built-ins make of values, each row a call as it would be written and its result as JSON.
struct BuiltinBodyTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let receiver: String
    let name: String
    let arguments: [String]
    let expected: String

    init(_ receiver: String, _ name: String, _ arguments: String..., gives expected: String) {
      self.receiver = receiver
      self.name = name
      self.arguments = arguments
      self.expected = expected
    }

    var testDescription: String { "\(receiver).\(name)(\(arguments.joined(separator: ", ")))" }
  }

  private func check(_ row: Row) throws {
    let builtin = try #require(Builtins.named(row.name))
    let values = try ([row.receiver] + row.arguments).map { try Value(json: $0) }
    do throws(BuiltinFailure) {
      #expect(try builtin.body(values).json() == row.expected)
    } catch {
      #expect("failure: \(error.message)" == row.expected)
    }
  }

  @Test(arguments: [
    Row(#"" \n a b\u00a0 ""#, "trim", gives: #""a b""#),
    Row(#"" \t ""#, "trim", gives: #""""#),
    Row(#""Straße é""#, "upper", gives: #""STRASSE É""#),
    Row(#""ÀB""#, "lower", gives: #""àb""#),
    Row(#""""#, "lines", gives: "[]"),
    Row(#""a\r\n\nb\n""#, "lines", gives: #"["a","","b"]"#),
    Row(#""\n\n""#, "lines", gives: #"["",""]"#),
    Row(#"" one\n two\u3000three ""#, "words", gives: #"["one","two","three"]"#),
    Row(#""a,b,,c""#, "split", #"",""#, gives: #"["a","b","","c"]"#),
    Row(#""""#, "split", #"",""#, gives: #"[""]"#),
    Row(#""aaa""#, "split", #""aa""#, gives: #"["","a"]"#),
    Row(#""a""#, "split", #""""#, gives: "failure: `split` cannot look for an empty string"),
    Row(#""ababab""#, "replace", #""ab""#, #""ba""#, gives: #""bababa""#),
    Row(#""aabaabaaab""#, "replace", #""aabaaab""#, #""X""#, gives: #""aabX""#),
    Row(#""日本日""#, "replace", #""日""#, #""""#, gives: #""本""#),
    Row(#""abcabd""#, "contains", #""abd""#, gives: "true"),
    Row(#""abc""#, "contains", #""abd""#, gives: "false"),
    Row(#""""#, "contains", #""""#, gives: "true"),
    Row(#""hello""#, "starts_with", #""he""#, gives: "true"),
    Row(#""hello""#, "starts_with", #""hello!""#, gives: "false"),
    Row(#""hello""#, "ends_with", #""lo""#, gives: "true"),
    Row(#""hello""#, "ends_with", #""""#, gives: "true"),
    Row(#""2024-05-01 ok""#, "matches", #""[0-9]{4}-""#, gives: "true"),
    Row(#""x2024""#, "matches", #""^[0-9]+$""#, gives: "false"),
    Row(#""e\u0301""#, "matches", #""^e.$""#, gives: "true"),
    Row(#""hello""#, "truncate", "5", gives: #""hello""#),
    Row(#""hello""#, "truncate", "4", gives: #""hel…""#),
    Row(#""hello""#, "truncate", "1", gives: #""…""#),
    Row(#""hello""#, "truncate", "0", gives: #""""#),
    Row(#""👩‍👩‍👧 x""#, "truncate", "3", gives: #""👩‍…""#),
    Row(#""""#, "truncate", "0", gives: #""""#),
    Row(#""a""#, "truncate", "1e300", gives: #""a""#),
    Row(#""a""#, "truncate", "-1", gives: "failure: `truncate` needs a number of at least 0, found -1"),
    Row(#""a\n\n  b\n""#, "indent", "2", gives: #""  a\n\n    b\n""#),
    Row(#""""#, "indent", "2", gives: #""""#),
    Row(
      #""a""#, "indent", "1e9", gives: "failure: `indent` needs a number of at most 1000, found 1000000000"),
    Row(#""""#, "tokens", gives: "0"),
    Row(#""abcde""#, "tokens", gives: "2"),
    Row(#""日本語""#, "tokens", gives: "3"),
    Row(#""привет""#, "tokens", gives: "3"),
    Row(#""[1, {\"a\": null}]""#, "parse_json", gives: #"[1,{"a":null}]"#),
    Row(#""nope""#, "parse_json", gives: "failure: the text is not JSON: expected a value (at byte 1)"),
    Row(#""e\u0301👍""#, "count", gives: "3"),
  ])
  func strings(_ row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("[1, 2]", "count", gives: "2"),
    Row(#"{"a": 1, "b": 2}"#, "count", gives: "2"),
    Row(#"{"b": 1, "a": [2]}"#, "entries", gives: #"[{"key":"b","value":1},{"key":"a","value":[2]}]"#),
    Row("[1, 2, 3]", "first", gives: "1"),
    Row("[]", "first", gives: "null"),
    Row("[1, 2, 3]", "first", "2", gives: "[1,2]"),
    Row("[1, 2, 3]", "first", "0", gives: "[]"),
    Row("[1, 2, 3]", "first", "9", gives: "[1,2,3]"),
    Row("[1]", "first", "-2", gives: "failure: `first` needs a number of at least 0, found -2"),
    Row("[1, 2, 3]", "last", gives: "3"),
    Row("[]", "last", gives: "null"),
    Row("[1, 2, 3]", "last", "2", gives: "[2,3]"),
    Row("[]", "join", gives: #""""#),
    Row(#"["a", 1, 2.50]"#, "join", #"", ""#, gives: #""a, 1, 2.5""#),
    Row(#"["a", "b"]"#, "join", gives: #""ab""#),
    Row(
      "[10, 9, -1.5, 12345678901234567891, 12345678901234567890]", "sort",
      gives: "[-1.5,9,10,12345678901234567890,12345678901234567891]"),
    Row(
      #"["b", "É", "a", "Z", "日", "😀", "\uffff"]"#, "sort",
      gives: "[\"Z\",\"a\",\"b\",\"É\",\"日\",\"\u{FFFF}\",\"😀\"]"),
    Row("[true, false]", "sort", gives: "[false,true]"),
    Row(#"["a", "b", "c", "d"]"#, "sort", "[2, 1, 2, 1]", gives: #"["b","d","a","c"]"#),
    Row("[]", "sort", gives: "[]"),
    Row("[3, 1, 2, 1]", "min", gives: "1"),
    Row("[3, 1, 2]", "max", gives: "3"),
    Row("[]", "max", gives: "null"),
    Row(#"["a", "b", "c"]"#, "max", "[1, 5, 5]", gives: #""b""#),
    Row(#"["a", "b", "c"]"#, "min", "[5, 1, 1]", gives: #""b""#),
    Row(
      #"[1, "1", 1.0, {"a": 1, "b": 2}, {"b": 2, "a": 1}, null, null]"#, "unique",
      gives: #"[1,"1",{"a":1,"b":2},null]"#),
    Row("[[1], [], [2, [3]]]", "flatten", gives: "[1,2,[3]]"),
    Row("[1, 2, 3.5]", "sum", gives: "6.5"),
    Row("[9007199254740993, 1]", "sum", gives: "9007199254740994"),
    Row("[]", "sum", gives: "0"),
    Row(#"["x", "y"]"#, "sum", "[2, 3]", gives: "5"),
    Row("[9223372036854775807, 9223372036854775807]", "sum", gives: "1.8446744073709552e+19"),
    Row("[1e308, 1e308]", "sum", gives: "failure: the sum is too large for a number"),
    Row("[1e400, -1e400]", "sum", gives: "failure: the sum is too large for a number"),
    Row("[1, 2, 3]", "reverse", gives: "[3,2,1]"),
    Row("[]", "any", gives: "false"),
    Row("[]", "all", gives: "true"),
    Row("[false, true]", "any", gives: "true"),
    Row("[false, true]", "all", gives: "false"),
    Row("[1, 2]", "all", "[true, true]", gives: "true"),
    Row("[1, 2, 3, 4, 5]", "chunk", "2", gives: "[[1,2],[3,4],[5]]"),
    Row("[]", "chunk", "2", gives: "[]"),
    Row("[1]", "chunk", "0", gives: "failure: `chunk` needs a number of at least 1, found 0"),
    Row("[1]", "chunk", "9223372036854775807", gives: "[[1]]"),
  ])
  func lists(_ row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("2.5", "round", gives: "3"),
    Row("-2.5", "round", gives: "-3"),
    Row("2.675", "round", "2", gives: "2.68"),
    Row("1.005", "round", "2", gives: "1.01"),
    Row("0.04", "round", "1", gives: "0"),
    Row("9.99", "round", "1", gives: "10"),
    Row("1e300", "round", gives: "1e+300"),
    Row("1e-300", "round", "15", gives: "0"),
    Row("7", "round", "2", gives: "7"),
    Row("12345678901234567890.5", "round", gives: "12345678901234567891"),
    Row("1.5", "round", "16", gives: "failure: `round` needs a number of at most 15, found 16"),
    Row("-3", "abs", gives: "3"),
    Row("-0.5", "abs", gives: "0.5"),
    Row("-12345678901234567890", "abs", gives: "12345678901234567890"),
    Row("-9223372036854775808", "abs", gives: "9223372036854775808"),
    Row(#"{"b": [1, "ü/\n"], "a": null}"#, "to_json", gives: #""{\"b\":[1,\"ü/\\n\"],\"a\":null}""#),
    Row("null", "to_json", gives: #""null""#),
  ])
  func numbersAndTheRest(_ row: Row) throws { try check(row) }

  @Test func aBadPatternFailsInsteadOfTrapping() throws {
    let matches = try #require(Builtins.named("matches"))
    #expect(throws: BuiltinFailure.self) { try matches.body([.string("a"), .string("(")]) }
  }

  @Test func constantsAreHeldToTheRulesBeforeTheRun() throws {
    let matches = try #require(Builtins.named("matches"))
    #expect(matches.validate([nil, .string("[a-z")])?.argument == 1)
    #expect(matches.validate([nil, .string("[a-z]")]) == nil)
    #expect(matches.validate([nil, nil]) == nil)
    let chunk = try #require(Builtins.named("chunk"))
    #expect(chunk.validate([nil, .int(0)])?.message == "`chunk` needs a number of at least 1, found 0")
    #expect(Builtins.named("first")?.validate([nil]) == nil)
  }
}
