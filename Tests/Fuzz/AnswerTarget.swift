import WeirReadingSupport
import WeirSyntaxSupport

/// Answers of models: written with damage, spoiled byte by byte, and thrown together from pieces.
///
/// An input is a line with the seed of its type, then the answer.
struct AnswerTarget: Target {
  typealias Subject = AnswerTrial

  static let suffix = "answer"

  func input(_ random: inout Random) -> [UInt8] {
    let seed = random.next() >> 1
    return Array("\(seed)\n".utf8) + answer(seed, &random)
  }

  private func answer(_ seed: UInt64, _ random: inout Random) -> [UInt8] {
    switch random.below(8) {
    case 0: return pieces(&random)
    case 1: return Array((LostAnswer(seed: seed)?.text ?? "").utf8)
    case 2: return Array(DamagedAnswer(seed: seed).text.utf8)
    case 3:
      var mutator = Mutator(random: Random(seed: random.next()))
      return mutator.spoil(pieces(&random), with: Array(DamagedAnswer(seed: seed).text.utf8))
    default:
      var mutator = Mutator(random: Random(seed: random.next()))
      let other =
        random.chance(1, in: 2) ? pieces(&random) : Array(DamagedAnswer(seed: random.next() >> 1).text.utf8)
      return mutator.spoil(Array(DamagedAnswer(seed: seed).text.utf8), with: other)
    }
  }

  private func pieces(_ random: inout Random) -> [UInt8] {
    (0..<1 + random.below(40)).flatMap { _ in Array(random.pick(Self.pieces).utf8) }
  }

  private static let pieces = [
    "{", "}", "[", "]", "(", ")", ",", ":", "=", "\"", "'", "`", "```", "```json\n", "~~~", "\n", " ", "\\",
    "\\\"", "\\n", "\\u00e9", "\\ud800", "“", "”", "«", "：", "，", "{\"a\": 1}", "[1, 2", "\"name\": ",
    "name: ", "null", "None", "true", "NaN", "0x1F", "1,234", "$5", "50%", "1/2", "-", "+5", "//", "/*", "*/",
    "# ", "...", "…", "<think>", "</think>", "<|im_end|>", "\"\"\"", "The answer is ", "**", "yes", "No, ",
    "ObjectId(\"", "\u{FEFF}", "é", "日本", "\0", "\t", "&quot;", "value", "{\"value\": ",
  ]

  func repeated(_ base: [UInt8], _ mutator: inout Mutator, _ random: inout Random) -> ((Int) -> [UInt8])? {
    guard let line = base.firstIndex(of: 0x0A) else { return nil }
    let head = Array(base[...line])
    let answer = random.chance(1, in: 3) ? pieces(&random) : Array(base[(line + 1)...])
    let unit = random.chance(1, in: 3) ? answer : mutator.unit(from: answer)
    guard !unit.isEmpty, unit.count < 4000 else { return nil }
    let opening = random.chance(1, in: 2) ? Array(random.pick(Self.pieces).utf8) : []
    let copy = mutator
    return { size in head + opening + copy.repeated(unit, max(1, size / unit.count)) }
  }
}
