import Testing
import WeirEndpoint
import WeirValues

@testable import WeirCommandLine

/// How times, tokens and money are shown to a person.
struct QuantitiesTests {
  @Test(arguments: [
    (Duration.zero, "0.0 s"), (.milliseconds(49), "0.0 s"), (.milliseconds(99), "0.0 s"),
    (.milliseconds(100), "0.1 s"), (.milliseconds(1_250), "1.2 s"), (.milliseconds(59_999), "59.9 s"),
    (.milliseconds(119_999), "119.9 s"), (.seconds(120), "2 min 0 s"), (.seconds(3_725), "62 min 5 s"),
  ])
  func durations(_ duration: Duration, _ shown: String) {
    #expect(duration.shown == shown)
  }

  @Test(arguments: [
    (Duration.zero, 0.0), (.microseconds(1_499), 0.001), (.milliseconds(1_234), 1.234),
    (.seconds(7_200), 7_200),
  ])
  func secondsAreGivenToTheThousandth(_ duration: Duration, _ seconds: Double) {
    #expect(duration.seconds == Number(seconds))
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567"),
    (-1_234, "-1,234"), (-999, "-999"), (Int.max, "9,223,372,036,854,775,807"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func numbersAreGrouped(_ number: Int, _ shown: String) {
    #expect(number.grouped == shown)
  }

  @Test(arguments: [
    (0.0, "$0.00"), (1, "$1.00"), (0.5, "$0.50"), (0.00012, "$0.00012"), (0.123456789, "$0.12345679"),
    (0.00000001, "$0.00000001"), (0.000000001, "$0.00"), (12.3, "$12.30"), (1_234.5, "$1234.50"),
    (0.1 + 0.2, "$0.30"), (0.999999999, "$1.00"), (1e300, "$1e+300"),
  ])
  func money(_ dollars: Double, _ shown: String) {
    #expect(Number(dollars).money == shown)
  }

  @Test(arguments: [
    (Usage(), "tokens unknown, cost unknown"),
    (Usage(promptTokens: 10, completionTokens: 5), "15 tokens, cost unknown"),
    (Usage(promptTokens: 10), "tokens unknown, cost unknown"),
    (Usage(totalTokens: 1, cost: Number(0.25)), "1 token, $0.25"),
    (Usage(promptTokens: 10, completionTokens: 5, totalTokens: 1_512), "1,512 tokens, cost unknown"),
    (Usage(totalTokens: 0, cost: Number(0)), "0 tokens, $0.00"),
  ])
  func whatIsUnknownIsSaidToBe(_ usage: Usage, _ shown: String) {
    #expect(usage.shown == shown)
  }
}
