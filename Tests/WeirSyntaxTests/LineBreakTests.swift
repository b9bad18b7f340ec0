import Testing
import WeirSyntax

/// Where a line break ends something: the four rules at the head of the grammar.
struct LineBreakTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: String

    init(_ text: String, _ expected: String) {
      self.text = text
      self.expected = expected
    }

    var testDescription: String { text }
  }

  @Test(arguments: [
    Row("a\nb", "⏎ a ⏎ b"),
    Row("a\r\nb", "⏎ a ⏎ b"),
    Row("a\rb", "⏎ a ⏎ b"),
    Row("a\n\n  \n\nb", "⏎ a ⏎ b"),
    Row("a # why\nb", "⏎ a ⏎ b"),
    Row("a\n# why\n\nb", "⏎ a ⏎ b"),
    Row("{\na: 1\nb: 2\n}", "⏎ { ⏎ a : 1 ⏎ b : 2 ⏎ }"),
  ])
  func aLineBreakEndsAnEntryOrASetting(_ row: Row) { #expect(tokens(row.text) == row.expected) }

  @Test(arguments: [
    Row("f(\na\n)", "⏎ f ( a )"),
    Row("[\n1,\n2\n]", "⏎ [ 1 , 2 ]"),
    Row("[{\na: 1\nb: 2\n}\n]", "⏎ [ { ⏎ a : 1 ⏎ b : 2 ⏎ } ]"),
    Row("({a: [\n1\n]\n})\nb", "⏎ ( { a : [ 1 ] ⏎ } ) ⏎ b"),
    Row("[1)\n2]\n3", "⏎ [ 1 ) 2 ] ⏎ 3"),
  ])
  func withinParenthesesAndBracketsItMeansNothing(_ row: Row) { #expect(tokens(row.text) == row.expected) }

  @Test(arguments: [
    "or", "and", "in", "...", "??", "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", ".", "?.", "|",
    "->", "then", "else", "where",
  ])
  func aSignBetweenTwoThingsJoinsItsLines(_ sign: String) {
    #expect(tokens("a \(sign)\nb") == "⏎ a \(sign) b")
    #expect(tokens("a\n\(sign) b") == "⏎ a \(sign) b")
    #expect(tokens("a\n# why\n\(sign)\n# why\nb") == "⏎ a \(sign) b")
  }

  @Test(arguments: ["not", "=", ":", ",", "if", "for"])
  func aSignBeforeSomethingJoinsTheNextLineOnly(_ sign: String) {
    #expect(tokens("a \(sign)\nb") == "⏎ a \(sign) b")
    #expect(tokens("a\n\(sign) b") == "⏎ a ⏎ \(sign) b")
  }

  @Test(arguments: [
    Row("input a: string\n\"why\"\nb", "⏎ input a : string \" why \" ⏎ b"),
    Row("a\n\"\"\"\nwhy\n\"\"\"\nb", "⏎ a \"\"\" \nwhy\n \"\"\" ⏎ b"),
    Row("{a: 1\n\"b\": 2}", "⏎ { a : 1 ⏎ \" b \" : 2 }"),
    Row("a\n\"b{{\"c\"}}\" d", "⏎ a \" b {{ \" c \" }} \" d"),
    Row("a\n\"b\"", "⏎ a \" b \""),
  ])
  func beforeAStringItMeansNothingUnlessAColonFollows(_ row: Row) {
    #expect(tokens(row.text) == row.expected)
  }

  @Test(arguments: [
    Row("{\na: 1\nwhere: 2\nthen: 3\n}", "⏎ { ⏎ a : 1 ⏎ where : 2 ⏎ then : 3 ⏎ }"),
    Row("a.if\nb", "⏎ a . if ⏎ b"),
    Row("a?.else\nb", "⏎ a ?. else ⏎ b"),
    Row("{a: 1\nin : 2}", "⏎ { a : 1 ⏎ in : 2 }"),
  ])
  func aReservedWordThatIsANameJoinsNothing(_ row: Row) { #expect(tokens(row.text) == row.expected) }

  @Test func whatDidNotEndItsLineEndsTheEntry() {
    #expect(
      entries("let a = 1\n  + 2\nlet b = if true\n  then 1\n  else 2\n").heads == [
        "(let a (+ 1 2))", "(let b (if true 1 2))",
      ])
    #expect(entries("output a\n  .trim\n  .count\n").heads == ["(output (. (. a trim) count))"])
    #expect(
      entries("input a: \"x\"\n  | \"y\"\n  where it != b\n  \"why\"\noutput a").heads == [
        "(input a (| 'x' 'y') (where (!= it b)) 'why')", "(output a)",
      ])
  }
}
