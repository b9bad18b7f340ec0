import Testing
import WeirValues

/// What is JSON (RFC 8259), what it says, and what is told of anything else.
struct JSONReaderTests {
  @Test(arguments: [
    ("null", "null"), (" \t\r\n true \n", "true"), ("\u{FEFF}false", "false"),
    ("[]", "[]"), ("[ ]", "[]"), ("{ }", "{}"), ("[[],[[]]]", "[[],[[]]]"), (#"[1 , 2 ,"a"]"#, #"[1,2,"a"]"#),
    (#"{"b":1,"a":2}"#, #"{"b":1,"a":2}"#), (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
    (#"{"":{"":0}}"#, #"{"":{"":0}}"#), (#"{"\u0061":1,"a":2}"#, #"{"a":2}"#),
    (#""""#, #""""#), (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\u0008\u000c\n\r\t""#),
    ("\"\u{7F}\u{80}é日😀\"", "\"\u{7F}\u{80}é日😀\""),
    (#""\u00e9\u65E5""#, #""é日""#), (#""\u0000""#, #""\u0000""#), (#""\ud83d\ude00!""#, #""😀!""#),
    (#""\uD834\uDD1E""#, #""𝄞""#), (#""\udbff\udfff""#, "\"\u{10FFFF}\""),
    (#""\ud800\udc00""#, "\"\u{10000}\""),
    ("0", "0"), ("-0", "0"), ("-0.0", "0"), ("0e5", "0"), ("1.0", "1"), ("1E2", "100"), ("1e+2", "100"),
    ("-1.5e-3", "-0.0015"), ("0.1", "0.1"), ("123456789012345", "123456789012345"),
    ("9007199254740993", "9007199254740993"), ("9223372036854775808", "9223372036854775808"),
    ("12345678901234567890", "12345678901234567890"), ("-12345678901234567890.5", "-12345678901234567890.5"),
    ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
    ("3.141592653589793", "3.141592653589793"), ("0.30000000000000004", "0.30000000000000004"),
    ("1e400", "1e400"), ("-1e400", "-1e400"), ("1e-400", "1e-400"), ("5e-324", "5e-324"), ("1e23", "1e+23"),
    ("123456789012345e3", "123456789012345e3"), ("1e18", "1000000000000000000"),
  ])
  func accepted(_ text: String, _ written: String) throws {
    let value = try Value(json: text)
    #expect(value.json() == written)
    #expect(try Value(json: value.jsonBytes()) == value)
  }

  @Test(arguments: [
    ("", 0, "expected a value, found the end of the text"),
    ("  ", 2, "expected a value, found the end of the text"),
    ("nul", 0, "expected a value"), ("nulll", 4, "text after the end of the JSON"),
    ("True", 0, "expected a value"),
    ("[1,]", 3, "expected a value"), ("[,1]", 1, "expected a value"), ("[1 2]", 3, "expected `,` or `]`"),
    ("[1", 2, "expected `,` or `]`"), ("]", 0, "expected a value"), ("[1}", 2, "expected `,` or `]`"),
    ("{", 1, "expected a name in double quotes"), ("{a:1}", 1, "expected a name in double quotes"),
    ("{'a':1}", 1, "expected a name in double quotes"), (#"{"a"}"#, 4, "expected `:` after the name"),
    (#"{"a":}"#, 5, "expected a value"), (#"{"a":1,}"#, 7, "expected a name in double quotes"),
    (#"{"a":1 "b":2}"#, 7, "expected `,` or `}`"), ("{} {}", 3, "text after the end of the JSON"),
    ("// c\n1", 0, "expected a value"), ("NaN", 0, "expected a value"), ("Infinity", 0, "expected a value"),
    ("01", 2, "a number is written without leading zeros"), ("-", 1, "expected a digit"),
    ("-a", 1, "expected a digit"), ("+1", 0, "expected a value"), (".5", 0, "expected a value"),
    ("1.", 2, "expected a digit after the point"), ("1.e2", 2, "expected a digit after the point"),
    ("1e", 2, "expected a digit in the exponent"), ("1e+", 3, "expected a digit in the exponent"),
    ("1e+-2", 3, "expected a digit in the exponent"), ("0x1", 1, "text after the end of the JSON"),
    (#""abc"#, 4, "the string is not closed"), (#""abc\"#, 4, "the string is not closed"),
    (#""ab\"# + "\"", 5, "the string is not closed"),
    ("\"a\nb\"", 2, "a control character in a string must be escaped"),
    ("\"123456789\u{1}\"", 10, "a control character in a string must be escaped"),
    (#""\n"# + "\u{1F}\"", 3, "a control character in a string must be escaped"),
    (#""\x41""#, 1, "unknown escape"), (#""\u12""#, 3, "expected four hexadecimal digits after `\\u`"),
    (#""\u12g4""#, 3, "expected four hexadecimal digits after `\\u`"),
    (#""\u+123""#, 3, "expected four hexadecimal digits after `\\u`"),
  ])
  func refused(_ text: String, _ offset: Int, _ message: String) {
    let error = #expect(throws: JSONError.self) { try Value(json: text) }
    #expect(error?.message == message)
    #expect(error?.offset == offset)
  }

  @Test(arguments: [
    #""\ud800""#, #""\udc00""#, #""\udc00\ud800""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#,
  ])
  func aLoneSurrogateIsReplaced(_ text: String) throws {
    let read = try #require(try Value(json: text).string)
    #expect(read.unicodeScalars.contains("\u{FFFD}"))
    #expect(read.unicodeScalars.count == (text.count > 8 ? 2 : 1))
  }

  @Test func aHighSurrogateBeforeAPairLeavesThePair() throws {
    #expect(try Value(json: #""\ud83d\ud83d\ude00""#).string == "\u{FFFD}😀")
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xFF],
      [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x41, 0x80],
    ] as [[UInt8]])
  func whatIsNotUTF8IsRefusedWhereItStands(_ wrong: [UInt8]) {
    for before in ["", "12345678é", #"\n"#] {
      let text = Array("[\"\(before)".utf8)
      let error = #expect(throws: JSONError.self) { try Value(json: text + wrong + Array("\"]".utf8)) }
      #expect(error?.message == "the string is not valid UTF-8")
      #expect(error?.offset == text.count)
    }
  }

  @Test func scalarsAtTheEdgesOfUTF8AreRead() throws {
    let edges = "\u{80}\u{7FF}\u{800}\u{CFFF}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{FFFFF}\u{10FFFF}"
    #expect(try Value(json: "\"\(edges)\"").string == edges)
  }

  @Test(arguments: ["[", "{\"a\":"])
  func depthHasALimit(_ open: String) throws {
    let close = open == "[" ? "]" : "}"
    func nested(_ depth: Int) -> String {
      String(repeating: open, count: depth) + (open == "[" ? "" : "1")
        + String(repeating: close, count: depth)
    }
    #expect(try Value(json: nested(512)).json() == nested(512))
    let error = #expect(throws: JSONError.self) { try Value(json: nested(513)) }
    #expect(error?.message == "nested more than 512 deep")
    #expect(throws: JSONError.self) { try Value(json: String(repeating: open, count: 1_000_000)) }
  }

  @Test func objectsWithManyNamesKeepTheirOrderAndTheLastOfEach() throws {
    let names = (0..<1000).map { "name \($0 % 700)" }
    let text = "{" + names.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
    let record = try #require(try Value(json: text).record)
    #expect(Array(record.names) == (0..<700).map { "name \($0)" })
    #expect(record["name 1"] == .int(701))
    #expect(record["name 699"] == .int(699))
  }

  /// Names of every length, some the beginning of others, too many to be remembered all, and some of
  /// them twice in an object and in an object within it.
  @Test func namesThatComeAgainAreThoseOfTheirOwnObject() throws {
    let names = (0..<400).map {
      String(String(repeating: "abcdefghij\($0)", count: 4).prefix($0 % 37)) + "\($0 % 250)"
    }
    var objects: [Value] = []
    var texts: [String] = []
    for first in 0..<400 {
      var outer = Record()
      var text = ""
      for step in 0..<(first % 20 + 1) {
        let name = names[(first * 7 + step * step * 3) % names.count]
        outer[name] = .record([name: .int(step), "inner": .int(first)])
        text += (step == 0 ? "" : ",") + #""\#(name)":{"\#(name)":\#(step),"inner":\#(first)}"#
      }
      objects.append(.record(outer))
      texts.append("{\(text)}")
    }
    let list = try #require(try Value(json: "[\(texts.joined(separator: ", "))]").list)
    for (read, expected) in zip(list, objects) {
      #expect(read == expected)
      #expect(read.json() == expected.json())
    }
    #expect(list.count == objects.count)
  }

  @Test(arguments: [
    (#"[{"name":1},{"name":2}]"#, #"[{"name":1},{"name":2}]"#),
    (#"[{"name":1},{"names":2},{"nam":3}]"#, #"[{"name":1},{"names":2},{"nam":3}]"#),
    (
      #"[{"a":1,"b":2},{"a":3,"\u0062":4},{"a":5,"b\n":6}]"#,
      #"[{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b\n":6}]"#
    ),
    (
      "[{\"e\u{301}\":1,\"b\":2},{\"e\u{301}\":3,\"\u{E9}\":4}]",
      "[{\"e\u{301}\":1,\"b\":2},{\"e\u{301}\":4}]"
    ),
  ])
  func aNameLikeTheOneThatWasExpectedIsReadAsItStands(_ text: String, _ written: String) throws {
    #expect(try Value(json: text).json() == written)
  }

  @Test func stretchesOfEveryLengthBetweenEscapesSurvive() throws {
    for count in 0...40 {
      let text = String(repeating: "x", count: count) + "\"" + String(repeating: "y", count: count) + "\\\né"
      #expect(try Value(json: Value.string(text).jsonBytes()) == .string(text))
    }
  }
}
