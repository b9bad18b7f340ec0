import Testing

@testable import WeirProviders

struct RetryAfterTests {
  /// Wed, 21 Oct 2015 07:28:00 GMT
  private let now = 1_445_412_480.0

  @Test(
    arguments: [
      ("7", .seconds(7)), ("0.25", .milliseconds(250)), ("0", nil), ("-3", nil), ("soon", nil), ("", nil),
      ("nan", nil), ("1e99", nil), ("Wed, 21 Oct 2015 07:28:10 GMT", .seconds(10)),
      ("Wed, 21 Oct 2015 07:27:00 GMT", nil), ("Wed, 99 Oct 2015 07:28:10 GMT", nil),
      ("Wednesday, 21-Oct-15 07:28:00 GMT", nil),
    ] as [(String, Duration?)])
  func readsSecondsAndDates(text: String, expected: Duration?) {
    let response = HTTPResponse(status: 429, headers: [("Retry-After", text)])
    #expect(RetryAfter.read(response, now: now) == expected)
  }

  @Test func millisecondsAreMoreExact() {
    let response = HTTPResponse(status: 429, headers: [("Retry-After", "1"), ("retry-after-ms", "40")])
    #expect(RetryAfter.read(response, now: now) == .milliseconds(40))
  }

  @Test func datesCountFromTheServersClock() {
    let headers = [
      ("Date", "Tue, 29 Feb 2000 23:59:50 GMT"), ("Retry-After", "Wed, 01 Mar 2000 00:00:05 GMT"),
    ]
    #expect(RetryAfter.read(HTTPResponse(status: 503, headers: headers), now: now) == .seconds(15))
  }

  @Test(
    arguments: [
      ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
      ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000), ("Fri, 31 Dec 2100 23:59:59 GMT", 4_133_980_799),
    ] as [(String, Double)])
  func datesAreSecondsSince1970(text: String, expected: Double) {
    #expect(HTTPDate.seconds(text) == expected)
  }
}
