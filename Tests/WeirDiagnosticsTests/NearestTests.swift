import Testing
import WeirDiagnostics

/// Which name was meant by one that nobody declared.
struct NearestTests {
  @Test(
    arguments: [
      ("captoin", ["caption", "photo"], "caption"), ("capton", ["caption"], "caption"),
      ("captionn", ["caption"], "caption"),
      ("Caption", ["caption"], "caption"), ("tpyes", ["types", "tapes"], "types"), ("x", ["y"], "y"),
      ("x", ["yy", "zz"], nil), ("score", ["photo", "title"], nil), ("cat", ["bat", "hat"], nil),
      ("cat", ["hat", "hat"], "hat"), ("same", ["same"], nil), ("größe", ["grösse", "grüsse"], "grösse"),
      ("", ["a"], "a"), ("abcdefghi", ["abcxyzghi"], "abcxyzghi"), ("abcdefghi", ["abwxyzghi"], nil),
      ("name", [], nil),
    ] as [(String, [String], String?)])
  func nearest(_ name: String, _ candidates: [String], _ expected: String?) {
    #expect(candidates.nearest(to: name) == expected)
  }
}
