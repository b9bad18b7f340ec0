import WeirProgram

/// Puts the entries of a program in order, block by block, and finds the node behind each name.
struct GraphBuilder {
  private let program: Program
  private(set) var blocks: [Block] = []
  /// Where a value is made, by the value's number.
  private(set) var sites: [Site?]
  private var flows: [BlockID] = []
  /// The last `until` of each block so far.
  private var lastUntils: [NodeID?] = []

  init(_ program: Program) {
    self.program = program
    sites = Array(repeating: nil, count: program.values.count)
  }

  /// Flows stand before those that call them, so the flow that is run is filled last; it is block 0 all the same.
  mutating func build() {
    let main = addFlow(program.main)
    for flow in program.used {
      let block = addFlow(flow)
      flows.append(block)
      fill(block, with: flow)
    }
    fill(main, with: program.main)
    for index in blocks.indices { blocks[index].complete() }
  }

  // MARK: Blocks

  private mutating func addFlow(_ flow: FlowBody) -> BlockID {
    let id = BlockID(blocks.count)
    blocks.append(Block(id: id, name: flow.name, owner: nil, flow: id, depth: 0))
    lastUntils.append(nil)
    return id
  }

  private mutating func addBody(of owner: Site, name: String) -> BlockID {
    let outside = blocks[owner.block.index]
    let id = BlockID(blocks.count)
    blocks.append(Block(id: id, name: name, owner: owner, flow: outside.flow, depth: outside.depth + 1))
    lastUntils.append(nil)
    blocks[owner.block.index].nodes[owner.node.index].add(block: id)
    return id
  }

  /// Values are numbered in the order of the source: an input stands before the work whose value has a
  /// greater number.
  private mutating func fill(_ block: BlockID, with flow: FlowBody) {
    blocks[block.index].nodes.reserveCapacity(flow.inputs.count + flow.work.count + flow.outputs.count)
    var inputs = flow.inputs[...]
    for work in flow.work {
      while let input = inputs.first, let first = work.firstValue, input.id.index < first.index {
        add(inputs.removeFirst(), to: block)
      }
      add(work, to: block)
    }
    for input in inputs { add(input, to: block) }
    for output in flow.outputs {
      add(.output, .output(output), to: block, waitingFor: output.expression.references)
    }
  }

  private mutating func add(_ input: Input, to block: BlockID) {
    add(.input, .input(input), to: block, waitingFor: program.needs(of: input))
  }

  private mutating func fill(_ block: BlockID, with body: [Work]) {
    for work in body { add(work, to: block) }
  }

  // MARK: Work

  private mutating func add(_ work: Work, to block: BlockID) {
    switch work {
    case .let: add(.let, work, to: block)
    case .step(let step):
      add(.step, work, to: block)
      if step.meta != nil { add(.meta, .meta(step), to: block, waitingFor: [step.id]) }
    case .run: add(.run, work, to: block)
    case .call(let call):
      let node = add(.call, work, to: block)
      blocks[block.index].nodes[node.index].add(block: flows[call.flow.index])
    case .for(let loop): add(loop, work, to: block)
    case .if(let choice): add(choice, work, to: block)
    case .repeat(let loop): add(loop, work, to: block)
    case .until:
      let node = add(.until, work, to: block)
      lastUntils[block.index] = node
    case .next: add(.next, work, to: block)
    }
  }

  private mutating func add(_ loop: For, _ work: Work, to block: BlockID) {
    let node = add(.for, work, to: block)
    let names = [loop.element, loop.index].compactMap { $0.map { program[$0].name } }.joined(separator: ", ")
    let body = addBody(of: Site(block: block, node: node), name: "for \(names)")
    add(.element, .value(loop.element), to: body)
    if let index = loop.index { add(.index, .value(index), to: body) }
    fill(body, with: loop.body)
    for export in loop.exports {
      let outer = addExport(export.outer, of: node, to: block)
      connect(export.inner, in: body, to: outer)
    }
  }

