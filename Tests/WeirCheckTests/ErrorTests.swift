import Testing
import WeirCheck
import WeirDiagnostics
import WeirSyntax
import WeirTestSupport

/// The programs of `Golden/errors`: what is told of them, on which line, and nothing else.
///
/// `---` on a line of its own parts the programs of a file. `### code` or `### "part of a message"` at
/// the end of a line expects a diagnostic whose place is on that line; several may follow each other.
/// The marks are taken off before the program is read.
struct ErrorTests {
  struct Program: Sendable, CustomTestStringConvertible {
    let file: String
    let line: Int
    var text = ""
    /// Line of the program, from 1, and what is expected there.
    var expected: [(line: Int, what: String)] = []

    var testDescription: String { "\(file):\(line)" }
  }

  private static let folder = "errors"

  static let programs: [Program] = Golden.names(in: folder).flatMap { name -> [Program] in
    guard let text = try? Golden.text("\(folder)/\(name)") else { return [] }
    return read(text, file: name)
  }

  private static func read(_ text: String, file: String) -> [Program] {
    var programs = [Program(file: file, line: 1)]
    var line = 0
    for (number, written) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if written == "---" {
        programs.append(Program(file: file, line: number + 2))
        line = 0
        continue
      }
      line += 1
      let pieces = written.split(separator: " ### ", omittingEmptySubsequences: false)
      programs[programs.count - 1].text += (pieces.first ?? "") + "\n"
      for mark in pieces.dropFirst() { programs[programs.count - 1].expected.append((line, String(mark))) }
    }
    return programs
  }

  @Test(arguments: programs)
  func eachProgramIsToldWhatItsMarksSay(_ program: Program) {
    let checked = Checked(program.text)
    let lines = LineTable(checked.source)
    var missing = program.expected
    var surplus: [Diagnostic] = []
    for diagnostic in checked.told {
      let line = lines.position(of: diagnostic.span.start).line
      if let index = missing.firstIndex(where: { $0.line == line && Self.matches(diagnostic, $0.what) }) {
        missing.remove(at: index)
      } else {
        surplus.append(diagnostic)
      }
    }
    for (line, what) in missing { Issue.record("missing on line \(line + program.line - 1): \(what)") }
    var renderer = DiagnosticRenderer(SourceMap([checked.source]))
    for diagnostic in surplus { Issue.record("surplus: \(renderer.render(diagnostic))") }
  }

  private static func matches(_ diagnostic: Diagnostic, _ what: String) -> Bool {
    guard what.hasPrefix("\""), what.hasSuffix("\""), what.count > 2 else {
      return diagnostic.code.name == what
    }
    return diagnostic.message.contains(what.dropFirst().dropLast())
  }

  @Test func everyCodeHasAProgramThatIsTold() {
    #expect(Self.programs.count > 300)
    let told = Set(Self.programs.flatMap { Checked($0.text).told.map(\.code) })
    // Bytes that are no text cannot stand in a file of text; `CodeTests` has them.
    let all = (DiagnosticCode.syntaxCodes + DiagnosticCode.checkCodes).filter { $0.name != "not-utf8" }
    #expect(all.filter { !told.contains($0) }.map(\.name) == [])
  }
}
