import Testing
import WeirSyntax

struct EntryTests {
  @Test(arguments: [
    ("about \"x\"", "(about 'x')"), ("input a: int", "(input a int)"),
    ("input a: int = 1 where it > 0 \"why\"", "(input a int = 1 (where (> it 0)) 'why')"),
    ("type A { b: int }", "(type A (record b: int))"),
    ("type A { b: int } \"why\"", "(type A (record b: int) 'why')"),
    ("type A = \"b\" | \"c\" where it != \"\"\n  \"why\"", "(type A (| 'b' 'c') (where (!= it '')) 'why')"),
    ("type A =\n  | \"b\"\n  | \"c\"", "(type A (| 'b' 'c'))"),
    ("defaults { model: \"m\", temperature: 0.2 }", "(defaults model: 'm' temperature: 0.2)"),
    ("limits {\n  concurrency: 8\n}", "(limits concurrency: 8)"),
    ("models { fast: \"m\", }", "(models fast: 'm')"),
    ("provider p { kind: \"openai\" }", "(provider p kind: 'openai')"), ("defaults {}", "(defaults)"),
    ("step a { prompt: \"p\" }", "(step a prompt: 'p')"),
    ("step a -> [B] {\n\n  prompt: \"p\"\n\n}", "(step a -> (list B) prompt: 'p')"),
    ("step a -> {b: int} { prompt: \"p\" }", "(step a -> (record b: int) prompt: 'p')"),
    ("step a { ensure: 1 }", "(step a ensure: 1)"),
    ("let a = 1", "(let a 1)"), ("let a: [int] = b", "(let a (list int) b)"),
    ("output a", "(output a)"), ("output a = b", "(output a = b)"), ("output a == b", "(output (== a b))"),
    ("output\n= 1", "(output missing)"),
  ])
  func entriesAreRead(_ text: String, _ expected: String) {
    let (heads, told) = entries(text + "\n")
    #expect(heads.first == expected)
    #expect(told.isEmpty == !expected.contains("missing"))
  }

  @Test(arguments: EntryWord.allCases)
  func everyWordOfAnEntryHeadsOne(_ word: EntryWord) {
    #expect(!entries(word.rawValue).told.contains { $0.hasPrefix("unknown-entry:") })
  }

  @Test(arguments: [
    ("tool a() -> string { run: [\"b\"] }", "(tool a -> string run: (list 'b'))"),
    (
      "tool a(b: string = \"c\" where it != \"\" \"why\", d: 1 | 2,) -> json \"what\" {\n  run: [b]\n  timeout: 3s\n}",
      "(tool a (input b string = 'c' (where (!= it '')) 'why') (input d (| 1 2)) -> json 'what' run: (list b) timeout: 3.0s)"
    ),
    (
      "tool a(\n  b: int\n    \"why\",\n  c: int\n)\n  -> {d: int}\n  \"what\" { run: [\"e\"] }",
      "(tool a (input b int 'why') (input c int) -> (record d: int) 'what' run: (list 'e'))"
    ),
    ("step a { tools: [b, c.d] }", "(step a tools: (list b (. c d)))"),
    ("use \"./a.flow\"", "(use './a.flow')"), ("use \"std/b\" as c", "(use 'std/b' c)"),
    ("step a = b(c: 1)", "(call a b c: 1)"), ("step a = run([\"b\"])", "(call a run (list 'b'))"),
    ("for a in b { let c = a }", "(for a b (do (let c a)))"),
    ("for a, i in b\n{\n\n  let c = a\n\n  let d = i\n}", "(for a,i b (do (let c a) (let d i)))"),
    ("for a in b {}", "(for a b (do))"),
    ("if a { let b = 1 }", "(if a (do (let b 1)))"),
    (
      "if a {\n  let b = 1\n}\nelse if c {\n}\nelse { let d = 1 }",
      "(if a (do (let b 1)) c (do) (do (let d 1)))"
    ),
    (
      "repeat a = b, up to n + 1 {\n  until a == c\n  next a\n}",
      "(repeat a b (+ n 1) (do (until (== a c)) (next a)))"
    ),
    (
      "for a in b { for c in a {\n if c { let d = 1 }\n} }",
      "(for a b (do (for c a (do (if c (do (let d 1)))))))"
    ),
    ("for a in b {\nstep c { prompt: \"d\" }\n}", "(for a b (do (step c prompt: 'd')))"),
    ("input a: b.C", "(input a b.C)"),
    (
      "step a { ensure it > 3 \"why\"\n  ensure it < 9\n prompt: \"p\" }",
      "(step a (ensure (> it 3) 'why') (ensure (< it 9)) prompt: 'p')"
    ),
  ])
  func workIsRead(_ text: String, _ expected: String) {
    let (heads, told) = entries("let before = 1\n\(text)\nlet after = 1\n")
    #expect(told.isEmpty)
    #expect(heads == ["(let before 1)", expected, "(let after 1)"])
  }

  @Test(arguments: [
    ("for a in b {\n  input c: int\n  let d = 1\n}", "(for a b (do unread (let d 1)))"),
    ("for a in b {\n  until\n  let d = 1\n}", "(for a b (do (until missing) (let d 1)))"),
    ("for a b {\n  let d = 1\n}", "(for a missing (do (let d 1)))"),
    ("repeat a = b {\n  next a\n}", "(repeat a b missing (do (next a)))"),
    ("repeat a = b, at most 3 {\n  next a\n}", "(repeat a b missing (do (next a)))"),
    ("step a = b", "(call a b)"), ("until a", "unread"), ("use a", "(use)"),
  ])
  func workThatIsWrongIsToldOnce(_ text: String, _ expected: String) {
    let (heads, told) = entries("let before = 1\n\(text)\nlet after = 1\n")
    #expect(told.count == 1)
    #expect(heads == ["(let before 1)", expected, "(let after 1)"])
  }

  @Test func aBodyThatIsLeftOpenEndsAtTheNextEntryOfTheFile() {
    let (heads, told) = entries("for a in b {\n  let c = a\n\noutput d\n")
    #expect(told.count == 1)
    #expect(heads == ["(for a b (do (let c a)))", "(output d)"])
  }

  @Test(arguments: [
    "test \"a\" {\n  b = 1\n  reply c = \"\"\"\n    let d = 1\n    \"\"\"\n  check d\n}"
  ])
  func entriesOfLaterAreReadOverAndTold(_ text: String) {
    let (heads, told) = entries("let before = 1\n\(text)\nlet after = 1\n")
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("not-yet: ") == true)
    #expect(heads == ["(let before 1)", "unread", "(let after 1)"])
  }
}
