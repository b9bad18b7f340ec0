/// A graph as boxes in boxes and arrows between them, whatever language it is then written in.
///
/// A flow that is called is drawn once, at its first call: later calls lead to the same frame, so that a
/// drawing is never larger than what it draws.
struct Drawing {
  struct Part {
    enum Kind {
      case node(Site)
      case open(Block)
      case close
    }

    let depth: Int
    let kind: Kind
  }

  enum Arrow {
    case need(Site, of: Site)
    /// To the body that a node opens.
    case opening(Site, BlockID)
    /// From `next` to the variable of the next pass.
    case turn(Site, to: Site)
  }

  private let graph: Graph
  private(set) var parts: [Part] = []
  private(set) var arrows: [Arrow] = []
  private var drawn: Set<BlockID> = []

  init(_ graph: Graph) {
    self.graph = graph
    draw(graph.main, depth: 0)
  }

  private mutating func draw(_ block: Block, depth: Int) {
    drawn.insert(block.id)
    for id in block.ids {
      let site = Site(block: block.id, node: id)
      let node = block[id]
      parts.append(Part(depth: depth, kind: .node(site)))
      let needs = node.kind == .export ? node.sources : graph.needs(of: site)
      for need in needs { arrows.append(.need(need, of: site)) }
      if node.kind == .next { arrows.append(.turn(site, to: Site(block: block.id, node: NodeID(0)))) }
      for body in node.blocks {
        arrows.append(.opening(site, body))
        if !drawn.contains(body) { frame(graph[body], depth: depth) }
      }
    }
  }

  private mutating func frame(_ block: Block, depth: Int) {
    parts.append(Part(depth: depth, kind: .open(block)))
    draw(block, depth: depth + 1)
    parts.append(Part(depth: depth, kind: .close))
  }
}

extension Keys {
  /// The id of a block's frame in a drawing.
  func frame(of block: Block) -> String { block.owner == nil ? self[block.id] : "\(self[block.id])_body" }
}
