import Testing
import WeirDiagnostics
import WeirProgram
import WeirValues

/// What type an expression has, and what good flows become.
struct TypeTests {
  private static let names = """
    type Mood = "calm" | "tense"
    type Post { title: string, tags: [string], mood: Mood, author: {name: string, mail: string?}? }
    type Shape = {kind: "dot"} | {kind: "disc", radius: number}
    input s: string
    input n: int
    input x: number
    input b: bool
    input j: json
    input o: string?
    input m: Mood
    input p: Post
    input q: Post?
    input h: Shape
    input strings: [string]
    input ints: [int]
    input lists: [[int]]
    input posts: [Post]
    input maybes: [int?]
    input d: [string: int]

    """

  private func type(of expression: String) throws -> String {
    let checked = Checked(Self.names + "output \(expression)\n")
    let told = checked.told.filter { $0.severity == .error }
    guard told.isEmpty else { return told.map(\.message).joined(separator: "; ") }
    let output = try #require(checked.program.outputs.first)
    return checked.program.types.describe(output.expression.type)
  }

  @Test(arguments: [
    ("1", "int"), ("1.5", "number"), ("1.0", "int"), ("-1", "int"), ("30s", "int"), ("500ms", "number"),
    ("\"a\"", "string"),
    ("\"{{n}}\"", "string"), ("true", "bool"), ("null", "null"), ("[1, 2]", "[int]"),
    ("[1, 0.5]", "[number]"),
    ("[1, \"a\"]", "[int | string]"), ("[1, null]", "[int?]"), ("[[1], [\"a\"]]", "[[int] | [string]]"),
    ("[]", "[unknown]"),
    ("{a: 1, b: {c: s}}", "{a: int, b: {c: string}}"), ("{}", "{}"), ("{\"a b\": n}", "{a b: int}"),
    ("m", "Mood"),
    ("(s)", "string"),
  ])
  func literals(_ expression: String, _ expected: String) throws {
    #expect(try type(of: expression) == expected)
  }

  @Test(arguments: [
    ("n + 1", "int"), ("n + 0.5", "number"), ("n - n * n", "int"), ("n / n", "number"), ("n % 2", "int"),
    ("x % 2", "number"),
    ("-n", "int"), ("-x", "number"), ("-(n / 2)", "number"), ("ints + ints", "[int]"),
    ("ints + [0.5]", "[number]"), ("ints + strings", "[int | string]"),
    ("ints + []", "[int]"), ("1...n", "[int]"), ("s == o", "bool"), ("n < x", "bool"), ("not b", "bool"),
    ("b and b", "bool"),
    ("s in strings", "bool"), ("o ?? s", "string"), ("o ?? o", "string?"), ("o ?? 1", "string | int"),
    ("o ?? null", "string?"),
    ("q ?? p", "Post"), ("j ?? 1", "json | int"), ("if b then 1 else 2", "int"),
    ("if b then 1 else 0.5", "number"),
    ("if b then 1 else s", "int | string"), ("if b then p else null", "Post?"),
    ("if o != null then o else s", "string"),
    ("if b then m else m", "Mood"), ("if b then m else s", "Mood | string"),
  ])
  func operators(_ expression: String, _ expected: String) throws {
    #expect(try type(of: expression) == expected)
  }

  @Test(arguments: [
    ("p.title", "string"), ("p.tags", "[string]"), ("p.tags[0]", "string"), ("p.mood", "Mood"),
    ("p.author", "{name: string, mail: string?}?"),
    ("p.author?.name", "string?"), ("p.author?.mail", "string?"), ("q?.title", "string?"),
    ("q?.author?.mail", "string?"),
    ("q?.title.count", "`q?.title` is `string?`, which may be null"), ("q?.title?.count", "int?"),
    ("h.kind", "\"dot\" | \"disc\""), ("h?.radius", "number?"), ("j.a", "json"), ("j.a.b", "json"),
    ("j[0]", "json"), ("j[\"a\"]", "json"),
    ("d[\"a\"]", "int?"), ("d.entries", "[{key: string, value: int}]"), ("lists[0][1]", "int"),
    ("posts[n].title", "string"),
    ("[t.title for t in posts]", "[string]"), ("[i for t, i in posts]", "[int]"),
    ("[t.author for t in posts]", "[{name: string, mail: string?}?]"),
    ("[t.author.name for t in posts if t.author != null]", "[string]"),
    ("[v for v in maybes if v != null]", "[int]"), ("[y for y in j]", "[json]"),
  ])
  func pathsAndElements(_ expression: String, _ expected: String) throws {
    #expect(try type(of: expression) == expected)
  }

  @Test(arguments: [
    ("s.count", "int"), ("s.trim", "string"), ("s.lines", "[string]"), ("s.split(\",\")", "[string]"),
    ("s.parse_json", "json"), ("s.chunk(9)", "[string]"),
    ("ints.chunk(2)", "[[int]]"), ("ints.first", "int?"), ("ints.first(2)", "[int]"), ("ints.max", "int?"),
    ("posts.max(it.title)", "Post?"),
    ("posts.sort(-it.tags.count)", "[Post]"), ("posts.sum(it.tags.count)", "int"),
    ("posts.any(it.mood == \"calm\")", "bool"), ("lists.flatten", "[int]"),
    ("ints.join(\", \")", "string"), ("x.round", "int"), ("x.round(2)", "number"), ("n.abs", "int"),
    ("x.abs", "number"), ("p.to_json", "string"),
    ("o?.upper", "string?"), ("o?.count", "int?"), ("strings.unique.reverse", "[string]"),
    ("ints.sum", "int"), ("[0.5].sum", "number"),
  ])
  func builtins(_ expression: String, _ expected: String) throws {
    #expect(try type(of: expression) == expected)
  }

