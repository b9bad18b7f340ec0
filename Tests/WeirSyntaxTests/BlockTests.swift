import Testing
import WeirSyntax

/// Text blocks: what of them is sent.
struct BlockTests {
  /// A block from its lines, after `output`, as the tree says it.
  private func block(_ lines: String..., lineBreak: String = "\n") -> String {
    expression((["\"\"\""] + lines).joined(separator: lineBreak))
  }

  @Test func theIndentationOfTheClosingQuotesIsTakenOffEveryLine() {
    #expect(block("a", "\"\"\"") == "'a'")
    #expect(block("  a", "    b", "  \"\"\"") == "'a⏎  b'")
    #expect(block("\t a", "\t \t", "\t \"\"\"") == "'a⏎⇥'")
    #expect(block("    a", "\"\"\"") == "'    a'")
    #expect(block("  {{a}}", "  b{{c}}", "  \"\"\"") == "(text {a} '⏎b' {c})")
    #expect(block("  {{a}} {{b}}", "", "  {{c}}", "  \"\"\"") == "(text {a} ' ' {b} '⏎⏎' {c})")
  }

  @Test func blankLinesMayBeShorter() {
    #expect(block("  a", "", " ", "  b", "  \"\"\"") == "'a⏎⏎⏎b'")
    #expect(block("", "  a", "", "  \"\"\"") == "'⏎a⏎'")
  }

  @Test func theLineBreakBeforeTheClosingQuotesIsNoText() {
    #expect(block("\"\"\"") == "''")
    #expect(block("", "\"\"\"") == "''")
    #expect(block("", "", "\"\"\"") == "'⏎'")
    #expect(block("{{a}}", "\"\"\"") == "(text {a})")
  }

