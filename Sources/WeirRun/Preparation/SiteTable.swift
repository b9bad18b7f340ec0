import WeirGraph

/// The steps of a program that ask a model or run a program, in the order in which a reader meets them:
/// those of a flow that is called where it is first called.
struct SiteTable: Sendable {
  private(set) var all: [Site] = []
  /// By block and node the place in `all`; negative for what asks nobody.
  private var places: [[Int32]]

  init(_ graph: Graph) {
    places = graph.blocks.map { Array(repeating: -1, count: $0.nodes.count) }
    all.reserveCapacity(graph.main.nodes.count)
    var seen: Set<BlockID> = []
    add(.main, graph, &seen)
  }

  /// The place of a node; nil for what asks nobody.
  func place(of site: Site) -> Int? {
    let place = places[site.block.index][site.node.index]
    return place < 0 ? nil : Int(place)
  }

  func isAsking(_ site: Site) -> Bool { places[site.block.index][site.node.index] >= 0 }

  private mutating func add(_ block: BlockID, _ graph: Graph, _ seen: inout Set<BlockID>) {
    guard seen.insert(block).inserted else { return }
    for (index, node) in graph[block].nodes.enumerated() {
      if node.isAsking {
        places[block.index][index] = Int32(all.count)
        all.append(Site(block: block, node: NodeID(index)))
      }
      for body in node.blocks { add(body, graph, &seen) }
    }
  }
}