  private mutating func add(_ choice: If, _ work: Work, to block: BlockID) {
    let node = add(.if, work, to: block)
    var branches: [BlockID] = []
    for (index, branch) in choice.branches.enumerated() {
      let name = branch.condition == nil ? "else" : index == 0 ? "if" : "else if"
      let body = addBody(of: Site(block: block, node: node), name: name)
      branches.append(body)
      fill(body, with: branch.body)
    }
    for export in choice.exports {
      let outer = addExport(export.outer, of: node, to: block)
      for (body, inner) in zip(branches, export.inner) {
        if let inner { connect(inner, in: body, to: outer) }
      }
    }
  }

  private mutating func add(_ loop: Repeat, _ work: Work, to block: BlockID) {
    let node = add(.repeat, work, to: block)
    let body = addBody(
      of: Site(block: block, node: node), name: "repeat \(program[loop.variable.inner].name)")
    add(.variable, .value(loop.variable.inner), to: body)
    fill(body, with: loop.body)
    let last = addExport(loop.variable.outer, of: node, to: block)
    let round = blocks[body.index].ids.filter {
      let kind = blocks[body.index][$0].kind
      return kind == .variable || kind == .next
    }
    blocks[block.index].nodes[last.index].add(sources: round.map { Site(block: body, node: $0) })
    for export in loop.exports {
      let outer = addExport(export.outer, of: node, to: block)
      connect(export.inner, in: body, to: outer)
    }
  }

  // MARK: Nodes

  @discardableResult
  private mutating func add(_ kind: Node.Kind, _ work: Work, to block: BlockID) -> NodeID {
    add(kind, .work(work), to: block, waitingFor: program.needs(of: work))
  }

  @discardableResult
  private mutating func addExport(_ id: ValueID, of node: NodeID, to block: BlockID) -> NodeID {
    let export = add(.export, .value(id), to: block)
    blocks[block.index].nodes[node.index].add(export: export)
    blocks[block.index].nodes[export.index].complete(by: node)
    return export
  }

  private mutating func connect(_ inner: ValueID, in body: BlockID, to outer: NodeID) {
    guard let site = sites[inner.index], site.block == body else {
      preconditionFailure("what is exported is made in the body itself")
    }
    guard let owner = blocks[body.index].owner else { preconditionFailure("a flow exports nothing") }
    blocks[owner.block.index].nodes[outer.index].add(sources: [site])
    blocks[body.index].export(site.node, as: outer)
  }

  @discardableResult
  private mutating func add(
    _ kind: Node.Kind, _ origin: Node.Origin, to block: BlockID, waitingFor ids: [ValueID] = []
  ) -> NodeID {
    let id = NodeID(blocks[block.index].nodes.count)
    let node = Node(kind: kind, origin: origin)
    blocks[block.index].nodes.append(node)
    for need in ids { addNeed(of: id, in: block, to: need) }
    if let until = lastUntils[block.index] {
      blocks[block.index].note(until: until, above: id)
      if kind != .export { blocks[block.index].addEdge(from: until, to: id) }
    }
    if let value = node.value { sites[value.index] = Site(block: block, node: id) }
    return id
  }

  private mutating func addNeed(of node: NodeID, in block: BlockID, to value: ValueID) {
    guard let site = sites[value.index] else { return }
    if site.block == block { return blocks[block.index].addEdge(from: site.node, to: node) }
    let (here, there) = (blocks[block.index], blocks[site.block.index])
    // What another flow lends needs neither an input nor a step: it is known before anything runs.
    guard here.flow == there.flow else { return }
    let need = OuterNeed(up: here.depth - there.depth, node: site.node)
    blocks[block.index].outer.append((Int32(node.index), need))
  }
}

extension Work {
  /// The first value that it or what stands in it makes.
  fileprivate var firstValue: ValueID? {
    switch self {
    case .let(let entry): entry.id
    case .step(let step): step.id
    case .run(let step): step.id
    case .call(let call): call.id
    case .for(let loop): loop.element
    case .repeat(let loop): loop.variable.inner
    case .if(let choice):
      choice.branches.lazy.flatMap(\.body).compactMap(\.firstValue).min { $0.index < $1.index }
    case .until, .next: nil
    }
  }
}
