import Testing
import WeirGraph
import WeirProgram
import WeirValues

/// A graph of steps, or of other nodes, with nothing but their edges.
private func graph(_ needs: [[Int]], free: Set<Int> = []) -> Graph {
  let nodes = needs.indices.map { index in
    Node(free.contains(index) ? .let : .step, .value(ValueID(index)), name: "n\(index)", type: .string)
  }
  return Graph(nodes, needs: needs)
}

private func ids(_ indices: Int...) -> [NodeID] { indices.map { NodeID($0) } }

@Suite struct PlanTests {
  @Test func handsOutEachNodeOnceWhenItsNeedsAreDone() {
    var plan = Plan(graph([[], [], [0, 1], [2]]))
    #expect(plan.takeReady(limit: 9) == ids(0, 1))
    #expect(plan.takeReady(limit: 9).isEmpty)
    plan.finish(NodeID(1), with: .done)
    #expect(plan.takeReady(limit: 9).isEmpty)
    plan.finish(NodeID(0), with: .done)
    #expect(plan.takeReady(limit: 9) == ids(2))
    plan.finish(NodeID(2), with: .done)
    #expect(plan.takeReady(limit: 9) == ids(3))
    #expect(!plan.isFinished)
    plan.finish(NodeID(3), with: .done)
    #expect(plan.isFinished)
  }

  @Test func limitCountsOnlySteps() {
    var plan = Plan(graph([[], [], [], [], []], free: [1, 3]))
    #expect(plan.takeReady(limit: 2) == ids(1, 3, 0, 2))
    #expect(plan.takeReady(limit: 0).isEmpty)
    #expect(plan.takeReady(limit: 1) == ids(4))
  }

  @Test func aNeedNamedTwiceIsWaitedForOnce() {
    var plan = Plan(graph([[], [0, 0]]))
    _ = plan.takeReady(limit: 1)
    plan.finish(NodeID(0), with: .done)
    #expect(plan.takeReady(limit: 1) == ids(1))
  }

  @Test func skipsWhatNeedsAFailureAndLetsTheRestRun() {
    var plan = Plan(graph([[], [0], [1], [], [2, 3]]))
    #expect(plan.takeReady(limit: 9) == ids(0, 3))
    #expect(plan.finish(NodeID(0), with: .failed) == ids(1, 2, 4))
    #expect(plan.state(of: NodeID(0)) == .failed)
    #expect(plan.skip(of: NodeID(1)) == Plan.Skip(root: NodeID(0), through: NodeID(0)))
    #expect(plan.skip(of: NodeID(4)) == Plan.Skip(root: NodeID(0), through: NodeID(2)))
    #expect(!plan.isFinished)
    plan.finish(NodeID(3), with: .done)
    #expect(plan.isFinished)
    #expect(plan.state(of: NodeID(3)) == .done)
    #expect(plan.takeReady(limit: 9).isEmpty)
  }

  @Test func theFirstFailureIsTheCause() {
    var plan = Plan(graph([[], [], [0, 1]]))
    _ = plan.takeReady(limit: 2)
    #expect(plan.finish(NodeID(1), with: .failed) == ids(2))
    #expect(plan.finish(NodeID(0), with: .failed).isEmpty)
    #expect(plan.skip(of: NodeID(2))?.root == NodeID(1))
    #expect(plan.isFinished)
  }

  @Test func anEmptyPlanIsFinished() {
    #expect(Plan(graph([])).isFinished)
  }

  @Test(arguments: [1, 7, 1_000])
  func everyNodeOfAnyShapeRunsAfterItsNeeds(limit: Int) {
    let width = 10
    let layered = (0..<1_000).map { node in
      node < width ? [] : [(node - width), (node / width - 1) * width + (node + 3) % width]
    }
    let chain = (0..<1_000).map { $0 == 0 ? [] : [$0 - 1] }
    for needs in [layered, chain, Array(repeating: [], count: 1_000)] {
      var plan = Plan(graph(needs))
      var done: Set<Int> = []
      while !plan.isFinished {
        let taken = plan.takeReady(limit: limit)
        #expect(!taken.isEmpty && taken.count <= limit)
        guard !taken.isEmpty else { return }
        for id in taken {
          #expect(needs[id.index].allSatisfy(done.contains))
          plan.finish(id, with: .done)
        }
        done.formUnion(taken.map(\.index))
      }
      #expect(done.count == needs.count)
    }
  }
}
