import Testing
import WeirSyntax

/// A mistake is told once, and what stands after it is read.
struct RecoveryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let codes: [String]

    init(_ codes: String..., of text: String) {
      self.text = text
      self.codes = codes
    }

    var testDescription: String { text }
  }

  static let mistakes = [
    Case("unclosed-bracket", of: "let a = [1, 2"), Case("unclosed-bracket", of: "let a = f(1"),
    Case("unclosed-bracket", "unclosed-bracket", of: "let a = f(b[1"),
    Case("unclosed-bracket", of: "let a = {b: [1, 2\n  c: 3\n}"),
    Case("unclosed-bracket", of: "let a = (1 + 2"), Case("unclosed-bracket", of: "let a = [x for x in xs"),
    Case("unclosed-bracket", of: "input a: [string"),
    Case("unclosed-bracket", of: "type A { b: [int\n  c: int }"),
    Case("unclosed-bracket", of: "type A {\n  b: int"),
    Case("unclosed-bracket", of: "step a {\n  prompt: \"p\""),
    Case("unclosed-bracket", of: "step a {\n  prompt: \"p\"\n  options: {a: 1\n}"),
    Case("unclosed-bracket", of: "step a {"),
    Case("unclosed-bracket", "unclosed-bracket", of: "step a {\n  prompt: [\n    \"a\",\n"),
    Case("unclosed-bracket", of: "step a {\n  prompt: [\n    \"a\",\n}"),
    Case("unclosed-bracket", of: "let a = f(b,\n}"),
    Case("unclosed-bracket", of: "let a = f(\n  1,\n  2"), Case("unclosed-bracket", of: "let a = [1, 2)"),
    Case("unexpected-token", of: "let a = 1]"), Case("unexpected-token", of: "let a = 1\n}"),
    Case("unexpected-token", of: "step a\n  prompt: \"p\"\n}"),
    Case("unexpected-token", of: "step a -> int\n  prompt: \"p\"\n"),
    Case("unexpected-token", of: "step { prompt: \"p\" }"),
    Case("unexpected-token", of: "step a -> { prompt: \"p\" }"),
    Case("unexpected-token", of: "step a {\n  prompt \"p\"\n  model: \"m\"\n}"),
    Case("unexpected-token", of: "step a {\n  prompt: \"p\" model: \"m\"\n}"),
    Case("unexpected-token", of: "step a {\n  prompt:\n}"),
    Case("unexpected-token", of: "step a {\n  = 1\n}"),
    Case("unexpected-token", of: "step a {\n  if b { prompt: \"p\" }\n}"),
    Case("unexpected-token", of: "step a {\n  for b in c { prompt: \"p\" }\n  model: \"m\"\n}"),
    Case("unexpected-token", of: "input a"), Case("unexpected-token", of: "input a string"),
    Case("unexpected-token", of: "input a:"),
    Case("unexpected-token", of: "input a = 1"), Case("unexpected-token", of: "input : string"),
    Case("unexpected-token", of: "input"),
    Case("unexpected-token", of: "input a: = 1"), Case("unexpected-token", of: "input a: string ="),
    Case("unexpected-token", of: "let a"), Case("unexpected-token", of: "let a ="),
    Case("unexpected-token", of: "let = 1"),
    Case("unexpected-token", of: "let a: = 1"), Case("unexpected-token", of: "let a: int"),
    Case("unexpected-token", of: "let a = b c d"),
    Case("unexpected-token", of: "type A"), Case("unexpected-token", of: "type A ="),
    Case("unexpected-token", of: "type A { b }"),
    Case("unexpected-token", of: "type { b: int }"), Case("unexpected-token", of: "output"),
    Case("unexpected-token", of: "output a ="),
    Case("unexpected-token", of: "tool"), Case("unexpected-token", of: "tool a { run: [\"b\"] }"),
    Case("unexpected-token", of: "tool a -> string { run: [\"b\"] }"),
    Case("unexpected-token", of: "tool a() { run: [\"b\"] }"),
    Case("unexpected-token", of: "tool a(b) -> string { run: [\"b\"] }"),
    Case("unexpected-token", of: "tool a(b string) -> string { run: [\"b\"] }"),
    Case("unexpected-token", of: "tool a(b: string c: int) -> string { run: [\"b\"] }"),
    Case("unexpected-token", of: "tool a(\n  b: string\n  c: int\n) -> string { run: [\"b\"] }"),
    Case("unexpected-token", of: "tool a() -> string\n"),
    Case("unclosed-bracket", of: "tool a(b: string -> string { run: [\"b\"] }"),
    Case("unclosed-bracket", of: "tool a(b: string,\n"),
    Case("unclosed-bracket", of: "tool a() -> string {\n  run: [\"b\"]\n"),
    Case("unexpected-token", of: "about"), Case("unexpected-token", of: "about greeting"),
    Case("unexpected-token", of: "provider p"),
    Case("unexpected-token", of: "provider { kind: \"openai\" }"), Case("unexpected-token", of: "defaults"),
    Case("unexpected-token", of: "models [\"a\"]"), Case("unexpected-token", of: "{ a: 1 }"),
    Case("unexpected-token", of: ")"), Case("unexpected-token", of: "let a = {b: 1, 2}"),
    Case("unexpected-token", of: "let a = f(1 2)"),
    Case("unknown-entry", of: "ouput a"), Case("unknown-entry", of: "function f(a) {\n  return a\n}"),
    Case("unknown-entry", of: "a = 1"), Case("unknown-entry", of: "prompt: \"p\""),
    Case("unexpected-character", of: "let a = 1;"), Case("unexpected-character", of: "let a = b && c"),
    Case("unexpected-token", of: "// a comment"), Case("unexpected-character", of: "let größe = 1"),
  ]

  @Test(arguments: mistakes)
  func aMistakeDoesNotEatTheNextEntry(_ mistake: Case) {
    let (heads, told) = entries("input before: int\n\(mistake.text)\nlet after = 1\ninput last: [int]\n")
    #expect(told.map { $0.prefix { $0 != ":" } } == mistake.codes.map { $0[...] }, "\(told)")
    #expect(heads.first == "(input before int)")
    #expect(heads.suffix(2) == ["(let after 1)", "(input last (list int))"], "\(heads)")
  }

  @Test(arguments: mistakes)
  func aMistakeAtTheEndOfTheFileIsToldOnce(_ mistake: Case) {
    let told = entries(mistake.text).told
    #expect(told.map { $0.prefix { $0 != ":" } } == mistake.codes.map { $0[...] }, "\(told)")
  }

  @Test func allMistakesOfAFileAreToldOnceEach() {
    let several = Self.mistakes.filter { $0.codes != ["unknown-entry"] && !$0.text.hasPrefix("//") }
    let text = several.map { $0.text + "\nlet ok = 1\n" }.joined()
    let told = entries(text).told.map { String($0.prefix { $0 != ":" }) }
    #expect(told.sorted() == several.flatMap(\.codes).sorted())
  }

  @Test func whatIsGoodInABrokenStepIsKept() {
    let (heads, told) = entries(
      "step a {\n  model: \"m\"\n  temperature 0.5\n  prompt: \"p {{x}}\"\n  seed: 1 2\n  top_p: 0.1\n}\noutput a\n"
    )
    #expect(told.count == 2)
    #expect(heads == ["(step a model: 'm' prompt: (text 'p ' {x}) seed: 1 top_p: 0.1)", "(output a)"])
  }

  @Test func entriesInsideAnUnclosedBracketAreReadOnTheirOwnLines() {
    let (heads, told) = entries("let a = [\n  1,\ninput b: string\nstep c { prompt: \"p\" }\n")
    #expect(told == ["unclosed-bracket: this `[` is not closed"])
    #expect(heads == ["(let a (list 1))", "(input b string)", "(step c prompt: 'p')"])
  }

  @Test func anEntryWordInsideABracketMayBeAName() {
    #expect(entries("let a = [\ninput,\nstep\n]\n").told == [])
    #expect(entries("let a = f(\ntype: 1,\nuse: 2)\n").told == [])
    #expect(entries("type A {\ninput: string\noutput: string\n}\n").told == [])
    #expect(entries("step a {\nprompt: \"p\"\nmodels: 1\n}\n").told == [])
  }
}
