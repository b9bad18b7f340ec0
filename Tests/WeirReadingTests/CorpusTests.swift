import Testing
import WeirValues

@testable import WeirReading

/// What models say means what the corpus says that it means.
struct CorpusTests {
  @Test(arguments: try CorpusCase.all())
  func theTextMeansThis(_ line: CorpusCase) throws {
    let wanted = try WrittenType(line.type, declarations: line.declarations)
    do throws(ReadingFailure) {
      let reading = try wanted.types.readAnswer(line.text, as: wanted.type, line.options)
      let value = line.value?.json() ?? "a refusal (\(line.reasons.joined(separator: ", ")))"
      #expect(reading.value == line.value, "found \(reading.value.json()), not \(value)")
      #expect(line.options.allowsPartial || wanted.types.conform(reading.value, to: wanted.type).fits)
    } catch {
      let reasons = line.reasons.isEmpty ? line.value?.json() ?? "" : line.reasons.joined(separator: ", ")
      #expect(line.reasons.contains(error.word), "refused as \(error.word), not \(reasons)")
    }
  }

  /// A value of the corpus is of its type as it is, so that nothing is expected that cannot be.
  @Test func theValuesOfTheCorpusAreOfTheirTypes() throws {
    for line in try CorpusCase.all() {
      let wanted = try WrittenType(line.type, declarations: line.declarations)
      guard let value = line.value else { continue }
      let found = wanted.types.conform(value, to: wanted.type)
      #expect(found.fits && found.extra.isEmpty && found.value == value, "\(line.testDescription)")
    }
  }

  @Test func everyCaseIsThereOnceAndSaysWhatItExpects() throws {
    let cases = try CorpusCase.all()
    #expect(cases.count >= 420)
    #expect(Set(cases.map(\.name)).count == cases.count)
    let words: Set<Substring> = ["empty", "nothing", "unfit", "ambiguous", "cut-off"]
    for line in cases {
      #expect(line.value != nil || !line.reasons.isEmpty, "\(line.testDescription)")
      #expect(words.isSuperset(of: line.reasons), "\(line.testDescription)")
    }
  }
}
