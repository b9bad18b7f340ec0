import Testing
import WeirCheck
import WeirDiagnostics
import WeirSyntax

/// Comments that allow warnings. What is told where is in `Golden/errors/comments.flow`.
struct AllowanceTests {
  private func told(_ text: String) -> [String] { Checked(text).told.map(\.code.name) }

  @Test func aLineEndOfAnyKindEndsTheComment() {
    for end in ["\n", "\r\n", "\r"] {
      #expect(told("# weir: allow unused-input\(end)input a: string\(end)output 1\(end)").isEmpty)
      #expect(told("input a: string # weir: allow unused-input\(end)output 1\(end)").isEmpty)
    }
  }

  @Test func aByteOrderMarkAndAShebangDoNotMatter() {
    #expect(told("\u{FEFF}# weir: allow unused-input\ninput a: string\noutput 1").isEmpty)
    #expect(told("#!/usr/bin/env -S weir run\n# weir: allow unused-input\ninput a: string\noutput 1").isEmpty)
  }

  @Test func commentsForOneLineAddUp() {
    let text = """
      # weir: allow unused-let
      # weir: allow needless-fallback
      let b = "x" ?? "y" # weir: allow unused-step
      output 1
      """
    #expect(told(text) == ["unused-allow"])
  }

  @Test func aMissingNameIsStillNoReasonToDoubtAComment() {
    #expect(told("# weir: allow unused-input\ninput a: string\noutput b") == ["unknown-name"])
  }

  /// Thousands of comments before one long line are read in a moment.
  @Test(.timeLimit(.minutes(1))) func manyCommentsTakeNoLongTime() {
    let comments = String(repeating: "# weir: allow unused-let\n", count: 20_000)
    let line = "let a = [" + String(repeating: "1, ", count: 100_000) + "]\n"
    #expect(told(comments + line + "output 1\n").filter { $0 != "unused-allow" }.isEmpty)
  }
}
