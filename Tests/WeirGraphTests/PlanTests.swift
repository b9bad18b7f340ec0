import Testing
import WeirGraph
import WeirProgram
import WeirValues

func ids(_ indices: Int...) -> [NodeID] { indices.map { NodeID($0) } }

/// A flat flow of steps, or of lets, with nothing but their needs.
private func flat(_ needs: [[Int]], free: Set<Int> = []) -> Graph {
  var sketch = Sketch()
  var made: [ValueID] = []
  for (index, needs) in needs.enumerated() {
    let text = sketch.text(needs.map { made[$0] })
    made.append(free.contains(index) ? sketch.let("n\(index)", text) : sketch.step("n\(index)", prompt: text))
  }
  return Graph(sketch.finished)
}

private func place(_ node: Int) -> Place { Place(frame: .main, node: NodeID(node)) }
private func site(_ node: Int) -> Site { Site(block: .main, node: NodeID(node)) }

extension Plan {
  /// The nodes of the flow that is run that are handed out.
  fileprivate mutating func take(_ limit: Int) -> [NodeID] {
    takeReady(limit: limit).duties.compactMap { if case .do(let place) = $0 { place.node } else { nil } }
  }
}

/// What a flow without blocks needs of a plan.
@Suite struct PlanTests {
  @Test func handsOutEachNodeOnceWhenItsNeedsAreDone() {
    var plan = Plan(flat([[], [], [0, 1], [2]]))
    #expect(plan.take(9) == ids(0, 1))
    #expect(plan.take(9).isEmpty)
    #expect(plan.finish(place(1), with: .done).isEmpty)
    #expect(plan.take(9).isEmpty)
    #expect(plan.finish(place(0), with: .done).isEmpty)
    #expect(plan.take(9) == ids(2))
    #expect(plan.finish(place(2), with: .done).isEmpty)
    #expect(plan.take(9) == ids(3))
    #expect(!plan.isFinished)
    #expect(plan.finish(place(3), with: .done).isEmpty)
    #expect(plan.isFinished)
  }

  @Test func limitCountsOnlySteps() {
    var plan = Plan(flat([[], [], [], [], []], free: [1, 3]))
    #expect(plan.take(2) == ids(1, 3, 0, 2))
    #expect(plan.take(0).isEmpty)
    #expect(plan.take(1) == ids(4))
  }

  @Test func aRunCountsAsAStep() {
    var sketch = Sketch()
    _ = sketch.run("status", constant("git"))
    _ = sketch.step("a")
    var plan = Plan(Graph(sketch.finished))
    #expect(plan.take(1) == ids(0))
    #expect(plan.take(0).isEmpty)
    #expect(plan.take(1) == ids(1))
  }

  @Test func aNeedNamedTwiceIsWaitedForOnce() {
    var plan = Plan(flat([[], [0, 0]]))
    _ = plan.take(1)
    _ = plan.finish(place(0), with: .done)
    #expect(plan.take(1) == ids(1))
  }

  @Test func skipsWhatNeedsAFailureAndLetsTheRestRun() {
    var plan = Plan(flat([[], [0], [1], [], [2, 3]]))
    #expect(plan.take(9) == ids(0, 3))
    #expect(plan.finish(place(0), with: .failed).skipped.map(\.place) == [place(1), place(2), place(4)])
    #expect(plan.state(of: place(0)) == .failed)
    #expect(plan.skip(of: place(1)).map { [$0.root, $0.through] } == [site(0), site(0)])
    #expect(plan.skip(of: place(4)).map { [$0.root, $0.through] } == [site(0), site(2)])
    #expect(!plan.isFinished)
    _ = plan.finish(place(3), with: .done)
    #expect(plan.isFinished)
    #expect(plan.state(of: place(3)) == .done)
    #expect(plan.take(9).isEmpty)
  }

  @Test func theFirstFailureIsTheCause() {
    var plan = Plan(flat([[], [], [0, 1]]))
    _ = plan.take(2)
    #expect(plan.finish(place(1), with: .failed).skipped.count == 1)
    #expect(plan.finish(place(0), with: .failed).skipped.isEmpty)
    #expect(plan.skip(of: place(2))?.root == site(1))
    #expect(plan.isFinished)
  }

  @Test func anEmptyPlanIsFinished() {
    #expect(Plan(flat([])).isFinished)
  }

  @Test(arguments: [1, 7, 1_000])
  func everyNodeOfAnyShapeRunsAfterItsNeeds(limit: Int) {
    let width = 10
    let layered = (0..<1_000).map { node in
      node < width ? [] : [(node - width), (node / width - 1) * width + (node + 3) % width]
    }
    let chain = (0..<1_000).map { $0 == 0 ? [] : [$0 - 1] }
    for needs in [layered, chain, Array(repeating: [], count: 1_000)] {
      var walk = Walk(flat(needs))
      walk.run(limit: limit)
      #expect(walk.names(.done).count == needs.count)
    }
  }
}
