import Testing
import WeirDiagnostics

/// Which edits are made together, and that all else stays.
struct MendingTests {
  private static let code = DiagnosticCode("some-code", "Why.", wrong: "", right: "")

  private func diagnostic(_ edits: [(Range<Int>, String)]) -> Diagnostic {
    let file = FileID(0)
    return Diagnostic(
      Self.code, "something is wrong", at: Span(0..<0, in: file),
      edits: edits.map { Diagnostic.Edit(Span($0, in: file), $1) })
  }

  private func mending(_ text: String, _ edits: [[(Range<Int>, String)]]) -> (text: String, count: Int) {
    let (bytes, count) = edits.map(diagnostic).mending(Array(text.utf8))
    return (String(decoding: bytes, as: UTF8.self), count)
  }

  @Test func editsAreMadeWhereverTheyStand() {
    let (text, count) = mending("abc def", [[(4..<7, "DEF")], [(0..<1, "")], [(2..<2, "x"), (3..<3, "y")]])
    #expect(text == "bxcy DEF")
    #expect(count == 3)
  }

  /// What two diagnostics put at one place would stand in an order that nobody has thought of.
  @Test func whatIsPutInBesideAnEditWaitsForAnotherRound() {
    let (text, count) = mending("abc", [[(0..<1, "x")], [(1..<1, "y")]])
    #expect(text == "xbc")
    #expect(count == 1)
  }

  @Test func neighboursAreTakenAwayTogether() {
    let (text, count) = mending("abc", [[(1..<2, "")], [(0..<1, "")], [(2..<3, "x")]])
    #expect(text == "x")
    #expect(count == 3)
  }

  @Test func withoutEditsEveryByteStays() {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0x0D, 0x0A, 0xFF, 0x00]
    let mended = [diagnostic([])].mending(bytes)
    #expect(mended.bytes == bytes)
    #expect(mended.count == 0)
  }

  @Test func ofEditsThatOverlapTheFirstIsMade() {
    let (text, count) = mending("abcdef", [[(2..<5, "X")], [(0..<3, "Y")]])
    #expect(text == "Ydef")
    #expect(count == 1)
  }

  @Test func theEditsOfOneDiagnosticAreMadeTogetherOrNotAtAll() {
    let (text, count) = mending("abcdef", [[(0..<2, "X")], [(1..<1, "("), (5..<5, ")")]])
    #expect(text == "Xcdef")
    #expect(count == 1)
  }

  @Test func oneMendOfTwoDiagnosticsIsMadeOnce() {
    let (text, count) = mending("abc", [[(0..<1, "")], [(0..<1, "")]])
    #expect(text == "bc")
    #expect(count == 2)
  }

  @Test func anEditOutsideOfTheFileIsNotMade() {
    #expect(mending("abc", [[(2..<9, "")]]).text == "abc")
  }
}
