import WeirDiagnostics
import WeirGraph
import WeirProgram
import WeirValues

/// What the plan brings about: frames that begin, values that are gathered, nodes that are skipped.
extension Progress {
  mutating func begin(_ id: FrameID, pass: Int, of owner: Place) {
    let kind = node(at: owner).kind
    let isLoop = kind == .for || kind == .repeat
    let outside = passes(of: owner.frame)
    let block = plan.block(of: id)
    var frame = RunFrame(
      block: block, owner: owner, pass: pass, passes: isLoop ? outside + [pass] : outside,
      isInLoop: kind == .for, values: Array(repeating: nil, count: graph[block].nodes.count))
    if kind == .call { frame.arguments = arguments.removeValue(forKey: owner) ?? [:] }
    while frames.count <= id.index { frames.append(nil) }
    frames[id.index] = frame
    setVariables(of: id, owner, pass)
  }

  /// They stand first in their block.
  private mutating func setVariables(of id: FrameID, _ owner: Place, _ pass: Int) {
    let block = block(of: id)
    let count = graph[block].nodes.count
    var index = 0
    while index < count {
      let place = Place(frame: id, node: NodeID(index))
      let kind = graph[block].nodes[index].kind
      guard kind.isVariable else { return }
      index += 1
      switch kind {
      case .element: if let element = loops[owner]?.elements[pass] { set(place, element) }
      case .index: set(place, .int(pass))
      default: if let value = repeats[owner]?.value { set(place, value) }
      }
    }
  }

  mutating func apply(_ changes: Changes) {
    if changes.isEmpty { return }
    for completion in changes.completed { gather(completion) }
    for skipped in changes.skipped { note(skipped) }
    for frame in changes.closed { close(frame) }
  }

  private mutating func gather(_ completion: Changes.Completion) {
    let place = completion.place
    switch completion.value {
    case .passes: set(place, .list(gathered(for: place)))
    case .value(let source): set(place, value(at: source))
    case .null: set(place, .null)
    case .outputs(let frame):
      guard let value = output(of: frame) else {
        preconditionFailure("a call is done before its outputs are")
      }
      set(place, value)
    }
  }

  private mutating func gathered(for export: Place) -> [Value] {
    let site = site(of: export)
    guard let loop = graph[site].completer else { preconditionFailure("an export belongs to a loop") }
    let maker = maker(of: site)
    return loops[Place(frame: export.frame, node: loop)]?.gathered.removeValue(forKey: maker) ?? []
  }

  /// What makes in each pass of a `for` what an export is the list of.
  func maker(of export: Site) -> NodeID {
    guard let source = graph[export].sources.first else {
      preconditionFailure("what is exported is made in the body")
    }
    return source.node
  }

  private mutating func close(_ id: FrameID) {
    if let owner = frames[id.index]?.owner, loops[owner] != nil {
      loops[owner]?.left -= 1
      if loops[owner]?.left == 0 { loops[owner] = nil }
    }
    if let owner = frames[id.index]?.owner { entered.remove(owner) }
    frames[id.index] = nil
  }

  // MARK: Skips

  /// In what has not begun nothing is named by itself: its steps are skipped with it.
  private mutating func note(_ skipped: Changes.Skipped) {
    // Its frame may be one that never begins, of which only the plan knows.
    let site = Site(block: plan.block(of: skipped.place.frame), node: skipped.place.node)
    let pass = prepared.options.passPrefix + plan.passes(of: skipped.place.frame)
    record.note(.skipped(explained(skipped.cause)), at: site, pass: pass)
    if !entered.contains(skipped.place) { noteSteps(in: graph[site].blocks, skipped.cause, pass) }
  }

  private mutating func noteSteps(in blocks: [BlockID], _ cause: Changes.Skip, _ pass: [Int]) {
    for block in blocks {
      for (index, node) in graph[block].nodes.enumerated() {
        record.note(
          .skipped(explained(cause)), at: Site(block: block, node: NodeID(index)), pass: pass)
        noteSteps(in: node.blocks, cause, pass)
      }
    }
  }

  private func explained(_ cause: Changes.Skip) -> Skip {
    let (root, rootSpan) = words(for: cause.root)
    return Skip(root: root, rootSpan: rootSpan, through: words(for: cause.through).name)
  }

  private func words(for site: Site) -> (name: String, span: Span) {
    let node = graph[site]
    if let id = node.value { return (graph.name(of: node) ?? "", prepared.program[id].span) }
    return switch node.origin {
    case .work(.for(let loop)): ("for", loop.span)
    case .work(.if(let choice)): ("if", choice.span)
    case .work(.repeat(let loop)): ("repeat", loop.span)
    case .work(.until(let until)): ("until", until.span)
    case .work(.next(let next)): ("next", next.span)
    case .output(let output): (output.name ?? "output", output.expression.span)
    case .work, .input, .value, .meta: preconditionFailure("what has a value has its name")
    }
  }
}
