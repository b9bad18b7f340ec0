import Testing
import WeirDiagnostics

/// Lines and columns of byte offsets.
struct LineTableTests {
  private func positions(_ text: String, _ offsets: [Int]) -> [String] {
    let table = LineTable(SourceFile(path: "a", text: text))
    return offsets.map { offset in
      let position = table.position(of: offset)
      return "\(position.line):\(position.column)"
    }
  }

  @Test func everyKindOfLineEndEndsALine() {
    #expect(
      positions("a\nb\r\nc\rd", [0, 1, 2, 3, 4, 5, 6, 7, 8]) == [
        "1:1", "1:2", "2:1", "2:2", "2:3", "3:1", "3:2", "4:1", "4:2",
      ])
  }

  @Test func columnsCountScalars() {
    #expect(positions("é日😀x", [0, 2, 5, 9, 10]) == ["1:1", "1:2", "1:3", "1:4", "1:5"])
  }

  @Test func whatIsBeyondTheFileIsItsEnd() {
    #expect(positions("ab\n", [-5, 3, 99]) == ["1:1", "2:1", "2:1"])
    #expect(positions("", [0, 1]) == ["1:1", "1:1"])
  }

  @Test(
    arguments: [
      ("a\nb\r\n\rc", [0..<1, 2..<3, 5..<5, 6..<7]), ("", [0..<0]), ("\n", [0..<0, 1..<1]),
      ("\r\n\r\n", [0..<0, 2..<2, 4..<4]),
    ] as [(String, [Range<Int>])])
  func linesAreWithoutTheirEnds(_ text: String, _ expected: [Range<Int>]) {
    let table = LineTable(SourceFile(path: "a", text: text))
    #expect((1...table.count).map { table.byteRange(ofLine: $0) } == expected)
  }

  @Test func spansJoinAndShowTheirText() {
    let file = SourceFile(path: "a", text: "one two three")
    let span = Span(4..<7, in: file.id).joined(Span(0..<3, in: file.id))
    #expect(span.range == 0..<7)
    #expect(file.text(of: span) == "one two")
    #expect(file.text(of: Span(8..<99, in: file.id)) == "three")
  }
}
