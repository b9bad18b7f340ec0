import Testing
import WeirSyntax

/// What a machine or a stuck key may write: no input is too deep or too long.
struct DepthTests {
  private static func repeated(_ text: String, _ count: Int = 10_000) -> String {
    String(repeating: text, count: count)
  }

  static let deep: [String] = [
    repeated("(") + "1" + repeated(")"), repeated("["), repeated("{a: "), repeated("f("), repeated("x["),
    repeated("-") + "1", repeated("not ") + "a", repeated("if a then "), repeated("a ?? ") + "b",
    repeated("\"{{ ") + repeated(" }}\""), repeated("(["), "[" + repeated("x for x in ["),
    repeated("if a then b else "), repeated("a or (") + "b", repeated("[{a: ["),
  ]

  static let long: [String] = [
    repeated("a + ") + "b", "a" + repeated(".b"), "a" + repeated("[0]"), "a" + repeated(".b()"),
    repeated("a and ") + "b",
    "\"" + repeated("{{ if a }}") + repeated("{{ end }}") + "\"", repeated("a * ") + "b",
  ]

  @Test(arguments: deep.indices)
  func deepNestingIsToldOnceAndTheNextEntryIsRead(_ index: Int) {
    let (heads, told) = entries("output \(Self.deep[index])\nlet after = 1\n")
    #expect(told.prefix(3) == ["too-deep: this is nested too deep"])
    #expect(heads.last == "(let after 1)")
  }

  @Test(arguments: long.indices)
  func longChainsAreToldOnceAndTheNextEntryIsRead(_ index: Int) {
    let (heads, told) = entries("output \(Self.long[index])\nlet after = 1\n")
    #expect(told.prefix(3) == ["too-deep: this is nested too deep"])
    #expect(heads.last == "(let after 1)")
  }

  @Test(arguments: ["[", "[string: ", "{a: ", "{a: ["])
  func deepTypesAreToldOnce(_ opening: String) {
    let (heads, told) = entries("input a: \(Self.repeated(opening))\nlet after = 1\n")
    #expect(told.prefix(3) == ["too-deep: this is nested too deep"])
    #expect(heads.last == "(let after 1)")
  }

  @Test func whatIsTooDeepInATagEndsWithItsEntry() {
    let deep = Self.repeated("(", 150) + "1" + Self.repeated(")", 150)
    let (heads, told) = entries("output \"{{ \(deep) }} {{ a b }}\"\nlet after = \"{{x}}\"\nlet last = 1\n")
    #expect(told == ["too-deep: this is nested too deep"])
    #expect(heads.suffix(2) == ["(let after (text {x}))", "(let last 1)"])
  }

  @Test func someHundredIsNotTooDeep() {
    #expect(expression(Self.repeated("(", 45) + "1" + Self.repeated(")", 45)) == "1")
    #expect(entries("output \(Self.repeated("a + ", 300))b\n").told == [])
    #expect(entries("output [\(Self.repeated("1, ", 50_000))]\n").told == [])
    #expect(entries("output \"\(Self.repeated("{{a}} ", 50_000))\"\n").told == [])
    #expect(entries(Self.repeated("let a = 1\n", 50_000)).told == [])
  }

  /// Text that is again and again taken for a block that never closes is not read again each time.
  @Test(.timeLimit(.minutes(1))) func blocksThatNeverCloseAreReadInNoTime() {
    #expect(!entries("type A = " + Self.repeated("}\n\\\"\"\"", 30_000)).told.isEmpty)
    #expect(!entries(Self.repeated("“a' ", 30_000)).told.isEmpty)
    #expect(!entries("output \"" + Self.repeated("\\u{", 30_000)).told.isEmpty)
    #expect(!entries("output \"\"\"\n" + Self.repeated("}\n{{ \"\"\"\n", 30_000)).told.isEmpty)
  }

  @Test func unclosedThingsInThousandsAreAllTold() {
    #expect(entries(Self.repeated("let a = \"\n", 2000)).told.count == 2000)
    #expect(entries(Self.repeated("let a = [\n", 2000)).told.count == 2000)
    #expect(entries(Self.repeated("let a = \"\"\"\n", 2000)).told.count == 2000)
    #expect(entries(Self.repeated(")", 2000)).told.count == 1)
  }
}
