import Testing

@testable import WeirReading

struct ReadingCostTests {
  @Test(arguments: Reading.Change.Kind.allCases)
  func whatOnlyMendsTheSyntaxCostsLessThanWhatChangesTheKindOfAValue(_ kind: Reading.Change.Kind) {
    #expect(kind.isSyntax ? kind.cost <= 1 : kind.cost >= 2)
  }
}
