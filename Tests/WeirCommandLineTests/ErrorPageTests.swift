import Testing
import WeirCommandLine
import WeirDiagnostics
import WeirTestSupport

/// `docs/errors` has a page for every code, the one that `weir explain` prints, and a list of them.
struct ErrorPageTests {
  /// From `Tests/Golden`, where goldens lie.
  private static let folder = "../../docs/errors"

  @Test(arguments: DiagnosticCode.all.map(\.name)) func aPageSaysWhatExplainSays(_ name: String) throws {
    let code = try #require(DiagnosticCode.all.first { $0.name == name })
    Golden.expect(code.page, matches: "\(Self.folder)/\(name).md")
  }

  @Test func theListNamesEveryCode() {
    Golden.expect(list, matches: "\(Self.folder)/README.md")
  }

  @Test func noPageIsLeftOver() {
    let pages = Golden.names(in: Self.folder)
    #expect(Set(pages) == Set(DiagnosticCode.all.map { "\($0.name).md" } + ["README.md"]))
  }

  @Test func codesAreWordsJoinedByHyphensAndStandOnce() {
    let names = DiagnosticCode.all.map(\.name)
    #expect(names.count > 50)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil })
  }

  private var list: String {
    let entries = DiagnosticCode.all.map { "- [`\($0.name)`](\($0.name).md): \(firstSentence(of: $0))" }
    return """
      # What Weir reports

      Every message has a code in brackets, such as `error[unknown-name]`. A code never changes its meaning.
      `weir explain CODE` prints the page about it, with a wrong and a right example.

      \(entries.joined(separator: "\n"))

      """
  }

  private func firstSentence(of code: DiagnosticCode) -> String {
    let text = code.explanation
    guard let end = text.firstRange(of: /[.:](\s|$)/)?.lowerBound else { return text }
    return text[..<end] + "."
  }
}
