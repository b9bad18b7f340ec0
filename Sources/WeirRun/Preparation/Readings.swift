import WeirGraph
import WeirProgram

/// For each node of a graph the values that it reads, and where they are to be found from its frame. In
/// flat arrays, a few for each block, made once for all passes.
struct Readings: Sendable {
  struct Reading: Sendable {
    let value: ValueID
    /// How many frames further out it is, and its node there; nil for what is known before anything runs.
    let place: OuterNeed?
  }

  private struct Block: Sendable {
    /// Where the readings of a node begin; one more at the end.
    var starts: [Int32] = [0]
    var readings: [Reading] = []
  }

  private let blocks: [Block]

  init(_ program: Program, _ graph: Graph) {
    blocks = graph.blocks.map { block in
      var found = Block()
      for node in block.nodes {
        for id in program.values(readBy: node) {
          found.readings.append(Reading(value: id, place: graph.reach(id, from: block.id)))
        }
        found.starts.append(Int32(found.readings.count))
      }
      return found
    }
  }

  func of(_ site: Site) -> ArraySlice<Reading> {
    let block = blocks[site.block.index]
    return block.readings[Int(block.starts[site.node.index])..<Int(block.starts[site.node.index + 1])]
  }
}

extension Program {
  /// The values that a node waits for.
  func values(readBy node: Node) -> [ValueID] {
    switch node.origin {
    case .input(let input): needs(of: input)
    case .work(let work): needs(of: work)
    case .output(let output): output.expression.references
    case .value: []
    }
  }
}
