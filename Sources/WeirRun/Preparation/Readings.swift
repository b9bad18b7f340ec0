import WeirGraph
import WeirProgram

/// For each node of a graph the values that it reads. In flat arrays, a few for each block, made once for all
/// passes. Where a value is to be found from a frame is the graph's to tell.
struct Readings: Sendable {
  private struct Block: Sendable {
    /// Where the readings of a node begin; one more at the end.
    var starts: [Int32] = [0]
    var values: [ValueID] = []
  }

  private let blocks: [Block]
  /// What is seen of bodies outside of them, and read there. The rest need not be kept.
  private let readExports: Set<Site>

  init(_ program: Program, _ graph: Graph) {
    readExports = graph.readExports(of: program)
    blocks = graph.blocks.map { block in
      var found = Block()
      found.starts.reserveCapacity(block.nodes.count + 1)
      found.values.reserveCapacity(block.nodes.count)
      for node in block.nodes {
        found.values += program.values(readBy: node)
        found.starts.append(Int32(found.values.count))
      }
      return found
    }
  }

  func isRead(_ export: Site) -> Bool { readExports.contains(export) }

  func of(_ site: Site) -> ArraySlice<ValueID> {
    let block = blocks[site.block.index]
    return block.values[Int(block.starts[site.node.index])..<Int(block.starts[site.node.index + 1])]
  }
}

extension Graph {
  /// The exports that some node reads, or that stand behind one that is read further out.
  fileprivate func readExports(of program: Program) -> Set<Site> {
    var found: Set<Site> = []
    var open: [Site] = []
    for block in blocks {
      for node in block.nodes {
        open += program.values(readBy: node).compactMap(site(of:))
      }
    }
    while let site = open.popLast() {
      guard self[site].kind == .export, found.insert(site).inserted else { continue }
      open += self[site].sources
    }
    return found
  }
}

extension Program {
  /// The values that a node waits for.
  func values(readBy node: Node) -> [ValueID] {
    switch node.origin {
    case .input(let input): needs(of: input)
    case .work(let work): needs(of: work)
    case .output(let output): output.expression.references
    case .value, .meta: []
    }
  }
}
