import Testing

@testable import WeirReading

/// A text in pieces: the same tree, and at any moment what is open.
struct LooseReaderPiecesTests {
  private static let text = #"""
    <think>Perhaps {"a": 1}?</think>Here [1] you are:
    ```json
    {"name": "Ünï \u00e9", 'it's': [1, 2 3, "he said "hi", ok",], // why
     note: some text, and more, "b": {"c": None, "d": “x”, …}
    ```
    {\"x\": \"y\\n\"}, ｛"z"：1｝ and [words, to the
    end] {"open": ["a", "b
    """#

  @Test func anySplitGivesTheSameTree() {
    let whole = LooseReader.read(Self.text)
    #expect(whole.tree.roots.count == 6)
    var random = SplitMix(seed: 7)
    for _ in 0..<200 {
      var reader = LooseReader()
      var rest = Array(Self.text.utf8)[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int(random.next() % 40))
        reader.feed(piece)
        rest = rest.dropFirst(piece.count)
      }
      reader.finish()
      #expect(reader.dump == whole.dump)
      #expect(reader.mends == whole.mends)
    }
  }

  @Test func whatIsOpenIsKnownAtAnyMoment() {
    var reader = LooseReader()
    func open() -> [LooseTree.Node.Kind] { reader.open.map { reader.tree.nodes[$0].kind } }
    reader.feed(Array("{\"a\": [1, \"te".utf8))
    #expect(open() == [.object, .list, .string])
    #expect(reader.text(of: reader.open[2]) == "te")
    reader.feed(Array("xt\", 12".utf8))
    #expect(open() == [.object, .list, .bare])
    #expect(reader.text(of: reader.open[2]) == "12")
    reader.feed(Array("]".utf8))
    #expect(open() == [.object])
    reader.feed(Array("}\n".utf8))
    #expect(open() == [])
    let isAllClosed = reader.tree.nodes.allSatisfy { $0.isClosed }
    #expect(isAllClosed)
  }

  @Test func anOpenStringEndsBeforeAScalarOrEscapeThatHasNotCome() {
    var reader = LooseReader()
    reader.feed(Array("[\"gr\u{FC}".utf8).dropLast())
    #expect(reader.text(of: 1) == "gr")
    reader.feed([0xBC, UInt8(ascii: "\\")])
    #expect(reader.text(of: 1) == "grü")
    reader.feed(Array("u00".utf8))
    #expect(reader.text(of: 1) == "grü")
    reader.feed(Array("df\"]".utf8))
    #expect(reader.text(of: 1) == "grüß")
  }

  @Test func whatIsNotUTF8IsRepairedAndSaid() {
    let reader = LooseReader.read([0x5B, 0x78, 0xC3, 0x2C, 0x22, 0x61, 0xFF, 0x62, 0x22, 0x5D])
    #expect(reader.dump == "whole [x\u{FFFD}, \"a\u{FFFD}b\"]")
    #expect(reader.mends == "unquoted-text@1 invalid-utf-8@2 invalid-utf-8@6")
  }
}
