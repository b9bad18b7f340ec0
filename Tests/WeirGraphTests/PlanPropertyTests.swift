import Testing
import WeirGraph

/// Programs of any shape, run in any order, end as they must.
@Suite struct PlanPropertyTests {
  /// Decisions that depend on the place in the run, and on nothing else.
  private static func world(_ seed: Int, failures: Int) -> World {
    func roll(_ spot: Spot, _ salt: Int, _ sides: Int) -> Int {
      var number = seed &* 31 &+ salt
      for stretch in spot.path {
        number =
          number &* 1_000_003 &+ stretch.site.block.index &* 8_191 &+ stretch.site.node.index &* 131
          &+ stretch.pass
      }
      var dice = Dice(number &* 1_000_003 &+ spot.site.block.index &* 8_191 &+ spot.site.node.index)
      return dice.roll(sides)
    }
    return World(
      passes: { roll($0, 1, 4) },
      branch: { _ in 0 },
      bound: { 1 + roll($0, 3, 3) },
      stops: { roll($0, 4, 3) == 0 },
      fails: { failures > 0 && roll($0, 5, 100) < failures })
  }

  @Test(arguments: [0, 3, 15])
  func everyRunEndsAsItMust(failures: Int) {
    for seed in 0..<120 {
      let graph = Graph(RandomProgram.make(seed))
      var world = Self.world(seed, failures: failures)
      world.branch = { spot in
        let branches = graph[spot.site].blocks.count
        let number =
          (seed &+ spot.path.reduce(0) { $0 &* 7 &+ $1.pass } &+ spot.site.node.index) % (branches + 1)
        return number == branches ? nil : number
      }
      let wanted = Reference(graph, world).ends
      var dice = Dice(seed &+ 77)
      for limit in [1, 3, 50] {
        var walk = Walk(graph, world)
        walk.run(limit: limit) { dice.roll($0) }
        guard walk.ends == wanted else {
          let wrong = wanted.filter { walk.ends[$0.key] != $0.value }.map {
            "\(walk.name($0.key)) \($0.value)"
          }
          let more = walk.ends.filter { wanted[$0.key] == nil }.map { "\(walk.name($0.key)) \($0.value)" }
          Issue.record("seed \(seed), limit \(limit): not \(wrong.sorted()), but \(more.sorted())")
          return
        }
      }
    }
  }

  @Test func skipsAreTracedBackToFailures() {
    for seed in 0..<100 {
      let graph = Graph(RandomProgram.make(seed))
      var walk = Walk(graph, Self.world(seed, failures: 20))
      walk.run()
      let failed = Set(walk.ends.filter { $0.value == .failed }.map(\.key.site))
      for skip in walk.skips.values { #expect(failed.contains(skip.root)) }
    }
  }

  @Test func randomProgramsAreOfAllKinds() {
    var kinds: Set<Node.Kind> = []
    for seed in 0..<100 {
      for block in Graph(RandomProgram.make(seed)).blocks { kinds.formUnion(block.nodes.map(\.kind)) }
    }
    #expect(kinds == Set(Node.Kind.allCases).subtracting([.run, .meta]))
  }
}
