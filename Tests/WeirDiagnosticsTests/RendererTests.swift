import Testing
import WeirDiagnostics
import WeirTestSupport

/// How diagnostics look on the text that they are about. `⟦` and `⟧` mark spans in it.
struct RendererTests {
  private static let code = DiagnosticCode("some-code", "Why.", wrong: "", right: "")

  /// A file, and the spans that were marked in it, in the order in which they begin.
  private func marked(_ text: String, path: String = "caption.flow") -> (file: SourceFile, spans: [Span]) {
    var bytes: [UInt8] = []
    var opened: [Int] = []
    var ranges: [Range<Int>] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "⟦": opened.append(bytes.count)
      case "⟧": ranges.append((opened.popLast() ?? 0)..<bytes.count)
      default: bytes += Array(String(scalar).utf8)
      }
    }
    let file = SourceFile(path: path, bytes: bytes)
    return (file, ranges.sorted { $0.lowerBound < $1.lowerBound }.map { Span($0, in: file.id) })
  }

  private func check(
    _ name: String, _ text: String, labels: [String?] = [nil], help: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (file, spans) = marked(text)
    let labels = zip(spans, labels).map { Diagnostic.Label($0, $1) }
    let diagnostic = Diagnostic(Self.code, "something is wrong with `it`", at: labels, help: help)
    var renderer = DiagnosticRenderer(SourceMap([file]))
    Golden.expect(
      renderer.render(diagnostic), matches: "diagnostics/\(name).txt", sourceLocation: sourceLocation)
  }

  @Test func everySeverityHasItsWordAndColour() {
    let (file, spans) = marked("⟦a⟧")
    let shown = [Diagnostic.Severity.error, .warning, .note].map { severity in
      var renderer = DiagnosticRenderer(SourceMap([file]), style: .coloured)
      return renderer.render(Diagnostic(Self.code, "m", severity: severity, at: spans[0]))
    }
    let heads = ["\u{1B}[1;31merror[", "\u{1B}[1;33mwarning[", "\u{1B}[1;36mnote["]
    #expect(zip(shown, heads).allSatisfy { $0.hasPrefix($1) })
  }

  @Test func theSummaryCountsEverySeverity() {
    let (_, spans) = marked("⟦a⟧")
    let severities: [Diagnostic.Severity] = [.note, .warning, .note, .error]
    let all = severities.map { Diagnostic(Self.code, "m", severity: $0, at: spans[0]) }
    #expect(all.summary == "1 error, 1 warning, 2 notes")
    #expect([Diagnostic]().summary.isEmpty)
  }

  @Test func aNameIsUnderlinedAndHelpStandsBelow() {
    check(
      "name", "step caption {\n  prompt: \"About {{⟦captoin⟧}}\"\n}\n", help: "did you mean `caption`?")
  }

  @Test func theCaretStandsRightUnderTabs() { check("tabs", "a\n\tlet\tx = ⟦y⟧\tz\n") }

  @Test func theCaretStandsRightUnderTextOfManyBytes() {
    check("many-bytes", "prompt: \"Grüße, Ἀθῆναι: {{⟦größe⟧}} – ende\"\n")
  }

  @Test func wideScriptsAndEmojiTakeTwoCells() {
    check("wide", "prompt: \"日本語の👍e\u{301}: {{⟦写真⟧}}\"\n")
  }

  @Test func aLongLineIsCutAroundTheMark() {
    let long = String(repeating: "lorem ipsum dolor ", count: 40)
    check("long-line", "let a = \"\(long){{⟦x⟧}}\(long)\"\n")
  }

  @Test func aLongMarkAtTheBeginningOfALongLineIsCut() {
    check("long-mark", "⟦\(String(repeating: "0123456789", count: 50))⟧ rest\n")
  }

  @Test func controlCharactersAreShownAsReplaced() { check("control", "a\u{1B}[31m⟦b\u{7}⟧c\n") }

  @Test func theEndOfTheFileHasAPlace() { check("end-of-file", "step a {\n⟦⟧") }

  @Test func theEndOfALastLineWithoutANewlineHasAPlace() { check("end-of-line", "step a {⟦⟧") }

  @Test func aSpanOverSeveralLinesIsMarkedOnItsFirst() {
    check("several-lines", "let a = ⟦[\n  1,\n]⟧\nlet b = 2\n")
  }

  @Test func anEmptyFileHasOnePlace() { check("empty-file", "⟦⟧") }

  @Test func everyLabelIsShownWithItsWords() {
    let lines = (1...9).map { "# line \($0)\n" }.joined()
    check(
      "labels", "⟦input a: int⟧\n\(lines)let ⟦a⟧ = 2\n", labels: ["declared here first", nil],
      help: "give it another name")
  }

  @Test func whatIsNotUTF8IsShownAsReplaced() {
    let file = SourceFile(path: "a.flow", bytes: Array("x = \"".utf8) + [0xFF, 0xC3] + Array("\"\n".utf8))
    var renderer = DiagnosticRenderer(SourceMap([file]))
    let diagnostic = Diagnostic(Self.code, "not UTF-8", at: Span(5..<6, in: file.id))
    #expect(renderer.render(diagnostic).contains("1 | x = \"\u{FFFD}\u{FFFD}\"\n  |      ^\n"))
  }

  @Test func aDiagnosticOfAFileThatIsNotThereKeepsItsWords() {
    var renderer = DiagnosticRenderer(SourceMap())
    let span = Span(3..<4, in: FileID(7))
    #expect(renderer.render(Diagnostic(Self.code, "gone", at: span)) == "error[some-code]: gone\n")
    #expect(renderer.position(of: span) == nil)
  }

  @Test func severalHaveABlankLineBetweenAndColourOnlyWhereItIsAsked() {
    let (file, spans) = marked("⟦a⟧ ⟦b⟧\n")
    let diagnostics = [
      Diagnostic(Self.code, "one", at: spans[0]),
      Diagnostic(Self.code, "two", severity: .warning, at: spans[1], help: "mend it"),
    ]
    var plain = DiagnosticRenderer(SourceMap([file]))
    var coloured = DiagnosticRenderer(SourceMap([file]), style: .coloured)
    let text = plain.render(diagnostics)
    #expect(text.contains("^\n\nwarning[some-code]: two\n"))
    #expect(!text.contains("\u{1B}"))
    #expect(coloured.render(diagnostics).contains("\u{1B}[1;33mwarning[some-code]\u{1B}[0m"))
  }

  @Test func diagnosticsAreOrderedByFileAndPlace() {
    func diagnostic(_ message: String, _ file: UInt32, _ start: Int) -> Diagnostic {
      Diagnostic(Self.code, message, severity: .note, at: Span(start..<start + 1, in: FileID(file)))
    }
    let ordered = [
      diagnostic("d", 1, 0), diagnostic("b", 0, 5), diagnostic("c", 0, 5), diagnostic("a", 0, 1),
    ]
    .inSourceOrder()
    #expect(ordered.map(\.message) == ["a", "b", "c", "d"])
    #expect(!ordered.hasErrors)
    #expect((ordered + [Diagnostic(Self.code, "e", at: ordered[0].span)]).hasErrors)
  }
}
