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

  @Test(arguments: [
    "use \"./a.flow\" as b", "tool a(b: string) -> c { run: [\"d\"] }",
    "for a in b {\n  step c { prompt: \"d\" }\n}",
    "if a {\n  step c { prompt: \"d\" }\n} else {\n  let e = 1\n}",
    "repeat a = b, up to 3 {\n  until a\n  next a\n}",
    "test \"a\" {\n  b = 1\n  reply c = \"\"\"\n    let d = 1\n    \"\"\"\n  check d\n}", "step a = b(c: 1)",
  ])
  func entriesOfLaterAreReadOverAndTold(_ text: String) {
    let (heads, told) = entries("let before = 1\n\(text)\nlet after = 1\n")
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("not-yet: ") == true)
    #expect(heads == ["(let before 1)", "unread", "(let after 1)"])
  }

  @Test func ensureIsReadOver() {
    let (heads, told) = entries("step a {\n  ensure it.b > 0 \"why\"\n  prompt: \"p\"\n}\n")
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("not-yet: `ensure`") == true)
    #expect(heads == ["(step a prompt: 'p')"])
  }
}
