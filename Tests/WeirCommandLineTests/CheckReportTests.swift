import Testing
import WeirDiagnostics
import WeirValues

@testable import WeirCommandLine

/// The forms of a report where no flow shows them.
struct CheckReportTests {
  private static let code = DiagnosticCode("some-code", "It is so. Why.", wrong: "a\n", right: "b\n")

  private func file(_ severity: Diagnostic.Severity) -> CheckedFile {
    let source = SourceFile(path: "a.flow", text: "abc\n")
    let diagnostic = Diagnostic(Self.code, "wrong", severity: severity, at: Span(0..<1, in: source.id))
    return CheckedFile("a.flow", .read(SourceMap([source]), [diagnostic]))
  }

  @Test(arguments: [(Diagnostic.Severity.error, "error"), (.warning, "warning"), (.note, "note")])
  func everySeverityHasItsLevel(_ severity: Diagnostic.Severity, _ level: String) throws {
    let run = try #require(
      try Value(json: SARIFLog([file(severity)], directory: "/").text).record?["runs"]?.list?.first?.record)
    let result = try #require(run["results"]?.list?.first?.record)
    #expect(result["level"] == .string(level))
    #expect(result["fixes"] == nil)
    let rule = run["tool"]?.record?["driver"]?.record?["rules"]?.list?.first?.record
    #expect(rule?["shortDescription"]?.record?["text"] == .string("It is so."))
    #expect(rule?["defaultConfiguration"]?.record?["level"] == .string(level))
  }

  @Test func notesAndWarningsAreNotWrongUntilWarningsAreDenied() {
    #expect(![file(.note), file(.warning)].isWrong(denyingWarnings: false))
    #expect(![file(.note)].isWrong(denyingWarnings: true))
    #expect([file(.note), file(.warning)].isWrong(denyingWarnings: true))
    #expect([file(.error)].isWrong(denyingWarnings: false))
  }

  @Test func aNoteIsANoteInJSON() {
    let source = SourceFile(path: "a.flow", text: "abc\n")
    let note = Diagnostic(Self.code, "so", severity: .note, at: Span(0..<1, in: source.id))
    let json = [note].json(in: SourceMap([source]))
    #expect(json.list?.first?.record?["severity"] == .string("note"))
  }
}
