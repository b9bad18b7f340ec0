import Testing
import WeirValues

@testable import WeirReading

struct NormalFormTests {
  @Test(arguments: [
    ("In Progress", "in_progress"), ("ÉLAN", "élan"), ("Café", "cafe"), ("Straße!", "straße"),
    ("cafe\u{301}", "café"), ("Ấp", "ap"), ("łódź", "Lodz"), ("ΆΛΦΑ", "αλφα"), ("A-1", "a1"),
  ])
  func leavesOutCaseAccentsAndPunctuation(_ one: String, _ other: String) {
    #expect(NormalForm(one) == NormalForm(other))
  }

  @Test(arguments: [("да", "нет"), ("ö", "u"), ("是", "否"), ("a1", "a2"), ("й", "и")])
  func keepsLettersApart(_ one: String, _ other: String) {
    #expect(NormalForm(one) != NormalForm(other))
  }
}

struct WrittenNumberTests {
  @Test(arguments: [
    ("5", "5"), ("-0.5e3", "-500"), ("+5", "5"), ("007", "7"), (".5", "0.5"), ("5.", "5"), ("-.5", "-0.5"),
    ("0x1F", "31"), ("-0x10", "-16"), ("1_000", "1000"), ("1,234", "1234"), ("1,234.50", "1234.5"),
    ("1.234,56", "1234.56"), ("1.234.567", "1234567"), ("12,34,567", "1234567"), ("1 234", "1234"),
    ("1'234.5", "1234.5"), ("1\u{A0}234,5", "1234.5"), ("3,5", "3.5"), ("0,25", "0.25"), ("$5.00", "5"),
    ("12 €", "12"), ("USD 1,000", "1000"), ("-$5", "-5"), ("$-5", "-5"), ("50%", "50"), ("50 %", "50"),
    ("1/2", "0.5"), ("-3/4", "-0.75"), ("**5**", "5"), ("٣٤", "34"), ("−5", "-5"), ("00", "0"),
    ("1.05", "1.05"), ("1,05", "1.05"), ("123456789012345678901234567890", "123456789012345678901234567890"),
  ])
  func reads(_ text: String, _ value: String) {
    #expect(WrittenNumber(text)?.number.description == value)
  }

  @Test(arguments: [
    "", "five", "5k", "5 million", "5 km", "about 5", "1-2", "1,23,4", "1.2.3", "5/0", "1/2/3", "0x", "0xG",
    "--5", "$", "%", "+", "-", ".", ",5", "5,", "1,,2", "NaN", "Infinity", "1e999", "12:30", "2024-01-05",
    "5 5", "0,123,456", "½",
  ])
  func refusesWhatMayBeAnotherNumber(_ text: String) {
    #expect(WrittenNumber(text) == nil, "\(WrittenNumber(text)?.number.description ?? "")")
  }
}

struct LabelsTests {
  private let labels = Labels(["positive", "negative", "in_progress", "bad", "bad idea", "N/A"])

  @Test(arguments: [
    ("positive", "positive"), ("POSITIVE", "positive"), ("**Positive**", "positive"),
    ("positive.", "positive"),
    ("In Progress", "in_progress"), ("in-progress", "in_progress"), ("Pósitive", "positive"),
    ("Positive: the tone is warm", "positive"), ("positive (mostly)", "positive"),
    ("Positive - warm", "positive"),
    ("Bad idea, really", "bad idea"), ("bad, really", "bad"), ("n/a", "N/A"),
    ("Negative\nIt says so", "negative"),
  ])
  func findsTheLabelThatIsMeant(_ text: String, _ label: String) {
    guard case .label(let found, _) = labels.match(text, mayExplain: true) else {
      Issue.record("no label for \(text)")
      return
    }
    #expect(found == label)
  }

  @Test(arguments: ["not positive", "positive and negative", "positively", "posit", "", "!!", "badly"])
  func refusesWhatIsNoLabel(_ text: String) {
    #expect(labels.match(text, mayExplain: true) == nil)
  }

  @Test func twoLabelsThatAreAlikeAreAmbiguous() {
    #expect(Labels(["a-b", "a_b"]).match("A B", mayExplain: false) == .ambiguous("a-b", "a_b"))
    #expect(Labels(["a-b", "a_b"]).match("a_b", mayExplain: false) == .label("a_b", nil))
  }
}
