import Testing
import WeirValues

/// Values made up from a seed, written and read again.
struct JSONRoundTripTests {
  /// SplitMix64: the same numbers for the same seed, on every machine.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let pieces = [
    "a", "\"", "\\", "\n", "\u{0}", "\u{1F}", "é", "e\u{301}", "日本", "👩‍👧", "\u{10FFFF}", "plain words here",
    "/", "\u{7F}",
  ]

  private func text(_ random: inout Seeded) -> String {
    (0..<Int.random(in: 0...6, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
      .joined()
  }

  private func number(_ random: inout Seeded) -> Number {
    switch Int.random(in: 0...4, using: &random) {
    case 0: Number(Int.random(in: -1000...1000, using: &random))
    case 1: Number(Int.random(in: .min ... .max, using: &random))
    case 2: Number(Double.random(in: -1...1, using: &random))
    case 3:
      Number(Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &random)))
    default: Number(Double(Int.random(in: 0...99_999, using: &random)) / 100)
    }
  }

  private func value(_ random: inout Seeded, depth: Int) -> Value {
    switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .number(number(&random))
    case 3, 4: return .string(text(&random))
    case 5:
      return .list((0..<Int.random(in: 0...5, using: &random)).map { _ in value(&random, depth: depth - 1) })
    default:
      var record = Record()
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        record[text(&random)] = value(&random, depth: depth - 1)
      }
      return .record(record)
    }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func whatIsWrittenIsReadAsTheSame(_ seed: UInt64) throws {
    var random = Seeded(state: seed)
    let value = value(&random, depth: 4)
    let read = try Value(json: value.jsonBytes())
    #expect(read == value)
    #expect(read.hashValue == value.hashValue)
    #expect(read.json() == value.json())
    #expect(try Value(json: value.json(indent: 2)) == value)
  }

  @Test func indentedJSONIsLaidOutForPeople() throws {
    let value = try Value(json: #"{"a":[1,{"b":[]}],"c":{}}"#)
    #expect(
      value.json(indent: 2) == """
        {
          "a": [
            1,
            {
              "b": []
            }
          ],
          "c": {}
        }
        """)
  }

  @Test func whatJSONCannotSayIsNullOrAText() {
    #expect(Value.number(Number(.infinity)).json() == "null")
    #expect(Value.image(.address("https://example.com/a.png")).json() == #""https://example.com/a.png""#)
  }
}
