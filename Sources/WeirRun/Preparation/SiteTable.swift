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

  /// What is asked of a node again and again while a flow runs, without a look at all that it is.
  struct Outline: Sendable {
    let isAsking: Bool
    /// The place in `all`; -1 for what asks nobody.
    fileprivate(set) var place: Int32
    /// Where `meta(step)` stands.
    let meta: NodeID?
    /// The exports outside by which its value is seen.
    let exports: [NodeID]
  }

  private(set) var all: [Entry] = []
  /// By block and node.
  private var outlines: [[Outline]]

  init(_ program: Program, _ graph: Graph, prefix: String) {
    outlines = graph.blocks.map { block in
      block.nodes.enumerated().map { index, node in
        var meta: NodeID?
        if case .work(.step(let step)) = node.origin { meta = step.meta.flatMap(graph.site)?.node }
        return Outline(
          isAsking: node.isAsking, place: -1, meta: meta, exports: block.exports(of: NodeID(index)))
      }
    }
    all.reserveCapacity(graph.main.nodes.count)
    var seen: Set<BlockID> = []
    add(.main, prefix: prefix, program, graph, &seen)
  }

  /// The place of a node; nil for what asks nobody.
  func place(of site: Site) -> Int? {
    let place = outlines[site.block.index][site.node.index].place
    return place < 0 ? nil : Int(place)
  }

  subscript(site: Site) -> Outline {
    _read { yield outlines[site.block.index][site.node.index] }
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
      case .work(.let), .work(.until), .work(.next), .input, .value, .meta, .output: break
      }
    }
  }

  private mutating func add(_ site: Site, _ name: String, _ span: Span) {
    outlines[site.block.index][site.node.index].place = Int32(all.count)
    all.append(Entry(site: site, name: name, span: span, isPlain: site.block == .main))
  }
}
