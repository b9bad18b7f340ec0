import WeirDiagnostics
import WeirGraph
import WeirProgram

/// The steps of a program that ask a model or run a program, in the order in which a reader meets them:
/// those of a flow that is called where it is first called.
struct SiteTable: Sendable {
  struct Entry: Sendable {
    let site: Site
    /// With the name of its flow before it, where that is a called one: `summarize.notes`.
    let name: String
    /// Where the name stands.
    let span: Span
    /// Whether it runs once at most, and surely has an outcome: it stands in no block.
    let isPlain: Bool
  }

  private(set) var all: [Entry] = []
  /// The place of each node in `all`, by block and node; -1 for what asks nobody.
  private var places: [[Int32]]

  init(_ program: Program, _ graph: Graph) {
    places = graph.blocks.map { Array(repeating: -1, count: $0.nodes.count) }
    var seen: Set<BlockID> = []
    add(.main, prefix: "", program, graph, &seen)
  }

  /// The place of a node; nil for what asks nobody.
  func place(of site: Site) -> Int? {
    let place = places[site.block.index][site.node.index]
    return place < 0 ? nil : Int(place)
  }

  private mutating func add(
    _ block: BlockID, prefix: String, _ program: Program, _ graph: Graph, _ seen: inout Set<BlockID>
  ) {
    guard seen.insert(block).inserted else { return }
    for (index, node) in graph[block].nodes.enumerated() {
      let site = Site(block: block, node: NodeID(index))
      switch node.origin {
      case .work(.step(let step)): add(site, prefix + step.name, step.span)
      case .work(.run(let step)): add(site, prefix + step.name, step.span)
      case .work(.call(let call)):
        for body in node.blocks { add(body, prefix: "\(program[call.flow].name).", program, graph, &seen) }
      case .work(.for), .work(.if), .work(.repeat):
        for body in node.blocks { add(body, prefix: prefix, program, graph, &seen) }
      case .work(.let), .work(.until), .work(.next), .input, .value, .output: break
      }
    }
  }

  private mutating func add(_ site: Site, _ name: String, _ span: Span) {
    places[site.block.index][site.node.index] = Int32(all.count)
    all.append(Entry(site: site, name: name, span: span, isPlain: site.block == .main))
  }
}
