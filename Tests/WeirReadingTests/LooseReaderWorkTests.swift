import Testing

@testable import WeirReading

/// Nothing takes more than linear time, and nothing overflows: counted are the bytes that were looked at.
struct LooseReaderWorkTests {
  private static let nasty = [
    "[", "{", "{\"a\":", "[[[[ x ", "[a ", "[a b, c\nd ", "{a: 1\n b c\n", "[\"", "{\"a", "\"", "'", "\"\"\"",
    "\\", "```\n", "````", "~~~x\n", "`", ",", "[,,", "]", "}", ":", "\", ", "\": ", "<think>{",
    "</think>[1]", "<|",
    "{\"a\": \"\n", "{\"a\": [</a>", "[1\n              ", "{\"a\": b, ", "［", "{&quot;", "{\\\"", "// x\n",
    "[ /* ",
    "[1, 2) x ", "{\"a\": \"x, \"b\" ", "\u{FEFF}", "é", "[“", "[1](x) ",
  ]

  /// Inside of a string, of a value without quotes, of a list.
  private static let openings = [
    "", "{\"a\": \"", "{\"a\": b", "[", "{\"a", "[\"\"\"", "[“", "{\\\"a\\\": \\\"", "{a", "[b'",
  ]

  private func work(_ opening: String, _ part: String, times: Int) -> Int {
    LooseReader.read(opening + String(repeating: part, count: times)).work
  }

  @Test(arguments: nasty)
  func eightTimesTheTextIsAboutEightTimesTheWork(_ part: String) {
    let times = 2_000 / part.utf8.count + 100
    for opening in Self.openings {
      let once = work(opening, part, times: times)
      let more = work(opening, part, times: times * 8)
      #expect(more <= once * 10 + 1_000, "\(opening) \(part)")
      #expect(more <= times * 8 * part.utf8.count * 160, "\(opening) \(part)")
    }
  }

  @Test(arguments: nasty)
  func inPiecesToo(_ part: String) {
    func work(_ times: Int) -> Int {
      var reader = LooseReader()
      for byte in String(repeating: part, count: times).utf8 { reader.feed([byte]) }
      reader.finish()
      return reader.work
    }
    let times = 1_000 / part.utf8.count + 50
    #expect(work(times * 8) <= work(times) * 10 + 1_000)
  }

  @Test(arguments: ["\"", "b", "\"\"\"", "// ", "/* ", "“", "\\\"", "&quot;"])
  func oneHugeValueInPiecesIsLookedAtOnce(_ opening: String) {
    for part in ["x", " ", "\n", "é", "\\\\", "\\n", "x \"", "\t\n  ", "x,", ", ", "…", "*", "\", \"b"] {
      func work(_ times: Int) -> Int {
        var reader = LooseReader()
        reader.feed("[\(opening)".utf8)
        for _ in 0..<times { for byte in part.utf8 { reader.feed([byte]) } }
        reader.finish()
        return reader.work
      }
      #expect(work(8_000) <= work(1_000) * 10 + 1_000, "\(opening) \(part)")
    }
  }

  @Test(arguments: ["[", "{\"a\":", "{\"a\": [", "(", "[("])
  func aMegabyteOfBracketsDoesNotOverflow(_ part: String) {
    let reader = LooseReader.read(String(repeating: part, count: 1_000_000 / part.utf8.count))
    #expect(reader.tree.nodes.count <= 1_024)
    #expect(reader.work < 4_000_000)
  }

  /// Each of them reads to the end of the text, and goes on behind its line.
  @Test func stringsThatAreNeverClosedAreReadAgainWithinABound() {
    let part = """
      ObjectId(""name": \\u00e9：~~~$5`-1/2...[1, 2```json
      */=,`\u{FEFF}$5yes
      ]\\nThe answer is {"a": 1}50%/*ObjectId("日本，é(“\\yes ://
      """
    #expect(work("", part, times: 320) <= work("", part, times: 40) * 10 + 1_000)
  }

  @Test func what512DeepIsStillRead() {
    let reader = LooseReader.read(String(repeating: "[", count: 512) + String(repeating: "]", count: 512))
    #expect(reader.tree.nodes.count == 512)
    #expect(reader.tree.mends.isEmpty)
    let deeper = LooseReader.read(String(repeating: "[", count: 512) + "[1]")
    #expect(deeper.dump == "prose [1]")
  }
}
