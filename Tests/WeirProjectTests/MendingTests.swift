import Testing
import WeirDiagnostics
import WeirProject
import WeirTestSupport

/// A flow that is mended until nothing is left to mend.
struct MendingTests {
  private func mended(_ text: String) -> (text: String, count: Int, told: [String]) {
    var loader = FlowLoader(ProjectFiles(directory: "/"))
    let (flow, count) = loader.mend(Flow(SourceFile(path: "a.flow", text: text)))
    return (
      String(decoding: flow.source.bytes, as: UTF8.self), count, flow.diagnostics.map(\.code.name)
    )
  }

  @Test func whatAMendShowsIsMendedAsWell() {
    let text = "let a = 1\nlet b = a + 1\nlet c = b + 1\ninput name: string?\noutput \"{{nmae}}\"\n"
    let (after, count, told) = mended(text)
    #expect(after == "input name: string?\noutput \"{{name ?? \"\"}}\"\n")
    #expect(count == 5)
    #expect(told.isEmpty)
  }

  @Test func aNameIsMendedBeforeAnythingIsTakenAway() {
    let (after, _, told) = mended("let greeting = 1\nlet other = 2\noutput greetnig\n")
    #expect(after == "let greeting = 1\noutput greeting\n")
    #expect(told.isEmpty)
  }

  @Test func thereIsAnEndToTheRounds() {
    let lets = (1...30).map { "let a\($0) = a\($0 - 1) + 1\n" }.joined()
    let (after, count, told) = mended("let a0 = 1\n" + lets + "output 1\n")
    #expect(count == 10)
    #expect(told == ["unused-let"])
    #expect(after.hasPrefix("let a0 = 1\n"))
  }

  @Test func carriageReturnsAndAMissingLastLineBreakStay() {
    #expect(mended("input name: string\r\noutput nmae").text == "input name: string\r\noutput name")
    #expect(
      mended("\u{FEFF}input name: string\routput nmae\r").text == "\u{FEFF}input name: string\routput name\r")
  }

  /// The flows of the errors' golden files: mended once, they are mended for good, and what was right
  /// stays right.
  @Test func mendingTwiceIsMendingOnce() throws {
    var count = 0
    var loader = FlowLoader(ProjectFiles(directory: "/"))
    for name in Golden.names(in: "errors") {
      for program in try Golden.text("errors/\(name)").split(separator: "\n---\n") {
        let lines = program.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { $0.prefix(upTo: $0.firstRange(of: " ### ")?.lowerBound ?? $0.endIndex) }
          .joined(separator: "\n")
        let before = Flow(SourceFile(path: name, text: text))
        let (once, mends) = loader.mend(before)
        #expect(loader.mend(once).count == 0, "\(text)")
        #expect(mends > 0 || once.source.bytes == before.source.bytes)
        #expect(before.diagnostics.hasErrors || !once.diagnostics.hasErrors, "\(text)")
        count += mends
      }
    }
    #expect(count > 20)
  }
}
