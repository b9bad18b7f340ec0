import WeirSyntaxSupport

/// What is to be brought down: where its inputs come from, and how one is tried.
protocol Target {
  associatedtype Subject: Trial

  /// With which the names of files end that are written.
  static var suffix: String { get }

  func input(_ random: inout Random) -> [UInt8]

  /// An input of about so many bytes, made of a few pieces of another over and over.
  func repeated(_ base: [UInt8], _ mutator: inout Mutator, _ random: inout Random) -> ((Int) -> [UInt8])?
}

/// Flows: ones that the grammar allows, laid out at random, and ones of the project, spoiled.
struct FlowTarget: Target {
  typealias Subject = FlowTrial

  static let suffix = "flow"
  private let corpus = Corpus()

  func input(_ random: inout Random) -> [UInt8] {
    switch random.below(6) {
    case 0: return written(&random)
    case 1:
      let text = random.chance(1, in: 2) ? written(&random) : random.pick(corpus.texts)
      var shaker = LayoutShaker(Random(seed: random.next()))
      return shaker.shake(text)
    case 2:
      let text = written(&random)
      return spoiled(text, &random)
    default: return spoiled(random.pick(corpus.texts), &random)
    }
  }

  private func written(_ random: inout Random) -> [UInt8] {
    var writer = FlowWriter(Random(seed: random.next()))
    return Array(writer.flow().utf8)
  }

  private func spoiled(_ text: [UInt8], _ random: inout Random) -> [UInt8] {
    var mutator = Mutator(random: Random(seed: random.next()))
    return mutator.spoil(text, with: random.pick(corpus.texts))
  }

  func repeated(_ base: [UInt8], _ mutator: inout Mutator, _ random: inout Random) -> ((Int) -> [UInt8])? {
    let unit = random.chance(1, in: 3) ? base : mutator.unit(from: base)
    guard !unit.isEmpty, unit.count < 4000 else { return nil }
    let head =
      random.chance(1, in: 2)
      ? Array(random.pick(["output ", "let a = ", "output \"", "type A = ", "step a { prompt: "]).utf8) : []
    let copy = mutator
    return { size in head + copy.repeated(unit, max(1, size / unit.count)) }
  }
}
