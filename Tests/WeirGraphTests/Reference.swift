import WeirGraph

/// How every node of a run must end, worked out one after the other with no thought of what is ready: what a plan
/// is compared with.
struct Reference {
  let graph: Graph
  let world: World
  private(set) var ends: [Spot: Plan.State] = [:]

  init(_ graph: Graph, _ world: World) {
    self.graph = graph
    self.world = world
    walk(graph.main, [])
  }

  private func spot(_ path: [Spot.Stretch], _ block: Block, _ node: NodeID) -> Spot {
    Spot(path: path, site: Site(block: block.id, node: node))
  }

  /// How a need of a node of a frame has ended.
  private func end(of need: Site, from block: Block, _ path: [Spot.Stretch]) -> Plan.State {
    if graph[need].kind.isVariable { return .done }
    let length = path.count - block.depth + graph[need.block].depth
    return ends[Spot(path: Array(path.prefix(length)), site: need)] ?? .cut
  }

  private mutating func walk(_ block: Block, _ path: [Spot.Stretch]) {
    var isStopped = false
    for id in block.ids where !block[id].kind.isVariable && block[id].kind != .export {
      let spot = spot(path, block, id)
      if isStopped { continue }
      let needs = graph.needs(of: spot.site).map { end(of: $0, from: block, path) }
      guard needs.allSatisfy({ $0 == .done }) else {
        settle(spot, .skipped)
        continue
      }
      guard !world.fails(spot) else {
        settle(spot, .failed)
        continue
      }
      ends[spot] = .done
      enter(spot)
      if block[id].kind == .until, world.stops(spot) { isStopped = true }
    }
  }

  private mutating func settle(_ spot: Spot, _ state: Plan.State) {
    ends[spot] = state
    for export in graph[spot.site].exports {
      ends[Spot(path: spot.path, site: Site(block: spot.site.block, node: export))] = .skipped
    }
  }

  private mutating func enter(_ spot: Spot) {
    let node = graph[spot.site]
    switch node.kind {
    case .for:
      let passes = world.passes(spot)
      for pass in 0..<passes { walk(node.blocks[0], spot, pass) }
      export(spot, in: (0..<passes).map { (node.blocks[0], $0) })
    case .if:
      let branch = world.branch(spot)
      if let branch { walk(node.blocks[branch], spot, branch) }
      export(spot, in: branch.map { [(node.blocks[$0], $0)] } ?? [])
    case .repeat: goRound(spot)
    case .call:
      walk(node.blocks[0], spot, 0)
      let flow = graph[node.blocks[0]]
      let inside = inside(spot, 0)
      let areDone = flow.ids.filter { flow[$0].kind == .output }
        .allSatisfy { ends[self.spot(inside, flow, $0)] == .done }
      ends[spot] = areDone ? .done : .skipped
    case .input, .element, .index, .variable, .let, .step, .run, .meta, .until, .next, .export, .output: break
    }
  }

  private func inside(_ spot: Spot, _ pass: Int) -> [Spot.Stretch] {
    spot.path + [.init(site: spot.site, pass: pass)]
  }

  private mutating func walk(_ block: BlockID, _ spot: Spot, _ pass: Int) {
    walk(graph[block], inside(spot, pass))
  }

  /// Each export is done if what it is inside is, in all these frames.
  private mutating func export(_ spot: Spot, in frames: [(block: BlockID, pass: Int)]) {
    for export in graph[spot.site].exports {
      let site = Site(block: spot.site.block, node: export)
      let isDone = frames.allSatisfy { frame in
        graph[site].sources.filter { $0.block == frame.block }
          .allSatisfy { ends[Spot(path: inside(spot, frame.pass), site: $0)] == .done }
      }
      ends[Spot(path: spot.path, site: site)] = isDone ? .done : .skipped
    }
  }

  private mutating func goRound(_ spot: Spot) {
    let node = graph[spot.site]
    let body = graph[node.blocks[0]]
    let bound = world.bound(spot)
    for pass in 0..<bound {
      walk(body, inside(spot, pass))
      let path = inside(spot, pass)
      let hasStopped = body.ids.contains { id in
        let until = self.spot(path, body, id)
        return body[id].kind == .until && ends[until] == .done && world.stops(until)
      }
      let goesOn = body.ids.contains { body[$0].kind == .next && ends[self.spot(path, body, $0)] == .done }
      let isKnown = hasStopped || goesOn
      if isKnown, !hasStopped, pass < bound - 1 { continue }
      for (place, export) in node.exports.enumerated() {
        let site = Site(block: spot.site.block, node: export)
        let isThere = graph[site].sources.allSatisfy { ends[Spot(path: path, site: $0)] == .done }
        let isDone = place == 0 ? isKnown : isThere && (isKnown || pass == bound - 1)
        ends[Spot(path: spot.path, site: site)] = isDone ? .done : .skipped
      }
      return
    }
  }
}