  @Test func lineBreaksOfOtherSystemsAreSentAsOurs() {
    #expect(
      block(
        "  a", "", "  b {{c}}", "  {{ if d }}", "  e", "  {{ end }}", "  f", "  \"\"\"", lineBreak: "\r\n")
        == "(text 'a⏎⏎b ' {c} '⏎' (if (d 'e⏎')) 'f')")
  }

  @Test func nothingIsAnEscapeButBracesAndQuotes() {
    #expect(block(#"\n \t \" \\ \u{41} \x"#, "\"\"\"") == #"'\n \t \" \\ \u{41} \x'"#)
    #expect(block(#"\{{ a }} \{{{b}}"#, "\"\"\"") == "'{{ a }} {{{b}}'")
    #expect(block(#"a \""" b"#, #"\""""#, "\"\"\"") == "'a \"\"\" b⏎\"\"\"'")
    #expect(block(#"\\{{a}}"#, "\"\"\"") == #"'\{{a}}'"#)
    #expect(block(#"a "b" ""c"" "#, "\"\"\"") == "'a \"b\" \"\"c\"\" '")
    #expect(block("{ \"a\": [1] } }} # b", "\"\"\"") == "'{ \"a\": [1] } }} # b'")
  }

  @Test func aLineOfControlTagsLeavesNoLineBehind() {
    #expect(
      block("  {{ if a }}", "  b", "  {{ else }}", "  c", "  {{ end }}", "  d", "  \"\"\"")
        == "(text (if (a 'b⏎') (else 'c⏎')) 'd')")
    #expect(block("  a", "{{# why }}", "  b", "  \"\"\"") == "(text 'a⏎' {#} 'b')")
    #expect(
      block("  {{ if a }} {{# why }}", "  b", "  {{ end }}  ", "  c", "  \"\"\"")
        == "(text (if (a {#} 'b⏎')) 'c')")
    #expect(
      block("  {{ for a in b }}", "  - {{a}}", "  {{ end }}", "  c", "  \"\"\"")
        == "(text (for a b '- ' {a} '⏎') 'c')")
  }

  @Test func aControlTagBesideTextLeavesItsLine() {
    #expect(block("  a{{ if b }} c{{ end }}", "  d", "  \"\"\"") == "(text 'a' (if (b ' c')) '⏎d')")
    #expect(block("  {{ if a }}{{b}}{{ end }}", "  \"\"\"") == "(text (if (a {b})))")
    #expect(block("  {{ if a }}b", "  {{ end }}c", "  \"\"\"") == "(text (if (a 'b⏎')) 'c')")
  }

  @Test func theLineBreakBeforeALastLineOfTagsBelongsToWhatIsRenderedLast() {
    #expect(block("  a", "  {{ if b }}", "  c", "  {{ end }}", "  \"\"\"") == "(text- 'a⏎' (if (b 'c⏎')))")
    #expect(block("  {{ for a in b }}", "  {{a}}", "  {{ end }}", "  \"\"\"") == "(text- (for a b {a} '⏎'))")
    #expect(block("  a", "  {{# b }}", "  \"\"\"") == "(text- 'a⏎' {#})")
  }

  @Test func textBesideTheQuotesIsTold() {
    #expect(
      expression("\"\"\"a\n\"\"\"")
        == "text-beside-quotes: the text of a block starts on the line after its opening quotes")
    #expect(
      expression("\"\"\"{{a}}\n\"\"\"")
        == "text-beside-quotes: the text of a block starts on the line after its opening quotes")
    #expect(
      expression("\"\"\"\na\"\"\"")
        == "text-beside-quotes: the closing quotes of a block begin a line of their own")
    #expect(
      expression("\"\"\"\n{{a}}\"\"\"")
        == "text-beside-quotes: the closing quotes of a block begin a line of their own")
    #expect(expression("\"\"\"  \na\n\"\"\"") == "'a'")
  }

  @Test func aLineWithLessIndentationIsTold() {
    let message = "bad-indentation: this line is indented less than the closing quotes"
    #expect(block("  a", " b", "  \"\"\"") == message)
    #expect(block("\ta", "  \"\"\"") == message)
    #expect(block("{{a}}", "  \"\"\"") == message)
    #expect(block("  a", "b {{c}} d", "  \"\"\"") == message)
    #expect(block("  a", "  b{{ if c }}", "d", "{{ end }}", "  \"\"\"") == message)
  }

  @Test(arguments: [
    "\"\"\"\n  a\nlet after = 1\n", "\"\"\"\n  a {{b}} {{ c\n\nlet after = 1\n", "\"\"\"\nlet after = 1\n",
    "\"\"\"\n  a {{ b # c }}\nlet after = 1\n", "\"\"\"\r\n  a\r\nlet after = 1\r\n",
    "\"\"\"\n  a\nlet after = \"\"\"\n  1\n  \"\"\"\n",
  ])
  func anUnclosedBlockEndsBeforeTheNextEntry(_ text: String) {
    let (heads, told) = entries("output \(text)")
    #expect(told == ["unclosed-text-block: the text block is not closed"])
    #expect(heads.count == 2)
    #expect(heads.last == (text.contains("= \"") ? "(let after '1')" : "(let after 1)"))
    TokenTests.expectFullCover(Array("output \(text)".utf8))
  }

  @Test func anUnclosedBlockEndsBeforeTheBraceOfItsStep() {
    let (heads, told) = entries("step a {\n  prompt: \"\"\"\n    b\n}\nlet after = 1\n")
    #expect(told == ["unclosed-text-block: the text block is not closed"])
    #expect(heads.last == "(let after 1)")
  }

  @Test func anUnclosedBlockEndsBeforeTheLineThatOpensTheNext() {
    let (heads, told) = entries(
      "step a {\n  system: \"\"\"\n    b\n  prompt: \"\"\"\n    c\n    \"\"\"\n}\nlet after = 1\n")
    #expect(told == ["unclosed-text-block: the text block is not closed"])
    #expect(heads == ["(step a system: '    b' prompt: 'c')", "(let after 1)"])
  }

  @Test func anUnclosedTagInABlockEndsWithItsLine() {
    let (heads, told) = entries("output \"\"\"\n  {{ a\n  b {{c}}\n  \"\"\"\nlet after = 1\n")
    #expect(told == ["unclosed-tag: the tag is not closed on its line"])
    #expect(heads == ["(output (text {a} '⏎b ' {c}))", "(let after 1)"])
  }
}
