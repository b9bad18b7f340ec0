import Testing
import WeirValues

@testable import WeirReading

/// Texts of random pieces: no trap, trees well nested, the same in pieces.
struct LooseReaderFuzzTests {
  private static let pieces: [String] = [
    "{", "}", "[", "]", "(", ")", ",", ":", "\"", "'", "`", "```", "```json\n", "\n", " ", "\\", "\\\"",
    "\\n",
    "\\u00e9", "\\uD83D", "\"a\"", "\"b\": ", "a", "name", "1", "-2.5e3", "true", "None", "NaN", "...", "…",
    "“",
    "”", "‘", "«", "»", "「", "」", "：", "，", "｛", "｝", "［", "//", "/*", "*/", "#", "=", "=>", "<think>",
    "</think>",
    "<|channel|>", "analysis", "final", "</x>", "&quot;", "\"\"\"", "'''", "~~~", "b'", "Date(\"", "é",
    "\u{FEFF}",
    "\u{A0}", "\u{3000}", "+", "$5", "1,234", "\t", "\r\n", ";", "x y", "-", "- [x]", "\0", "http://x.y/z",
    "{\"a\": ", "[1, ", "\", \"", "\": \"", "\"}", "    ",
  ]

  private func randomText(_ random: inout SplitMix) -> [UInt8] {
    var text: [UInt8] = []
    let isBytes = random.next() % 8 == 0
    for _ in 0..<random.next() % 60 {
      if isBytes {
        text.append(UInt8(truncatingIfNeeded: random.next()))
      } else {
        text += Self.pieces[Int(random.next() % UInt64(Self.pieces.count))].utf8
      }
    }
    return text
  }

  @Test(arguments: 0..<16)
  func randomTextsGiveTreesThatAreWellNested(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    for _ in 0..<400 {
      let text = randomText(&random)
      let reader = LooseReader.read(text)
      let problem = reader.nestingProblem
      #expect(problem == nil, "\(problem ?? "") \(String(decoding: text, as: UTF8.self).debugDescription)")
      for node in reader.tree.nodes.indices { _ = reader.text(of: node) }
      var pieces = LooseReader()
      var rest = text[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 + Int(random.next() % 4))
        pieces.feed(piece)
        rest = rest.dropFirst(piece.count)
        for node in pieces.open { _ = pieces.text(of: node) }
      }
      pieces.finish()
      let isSame = pieces.dump == reader.dump && pieces.mends == reader.mends
      #expect(isSame, "\(problem ?? "") \(String(decoding: text, as: UTF8.self).debugDescription)")
    }
  }

  /// Random values in JSON with random blanks.
  @Test(arguments: 0..<8)
  func validJSONNeedsNoMends(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    for _ in 0..<300 {
      let value = randomValue(&random, depth: 3)
      let text = random.next() % 2 == 0 ? value.json() : value.json(indent: 2)
      guard text.hasPrefix("{") || text.hasPrefix("[") else { continue }
      let reader = LooseReader.read(text)
      #expect(reader.mends == "", "\(text)")
      #expect(reader.tree.roots.count == 1)
      let again = try Value(json: reader.strictJSON(of: 0))
      #expect(again == value)
    }
  }

  private func randomValue(_ random: inout SplitMix, depth: Int) -> Value {
    switch random.next() % (depth > 0 ? 8 : 5) {
    case 0: return .null
    case 1: return .bool(random.next() % 2 == 0)
    case 2: return .number(Number(Double(Int(random.next() % 2_000_000)) / 100 - 10_000))
    case 3, 4: return .string(randomString(&random))
    case 5: return .list((0..<random.next() % 5).map { _ in randomValue(&random, depth: depth - 1) })
    default:
      let fields = (0..<random.next() % 5).map { _ in
        Record.Field(randomString(&random), randomValue(&random, depth: depth - 1))
      }
      return .record(Record(fields))
    }
  }

  /// Sometimes longer than the reader looks ahead.
  private func randomString(_ random: inout SplitMix) -> String {
    let count = random.next() % 20 == 0 ? 150 : random.next() % 6
    return (0..<count).map { _ in Self.pieces[Int(random.next() % UInt64(Self.pieces.count))] }.joined()
  }
}

extension LooseReader {
  /// What the node says, written anew.
  fileprivate func strictJSON(of index: Int) -> String {
    switch tree.nodes[index].kind {
    case .bare: return text(of: index)
    case .missing: return "null"
    case .string: return Value.string(text(of: index)).json()
    case .list: return "[" + children(of: index).map(strictJSON).joined(separator: ",") + "]"
    case .object:
      let inside = children(of: index)
      let fields = stride(from: 0, to: inside.count, by: 2).map {
        strictJSON(of: inside[$0]) + ":" + strictJSON(of: inside[$0 + 1])
      }
      return "{" + fields.joined(separator: ",") + "}"
    }
  }
}
