import Testing
import WeirReadingSupport
import WeirValues

@testable import WeirReading

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Answers made up from seeds: what damage leaves of the meaning is read, and nothing else is made of it.
///
/// `WEIR_READING_CASES` says how many of each there are.
struct GeneratedAnswerTests {
  private static let parts = 16
  private static let count = getenv("WEIR_READING_CASES").flatMap { Int(String(cString: $0)) } ?? 10_000

  private static func seeds(of part: Int) -> Range<UInt64> {
    let each = (count + parts - 1) / parts
    return UInt64(part * each)..<UInt64((part + 1) * each)
  }

  @Test(arguments: 0..<parts)
  func whatKeepsItsMeaningIsReadToTheSameValue(_ part: Int) throws {
    for seed in Self.seeds(of: part) {
      let answer = DamagedAnswer(seed: seed)
      do throws(ReadingFailure) {
        let reading = try TypeTable().readAnswer(answer.text, as: answer.type)
        #expect(reading.value == answer.value, "\(answer.story)\nread: \(reading.value.json())")
      } catch {
        Issue.record("\(answer.story)\nrefused: \(error)")
      }
    }
  }

  @Test(arguments: 0..<parts)
  func whatLosesItsMeaningIsNeverReadToAnotherValue(_ part: Int) throws {
    for seed in Self.seeds(of: part) {
      guard let answer = LostAnswer(seed: seed) else { continue }
      guard let reading = try? TypeTable().readAnswer(answer.text, as: answer.type) else { continue }
      #expect(answer.allows(reading.value), "\(answer.story)\nread: \(reading.value.json())")
      #expect(TypeTable().conform(reading.value, to: answer.type).fits)
    }
  }

  @Test func everyDamageAndEveryLossIsThere() {
    var damages: Set<Damage> = []
    var losses: Set<Loss> = []
    for seed in 0..<UInt64(600) {
      damages.formUnion(DamagedAnswer(seed: seed).damages)
      if let loss = LostAnswer(seed: seed)?.loss { losses.insert(loss) }
    }
    #expect(damages == Set(Damage.allCases))
    #expect(losses == Set(Loss.allCases))
  }
}
