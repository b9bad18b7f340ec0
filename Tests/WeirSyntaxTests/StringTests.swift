import Testing
import WeirDiagnostics
import WeirSyntax

/// Strings on one line, their escapes and their tags.
struct StringTests {
  @Test(arguments: [
    (#""""#, "''"), (#""a # b""#, "'a # b'"), (#""{a} }} {""#, "'{a} }} {'"),
    (#""a\nb\tc\"d\\e""#, "'a⏎b⇥c\"d\\e'"),
    (#""\u{41}\u{1F600}\u{e9}""#, "'A😀é'"),
    (#""\{{ x }}""#, "'{{ x }}'"), (#""\{{{x}}""#, "'{{{x}}'"), (#""\\{{x}}""#, "(text '\\' {x})"),
    (#""{{x}}""#, "(text {x})"), (#""a {{ x }} b""#, "(text 'a ' {x} ' b')"),
    (#""{{{x}}}""#, "(text '{' {x} '}')"), (#""{{{{{x}}}}}""#, "(text '{{{' {x} '}}}')"),
    (#""{{# why }}""#, "(text {#})"), (#""a{{{# why }}b""#, "(text 'a{' {#} 'b')"),
    (#""{{ xs.join(", ") }}""#, "(text {(.() xs join ', ')})"),
    (#""{{ f("a {{ g("b") }} c") }}""#, "(text {(call f (text 'a ' {(call g 'b')} ' c'))})"),
    (#""{{ "" }}""#, "(text {''})"),
    (#""{{ {a: {b: 1}} }}""#, "(text {(record a: (record b: 1))})"),
    (#""{{ {a: {b: 1}}}}""#, "(text {(record a: (record b: 1))})"),
    (#""{{ xs[{a: 1}.a] }}""#, "(text {([] xs (. (record a: 1) a))})"),
    (#""{{ if a then b else c }}""#, "(text {(if a b c)})"),
    (#""{{ if a }}x{{ end }}""#, "(text (if (a 'x')))"),
    (#""{{if a}}x{{else if b}}y{{else}}z{{end}}""#, "(text (if (a 'x') (b 'y') (else 'z')))"),
    (#""{{ for x in xs }}{{x}}, {{ end }}""#, "(text (for x xs {x} ', '))"),
    (#""{{ for x, i in a ?? b }}{{i}}{{ end }}""#, "(text (for x,i (?? a b) {i}))"),
    (#""{{ for x in xs }}{{ if x }}a{{ end }}{{ end }}b""#, "(text (for x xs (if (x 'a'))) 'b')"),
    (#""{{ if a }}{{ end }}""#, "(text (if (a)))"),
  ])
  func oneLine(_ text: String, _ expected: String) {
    #expect(expression(text) == expected)
  }

  @Test(arguments: [
    (#""\a""#, #"\a"#), (#""C:\work""#, #"\w"#), (#""\é""#, #"\é"#), (#""\{x""#, #"\{"#),
    (#""\u41""#, #"\u"#),
    (#""\u{}""#, #"\u"#), (#""\u{110000}""#, #"\u"#), (#""\u{D800}""#, #"\u"#), (#""\u{+41}""#, #"\u"#),
    (#""\u{0000000041}""#, #"\u"#), (#""\u{41""#, #"\u"#), (#""\r""#, #"\r"#),
  ])
  func anyOtherEscapeIsTold(_ text: String, _ escape: String) {
    #expect(expression(text) == "bad-escape: `\(escape)` is not an escape")
  }

  /// What is not closed ends with its line, is told once, and the next line is read as if nothing
  /// had happened.
  @Test(arguments: [
    (#"output "Hello"#, "unclosed-string"), (#"output "Hello \""#, "unclosed-string"),
    (#"output ""#, "unclosed-string"),
    (#"output "{{ name""#, "unclosed-tag"), (#"output "{{ name }"#, "unclosed-tag"),
    (#"output "{{ f(x }}""#, "unclosed-tag"), (#"output "{{ [1, 2 }}""#, "unclosed-tag"),
    (#"output "{{ f("x }}""#, "unclosed-tag"), (#"output "{{ f("{{ g("#, "unclosed-tag"),
    (#"output "{{"#, "unclosed-tag"), (#"output "{{ f("a {{ b }} c") "#, "unclosed-tag"),
    (#"output "{{# why""#, "unclosed-tag"), (#"output "{{ a # b }}""#, "unclosed-tag"),
    (#"output "{{ if a }}b""#, "unclosed-section"),
    (#"output "{{ for a in b }}{{ if c }}{{ end }}""#, "unclosed-section"),
    (#"output "a\"#, "unclosed-string"),
    (#"output "{{ if }}a{{ end }}""#, "unexpected-token"), (#"output "{{ }}""#, "unexpected-token"),
    (#"output "{{ a b }}""#, "unexpected-token"), (#"output "{{ a, }}""#, "unexpected-token"),
    (#"output "{{ else }}""#, "stray-tag"), (#"output "{{ end }}""#, "stray-tag"),
    (#"output "{{ for a in b }}{{ else }}{{ end }}""#, "stray-tag"),
    (#"output "{{ if a }}{{ else }}{{ else }}{{ end }}""#, "stray-tag"),
    (#"output "{{ for x xs }}{{ end }}""#, "unexpected-token"),
    (#"output "{{ let x = 1 }}""#, "unexpected-token"),
  ])
  func aMistakeInAStringIsToldOnceAndEndsWithItsLine(_ line: String, _ code: String) {
    for lineBreak in ["\n", "\r\n"] {
      let (heads, told) = entries("\(line)\(lineBreak)let after = 1\(lineBreak)")
      #expect(told.map { $0.prefix { $0 != ":" } } == [code[...]], "\(told)")
      #expect(heads.last == "(let after 1)")
      #expect(heads.count == 2)
    }
    #expect(entries(line).told.map { $0.prefix { $0 != ":" } } == [code[...]])
  }

  @Test func severalMistakesInOneStringAreAllTold() {
    let told = entries(#"output "{{ a b }} \q {{ end }} {{ c d }}""#).told.map { $0.prefix { $0 != ":" } }
    #expect(told.sorted() == ["bad-escape", "stray-tag", "unexpected-token", "unexpected-token"])
  }
}
