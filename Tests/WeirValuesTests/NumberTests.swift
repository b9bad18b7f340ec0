import Testing
import WeirValues

/// Numbers are what their digits say, however these are written.
struct NumberTests {
  private func number(_ text: String) throws -> Number { try #require(Number(jsonLiteral: text)) }

  @Test(arguments: [
    ("1", "1.0"), ("100", "1e2"), ("0", "-0.0"), ("9007199254740994", "9007199254740994.0"),
    ("12345678901234567890", "1234567890123456789e1"), ("12345678901234567890", "12345678901234567890.0"),
    ("1e400", "10e399"), ("1152921504606846976", "1152921504606846976.000"), ("0.10", "0.1"),
    ("0", "0e400"),
  ])
  func equalNumbers(_ left: String, _ right: String) throws {
    #expect(try number(left) == number(right))
    #expect(try number(left).hashValue == number(right).hashValue)
    #expect(try !(number(left) < number(right)) && !(number(right) < number(left)))
  }

  @Test(arguments: [
    ("9007199254740992", "9007199254740993"), ("12345678901234567890", "12345678901234567891"),
    ("1e400", "1e401"), ("-1e401", "-1e400"), ("0", "1e-400"), ("-1e-400", "0"), ("-2", "-1"),
    ("0.1", "0.1000000000000000055511151231257827"), ("-12345678901234567891", "-12345678901234567890"),
    ("9223372036854775807", "9223372036854775808"),
  ])
  func orderedNumbers(_ less: String, _ greater: String) throws {
    #expect(try number(less) < number(greater))
    #expect(try !(number(greater) < number(less)))
    #expect(try number(less) != number(greater))
  }

  @Test func wholeNumbersFromTextAndFromTheMachineAreAlike() throws {
    for int in [0, 1, -1, 1 << 53, 1 << 53 + 1, 1 << 53 + 2, 1 << 60, .max, .min, .max - 1] {
      #expect(try number(String(int)) == Number(int))
      #expect(Number(int).int == int)
      #expect(Number(int).description == String(int))
    }
  }

  @Test(arguments: ["", "-", " 1", "1 ", "1,2", "0x10", "nan", "inf", "01", "[1]", "\"1\"", "\u{FEFF}1"])
  func onlyTheJSONGrammarIsANumber(_ text: String) { #expect(Number(jsonLiteral: text) == nil) }

  @Test func wholenessIsThatOfTheDigits() throws {
    #expect(try number("12345678901234567890").isWhole)
    #expect(try !number("12345678901234567890.5").isWhole)
    #expect(try number("1e300").isWhole)
    #expect(try !number("1e400").isWhole)
    #expect(try !number("1e-400").isWhole)
    #expect(try number("9007199254740993.0").int == 9_007_199_254_740_993)
    #expect(try number("12345678901234567890").int == nil)
    #expect(Number(2.5).int == nil)
  }
}
