import Testing
import WeirValues

/// Where texts are cut, and that nothing but white space is lost.
struct TextChunkTests {
  private func chunks(_ text: String, _ size: Int) throws -> [String] {
    let builtin = try #require(Builtins.named("chunk"))
    return try builtin.body([.string(text), .int(size)]).list?.compactMap(\.string) ?? []
  }

  private func tokens(_ text: String) throws -> Int {
    try #require(try Builtins.named("tokens")?.body([.string(text)]).number?.int)
  }

  @Test(arguments: [
    ("", 5, []), (" \n\n ", 5, []), ("short", 5, ["short"]), ("\n\n  short \n", 5, ["  short"]),
    ("one\n\ntwo\n\nthree", 3, ["one\n\ntwo", "three"]),
    ("one two\n\nthree four five", 3, ["one two", "three four", "five"]),
    ("a1\na2\na3\na4", 2, ["a1\na2\na3", "a4"]),
    ("line one\nline two", 3, ["line one", "line two"]),
    ("word word word", 2, ["word", "word", "word"]),
    ("abcdefghij", 1, ["abcd", "efgh", "ij"]), ("日本語", 1, ["日", "本", "語"]), ("日本語", 2, ["日本", "語"]),
    ("if x:\r\n    y()\r\nz()", 3, ["if x:", "    y()\r\nz()"]),
    ("a\n                                 b", 2, ["a", "b"]),
    ("a  \t b", 1, ["a", "b"]),
  ])
  func cuts(_ text: String, _ size: Int, _ expected: [String]) throws {
    #expect(try chunks(text, size) == expected)
  }

  @Test(arguments: [1, 2, 3, 7, 20, 1000])
  func noPieceIsTooLongAndOnlyWhiteSpaceIsLost(_ size: Int) throws {
    let prose =
      "Sphinx of black quartz,\njudge my vow. 日本語の文章です。\n\n\tИ кириллица тоже 👩‍👧.\r\n\r\n    code()\n"
    let text = String(repeating: prose, count: 20)
    let pieces = try chunks(text, size)
    for piece in pieces {
      #expect(try tokens(piece) <= size)
      #expect(piece.contains { !$0.isWhitespace })
    }
    func bare(_ text: String) -> String.UnicodeScalarView {
      text.unicodeScalars.filter { !$0.properties.isWhitespace }
    }
    #expect(String(bare(pieces.joined())) == String(bare(text)))
  }

  /// Early breaks of every kind before a long stretch without one: the worst to look for a cut in.
  @Test func longTextsTakeNoLongerPerByte() throws {
    let text = "a\n\nb\nc d" + String(repeating: "x", count: 300_000) + String(repeating: " ", count: 300_000)
    let pieces = try chunks(text + "y", 50_000)
    #expect(pieces.first == "a")
    #expect(pieces.last == "y")
    #expect(pieces.map(\.utf8.count).reduce(0, +) == text.utf8.count - 300_000 - 4 + 1)
  }
}
