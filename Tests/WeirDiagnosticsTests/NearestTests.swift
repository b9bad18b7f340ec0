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

  @Test(
    arguments: [
      ("captoin", ["caption", "photo"], true), ("captoin", ["caption", "captions"], false),
      ("captoin", ["captions", "caption"], false), ("captoin", ["caption", "caption"], true),
      ("nmae", ["name", "photo", "nmaes"], false), ("x", ["y"], false), ("ab", ["ac"], false),
      ("abc", ["abd"], false), ("abc", ["acb"], true), ("promp", ["prompt"], true),
      ("top_k", ["top_p"], false),
      ("text2", ["text1"], false), ("summarise", ["summarize"], true), ("last_name", ["first_name"], false),
    ] as [(String, [String], Bool)])
  func aGuessIsTheOnlyOneWhereNoOtherNameIsNear(_ name: String, _ candidates: [String], _ isOnly: Bool) {
    #expect(candidates.guess(for: name).map(\.isOnly) ?? false == isOnly)
  }

  @Test(
    arguments: [
      ("captoin.flow", ["explain.flow", "caption-to-post.flow"], "caption-to-post.flow"),
      ("caption.flow", ["explain.flow", "caption-to-post.flow"], "caption-to-post.flow"),
      ("caption-too.flow", ["caption-to-post.flow"], "caption-to-post.flow"),
      ("caption.flow", ["caption-a.flow", "caption-b.flow"], nil), ("captoin.flow", ["caption.md"], nil),
      ("explian.flow", ["explain.flow", "explain.tape.jsonl"], "explain.flow"),
      ("cat.jpeg", ["cat.jpg", "dog.jpg"], "cat.jpg"), ("cta.png", ["cat.png"], "cat.png"),
    ] as [(String, [String], String?)])
  func nearestFile(_ name: String, _ candidates: [String], _ expected: String?) {
    #expect(candidates.nearestFile(to: name) == expected)
  }

  @Test func onlyTheOnlyGuessIsAMend() {
    let place = Span(2..<5, in: FileID(0))
    #expect(Guess("abc", isOnly: true).edits(at: place) == [Diagnostic.Edit(place, "abc")])
    #expect(Guess("abc", isOnly: false).edits(at: place).isEmpty)
    #expect(Guess("abc", isOnly: true).edits(at: Span(2..<2, in: FileID(0))).isEmpty)
  }
}
