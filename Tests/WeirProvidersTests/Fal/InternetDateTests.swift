import Testing

@testable import WeirProviders

/// The dates of RFC 3339, as tokens end by them.
struct InternetDateTests {
  @Test(arguments: [
    ("2015-10-21T07:28:00Z", 1_445_412_480.0), ("2015-10-21T09:28:00+02:00", 1_445_412_480),
    ("2015-10-21 07:28:00.25-00:00", 1_445_412_480.25), ("2015-10-21T07:28:00.5+0000", 1_445_412_480.5),
    ("2015-10-21T07:28:00", 1_445_412_480), ("2000-02-29T00:00:00Z", 951_782_400),
  ])
  func datesAreRead(text: String, seconds: Double) {
    #expect(InternetDate.seconds(text) == seconds)
  }

  @Test(arguments: [
    "", "soon", "2015-10-21", "2015-13-21T07:28:00Z", "2015-10-21T25:28:00Z", "2015-10-21T07:28:00.Z",
    "2015-10-21T07:28:00Zulu", "1445412480",
  ])
  func otherTextsAreNoDates(text: String) { #expect(InternetDate.seconds(text) == nil) }
}
