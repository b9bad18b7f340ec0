import Testing
import WeirDiagnostics
import WeirSyntax

struct TokenTests {
  /// Tokens stand in the order of the file, one after the other, and what lies between them is
  /// blanks, line breaks, comments and the byte order mark: nothing is lost.
  static func expectFullCover(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    let lexed = lex(SourceFile(path: "test.flow", bytes: bytes))
    var pieces = lexed.tokens.map(\.range) + lexed.comments.map(\.range)
    pieces.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    #expect(lexed.tokens.last?.kind == .endOfFile, sourceLocation: sourceLocation)
    var rebuilt: [UInt8] = []
    for piece in pieces {
      guard piece.lowerBound >= rebuilt.count, piece.upperBound <= bytes.count else {
        Issue.record(
          "a piece at \(piece) overlaps the one before or leaves the file", sourceLocation: sourceLocation)
        return
      }
      let gap = bytes[rebuilt.count..<piece.lowerBound]
      let isMark = rebuilt.isEmpty && gap.elementsEqual([0xEF, 0xBB, 0xBF])
      #expect(
        isMark || gap.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) },
        "lost: \(String(decoding: gap, as: UTF8.self))", sourceLocation: sourceLocation)
      rebuilt += gap + bytes[piece]
    }
    rebuilt += bytes[rebuilt.count...]
    #expect(rebuilt == bytes, sourceLocation: sourceLocation)
    let starts = lexed.tokens.map(\.range.lowerBound)
    #expect(starts == starts.sorted(), sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    "", " ", "\n", "# only a comment", "#!/usr/bin/env -S weir run\noutput 1\n", "\u{FEFF}output 1",
    "\u{FEFF}#!/usr/bin/env weir\n# why\n",
    "input a: string = \"b\" where it != \"\" \"why\" # c\n",
    "output \"a {{ b(\"c {{ d }}\") }} e\"\n",
    "output \"\"\"\n  a\n  {{ if b }}\n  {{# c }} {{{d}}} \\{{ \\\"\"\"\n  {{ end }}\n  \"\"\"\n",
    "output \"unclosed\nlet a = \"{{ b\nlet c = \"{{ \"d\nlet e = \"{{# f\n",
    "output \"\"\"\n  unclosed {{ a # b }}\n  {{ c\nlet d = 1 # e\n",
    "output \"\"\"\n  a\n  }\nstep b { prompt: \"\"\"\n  c\n  \"\"\" }\n",
    "let a = \"\"\"\n  b \\\"\"\"\nlet c = \"\"\"\n  d\n  \"\"\"\noutput \"\"\"",
    "output \"\"\"\"\"\"\noutput \"\"\"a\"\"\"b",
    "a ) ] } }} {{ ( [ { ! ? ?? ?. . .. ... .... = == === - -> -- $ $$ 1.2.3 1..2 @ ~ \u{0} \u{7F} ` ' \\",
    "output “Hello”\nlet é = ‘a’\n", "a\r\nb\rc\n\r\n", "output \"a\\", "output \"\\u{41", "\"", "\"{",
    "\"{{",
    "\"{{{", "\"{{#", "\"\"\"", "\"\"\"\n{{", "\"\"\"\n\"\"", "\"\"\"\n\\", "#", "#!", "{{", "}}",
  ])
  func everyByteIsInATokenACommentOrIsBlank(_ text: String) { Self.expectFullCover(Array(text.utf8)) }

  @Test func bytesThatAreNoTextAreCoveredToo() {
    Self.expectFullCover(Array(0...255))
    Self.expectFullCover(Array("output \"".utf8) + Array(128...255) + Array("\"\n".utf8))
    Self.expectFullCover([0xE2, 0x80, 0x9C, 0x41])
    Self.expectFullCover([0xE2, 0x80])
  }

  @Test(arguments: [
    "and", "or", "not", "in", "if", "then", "else", "for", "where", "true", "false", "null", "it", "end",
  ])
  func aReservedWordIsANameAfterADotAndBeforeAColon(_ word: String) {
    #expect(expression("x.\(word)") == "(. x \(word))")
    #expect(expression("x?.\(word)") == "(?. x \(word))")
    #expect(expression("x.\(word)(1)") == "(.() x \(word) 1)")
    #expect(expression("{\(word): 1, \(word) : 2}") == "(record \(word): 1 \(word): 2)")
    #expect(expression("f(\(word): 1)") == "(call f \(word): 1)")
    #expect(type("{\(word): int}") == "(record \(word): int)")
    #expect(entries("input \(word): int\n").heads == ["(input \(word) int)"])
    #expect(entries("step a { \(word): 1 }").heads == ["(step a \(word): 1)"])
  }

  @Test(arguments: [
    "and", "or", "not", "in", "if", "then", "else", "for", "where", "true", "false", "null", "it", "end",
  ])
  func aReservedWordIsNoNameElsewhere(_ word: String) {
    let told = entries("let \(word) = 1\n").told
    #expect(told == ["unexpected-token: expected a name, found `\(word)`"])
  }

  @Test(arguments: [
    "step", "output", "input", "text", "count", "string", "ensure", "up", "to", "type", "test", "_", "a1_B",
  ])
  func everyOtherWordIsAName(_ word: String) {
    #expect(
      entries("let \(word) = 1\noutput \(word) + \(word).\(word)").heads == [
        "(let \(word) 1)", "(output (+ \(word) (. \(word) \(word))))",
      ])
  }

  @Test(arguments: [
    ("3", "3"), ("0.5", "0.5"), ("1_000", "1000"), ("007", "7"), ("0", "0"), ("00", "0"), ("00.5", "0.5"),
    ("1.50", "1.5"), ("500ms", "0.5s"), ("30s", "30.0s"), ("5m", "300.0s"), ("2h", "7200.0s"),
    ("1.5h", "5400.0s"),
    ("$0.50", "$0.5"), ("$3", "$3.0"), ("1_0.2_5", "10.25"),
    ("12345678901234567890123", "~1.2345678901234568e+22"),
  ])
  func numbersAreReadWithTheirUnits(_ text: String, _ expected: String) {
    #expect(expression(text) == expected)
  }

  @Test(arguments: [
    ("1_000", "1000"), ("007", "7"), ("00", "0"), ("00.5", "0.5"), ("1.50", "1.50"),
    ("12345678901234567890123", "12345678901234567890123"),
  ])
  func allDigitsOfANumberCanBeHad(_ text: String, _ expected: String) {
    #expect(NumberSyntax.literal(text) == expected)
  }

  @Test(arguments: ["30sec", "1e5", "0x1F", "5M", "1_", "1_.5", "$", "$5m", "$_5", "3px", "1__000", "2_s"])
  func whatIsNoNumberIsToldOnce(_ text: String) {
    #expect(expression(text) == "bad-number: `\(text)` is not a number")
  }

  @Test func aRangeNeedsNoBlanks() {
    #expect(expression("1...5") == "(... 1 5)")
    #expect(expression("0.5...1.5") == "(... 0.5 1.5)")
    #expect(expression("a...b") == "(... a b)")
  }

  @Test func commentsAreKeptInOrder() {
    let file = source("#!/usr/bin/env weir\n# one\noutput \"# text\" # two\r\n# three")
    #expect(
      lex(file).comments.map { file.text(of: $0) } == ["#!/usr/bin/env weir", "# one", "# two", "# three"])
  }

  @Test func aFileMayBeEmptyOrBeginWithAMark() {
    #expect(entries("").heads == [])
    #expect(entries("\n \t\r\n# nothing\n").told == [])
    #expect(entries("\u{FEFF}output 1").heads == ["(output 1)"])
    #expect(entries("\u{FEFF}#!/usr/bin/env -S weir run\noutput 1").heads == ["(output 1)"])
    #expect(entries("#!/usr/bin/env -S weir run\noutput 1").told == [])
  }

  @Test func whatIsNotUTF8IsToldAtItsFirstByteAndNothingElseIs() {
    let start = Array("output \"caf".utf8)
    let (_, told) = parse(SourceFile(path: "test.flow", bytes: start + [0xE9] + Array("\"\n".utf8)))
    #expect(told.map(\.described) == ["not-utf8: the file is not UTF-8 text"])
    #expect(told.first?.span.range == start.count..<start.count + 1)
    let latin = Array("input caf".utf8) + [0xE9] + Array(": string\noutput caf".utf8) + [0xE9, 0x0A]
    #expect(parse(SourceFile(path: "test.flow", bytes: latin)).1.map(\.code.name) == ["not-utf8"])
    let wide: [UInt8] = "output 1\n".utf8.reduce(into: [0xFF, 0xFE]) { $0 += [$1, 0] }
    #expect(parse(SourceFile(path: "test.flow", bytes: wide)).1.map(\.code.name) == ["not-utf8"])
  }

  @Test(arguments: [
    ("output “Hello”", "unexpected-character: nothing begins with `“`"),
    ("output a @ b", "unexpected-character: nothing begins with `@`"),
    ("output a\nnaïve", "unexpected-character: nothing begins with `ï`"),
    ("output !a", "unexpected-character: nothing begins with `!`"),
    ("output 'a'", "unexpected-character: nothing begins with `'`"),
  ])
  func aCharacterOfNoTokenIsTold(_ text: String, _ expected: String) {
    #expect(entries(text).told.first == expected)
  }
}
