import WeirGraph
import WeirProgram

/// Which of the values that blocks make are read outside. The others are not gathered: of a loop over
/// many pages often only one list is wanted, and each costs as much as all that it is made of.
struct WantedExports {
  private let graph: Graph
  private var read: [Bool]

  init(_ program: Program, _ graph: Graph) {
    self.graph = graph
    read = Array(repeating: false, count: program.values.count)
    for block in graph.blocks {
      for node in block.nodes {
        for id in program.values(readBy: node) { read[id.index] = true }
      }
    }
  }

  /// The exports of the block outside by which a node is seen there, and by which somebody reads it.
  func exports(of node: NodeID, in block: Block) -> [NodeID] {
    guard let owner = block.owner else { return [] }
    return block.exports(of: node).filter { isWanted($0, in: graph[owner.block]) }
  }

  private func isWanted(_ export: NodeID, in block: Block) -> Bool {
    if let value = block[export].value, read[value.index] { return true }
    return !exports(of: export, in: block).isEmpty
  }
}
