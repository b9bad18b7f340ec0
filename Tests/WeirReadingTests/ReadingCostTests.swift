import Testing
import WeirValues

@testable import WeirReading

struct ReadingCostTests {
  @Test(arguments: Reading.Change.Kind.allCases)
  func whatOnlyMendsTheSyntaxCostsLessThanWhatChangesTheKindOfAValue(_ kind: Reading.Change.Kind) {
    #expect(kind.isSyntax ? kind.cost <= 1 : kind.cost >= 2)
  }

  @Test func everyChangeIsSaidInWordsOfItsOwn() {
    let phrases = Reading.Change.Kind.allCases.map(\.phrase)
    #expect(Set(phrases).count == phrases.count)
    #expect(phrases.allSatisfy { $0.utf8.first != 0x20 && !$0.hasSuffix(".") })
    let path = ValuePath([.field("tags"), .element(0)])
    #expect(
      Reading.Change(.textAsNumber, at: path, offset: 3).message
        == "in `tags[0]`, a text was read as a number")
    #expect(Reading.Change(.comment, offset: 3).message == "a comment was passed over")
  }
}