  // MARK: Programs

  private func program(_ text: String) throws -> Program {
    let checked = Checked(text)
    try #require(!checked.told.hasErrors, "\(checked.picture)")
    return checked.program
  }

  @Test func aTemplateBecomesItsParts() throws {
    let program = try program(
      """
      input xs: [string]
      input o: string?
      output \"""
        Dear \\{{ {{# nobody sees this }}{{ o ?? "reader" }}:
        {{ for x, i in xs }}
        {{ if i > 0 }}and {{ else if o == null }}or {{ else }}not {{ end }}{{x}}
        {{ end }}
        \"""

      """)
    guard case .template(let template) = try #require(program.outputs.first).expression.kind else {
      Issue.record("no template")
      return
    }
    #expect(template.dropsLastLineBreak)
    #expect(Self.draw(template) == "'Dear {{ '{}':\n'(for@0 (if 'and ' | 'or ' | else 'not '){}'\n')")
  }

  private static func draw(_ template: Template) -> String {
    template.parts.map { part in
      switch part {
      case .text(let text): "'\(text)'"
      case .value: "{}"
      case .choice(let branches, let otherwise):
        "(if " + branches.map { draw($0.body) }.joined(separator: " | ")
          + (otherwise.map { " | else \(draw($0))" } ?? "") + ")"
      case .loop(_, let depth, let body): "(for@\(depth) \(draw(body)))"
      }
    }.joined()
  }

  @Test func aFlowBecomesItsProgram() throws {
    let program = try program(
      """
      about "What it is about."
      input n: int = 3 where it > 0 "How many"
      input names: [string where it != ""] = ["a"]
      models { fast: ["a", "b"] }
      limits { concurrency: 4 }
      provider mine { kind: "openai", url: "https://llm.example.com/v1", key: env("MY_KEY"), headers: {"X-A": "b"} }
      defaults { model: fast, temperature: 0.2, timeout: 1.5m }
      let wait = n * 2
      step first { prompt: "Count to {{n}}, {{names}}" }
      step second -> {label: string where it in names} { temperature: 1, seed: wait, prompt: first }
      output label = second.label
      output count = wait

      """)
    #expect(program.about == "What it is about.")
    #expect(program.inputs.map(\.name) == ["n", "names"])
    #expect(program.inputs[0].notes.documentation == "How many")
    #expect(program.conditions.map(\.text) == ["it > 0", "it != \"\"", "it in names"])
    #expect(program.limits.concurrency == 4)
    let provider = try #require(program.providers.first)
    #expect(provider.name == "mine" && provider.headers.map(\.name) == ["X-A"])
    guard case .environment("MY_KEY") = provider.key?.kind else {
      Issue.record("the key is not that of the variable")
      return
    }
    #expect(program.work.count == 3)
    #expect(program.outputs.map(\.name) == ["label", "count"])
    let steps = program.work.compactMap { if case .step(let step) = $0 { step } else { nil } }
    #expect(steps.map(\.name) == ["first", "second"])
    #expect(Self.constant(steps[0].settings.temperature) == Number(0.2))
    #expect(Self.constant(steps[1].settings.temperature) == Number(1))
    #expect(Self.constant(steps[1].settings.timeout) == Number(90))
    #expect(program.needs(of: program.work[2]).map { program[$0].name } == ["first", "wait", "names"])
  }

  private static func constant(_ expression: Expression?) -> Number? {
    if case .constant(.number(let number)) = expression?.kind { number } else { nil }
  }

  @Test func aStepAtTheEndIsTheResult() throws {
    let program = try program("step a -> int { model: \"m\", prompt: \"p\" }\n")
    let output = try #require(program.outputs.first)
    #expect(program.outputs.count == 1 && output.name == nil && output.expression.type == .int)
  }

  @Test func jsonIsReadIntoTheTypeOfALet() throws {
    let program = try program("input j: json\nlet n: [int] = j.a\nlet k: json = j\noutput [n, k]\n")
    let lets = program.work.compactMap { if case .let(let entry) = $0 { entry } else { nil } }
    #expect(lets.map(\.readAs) == [.list(.int), nil])
  }

  @Test func localsAreCountedFromTheOutermost() throws {
    let program = try program("input xs: [[int]]\noutput [[y + j for y, j in x if y > i] for x, i in xs]\n")
    var locals: [Int] = []
    try #require(program.outputs.first).expression.walk {
      if case .local(let place) = $0.kind { locals.append(Int(place)) }
    }
    #expect(locals == [0, 2, 1, 2, 3])
  }

  /// A chain of types, each holding the one before twice, is checked in no time.
  @Test(.timeLimit(.minutes(1))) func manyTypesInOneAnotherAreNoTrouble() throws {
    var text = "type A0 { x: int }\n"
    for index in 1...500 { text += "type A\(index) { x: A\(index - 1), y: A\(index - 1)? }\n" }
    #expect(Checked(text + "input a: A500\noutput a.x.x\n").told.isEmpty)
    var nested = "x == m"
    for _ in 0..<40 { nested = "(\(nested)) == m" }
    #expect(Checked("input x: bool\ninput m: \"a\" | \"b\"\noutput \(nested)\n").told.count == 41)
  }
}
