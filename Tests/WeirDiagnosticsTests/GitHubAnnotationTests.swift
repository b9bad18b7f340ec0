import Testing
import WeirDiagnostics

/// Diagnostics as GitHub Actions reads them.
struct GitHubAnnotationTests {
  private static let code = DiagnosticCode("some-code", "Why.", wrong: "", right: "")

  private func line(
    _ severity: Diagnostic.Severity = .error, _ message: String = "wrong", path: String = "a.flow",
    text: String = "abc\ndef\n", at range: Range<Int> = 1..<2, help: String? = nil
  ) -> String {
    let file = SourceFile(path: path, text: text)
    let diagnostic = Diagnostic(
      Self.code, message, severity: severity, at: Span(range, in: file.id), help: help)
    return [diagnostic].gitHubAnnotations(in: SourceMap([file]))
  }

  @Test func eachSeverityHasItsCommand() {
    let rest = " file=a.flow,line=1,endLine=1,col=2,endColumn=3,title=some-code::wrong\n"
    #expect(line(.error) == "::error" + rest)
    #expect(line(.warning) == "::warning" + rest)
    #expect(line(.note) == "::notice" + rest)
  }

  @Test func aPlaceOfSeveralLinesHasNoColumns() {
    #expect(line(at: 1..<6).hasPrefix("::error file=a.flow,line=1,endLine=2,title="))
  }

  @Test func columnsCountCharacters() {
    #expect(line(text: "äöü😀x", at: 10..<11).contains("col=5,endColumn=6"))
  }

  @Test func theHelpIsAnotherLineOfTheMessage() {
    #expect(line(help: "do this").hasSuffix("::wrong%0Ahelp: do this\n"))
  }

  @Test func whatWouldEndTheCommandIsEscaped() {
    #expect(line(.error, "50%: a,\r\nb").hasSuffix("::50%25: a,%0D%0Ab\n"))
    #expect(line(path: "a,b:c%\n.flow").hasPrefix("::error file=a%2Cb%3Ac%25%0A.flow,line=1"))
  }
}
