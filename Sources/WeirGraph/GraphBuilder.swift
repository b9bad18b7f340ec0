import WeirProgram
import WeirValues

/// Puts the entries of a program in order, block by block, and finds the node behind each name.
struct GraphBuilder {
  private let program: Program
  private(set) var blocks: [Block] = []
  /// Where a value is made, by the value's number.
  private(set) var sites: [Site?]
  /// What the lets say, by the value's number: for what is known from the text alone.
  private(set) var lets: [Expression?]
  private var flows: [BlockID] = []
  private var desks: [Desk] = []

  /// What is known of a block only while it is built.
  private struct Desk {
    let prefix: String
    var keys: Set<String> = []
    var counts: [Node.Kind: Int] = [:]
    var lastUntil: NodeID?
  }

  init(_ program: Program) {
    self.program = program
    sites = Array(repeating: nil, count: program.values.count)
    lets = Array(repeating: nil, count: program.values.count)
  }

  /// Flows stand before those that call them, so the flow that is run is filled last; it is block 0 all the same.
  mutating func build() {
    let main = addFlow(program.main, key: "")
    for (index, flow) in program.used.enumerated() {
      let block = addFlow(flow, key: "flow_\(index + 1)")
      flows.append(block)
      fill(block, with: flow)
    }
    fill(main, with: program.main)
    for index in blocks.indices { blocks[index].count() }
  }

  // MARK: Blocks

  private mutating func addFlow(_ flow: FlowBody, key: String) -> BlockID {
    let id = BlockID(blocks.count)
    blocks.append(Block(id: id, key: key, name: flow.name, owner: nil, flow: id, depth: 0))
    desks.append(Desk(prefix: key.isEmpty ? "" : "\(key)__"))
    return id
  }

  private mutating func addBody(of owner: Site, key: String, name: String) -> BlockID {
    let outside = blocks[owner.block.index]
    let id = BlockID(blocks.count)
    blocks.append(
      Block(id: id, key: key, name: name, owner: owner, flow: outside.flow, depth: outside.depth + 1))
    desks.append(Desk(prefix: "\(key)__"))
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
      add(
        .output, .output(output), to: block, name: output.name, type: output.expression.type,
        waitingFor: output.expression.references)
    }
  }

  private mutating func add(_ input: Input, to block: BlockID) {
    add(
      .input, .input(input), to: block, name: input.name, type: input.type,
      waitingFor: program.needs(of: input))
  }

  private mutating func fill(_ block: BlockID, with body: [Work]) {
    for work in body { add(work, to: block) }
  }

  // MARK: Work

  private mutating func add(_ work: Work, to block: BlockID) {
    switch work {
    case .let(let entry):
      if entry.readAs == nil { lets[entry.id.index] = entry.expression }
      addNamed(.let, work, entry.id, to: block)
    case .step(let step):
      addNamed(.step, work, step.id, to: block, known: step.settings.model.flatMap(constant))
      if let meta = step.meta { addValue(.meta, meta, named: step.name, to: block, waitingFor: [step.id]) }
    case .run(let step): addNamed(.run, work, step.id, to: block, known: constant(step.command))
    case .call(let call):
      let node = addNamed(.call, work, call.id, to: block)
      blocks[block.index].nodes[node.index].add(block: flows[call.flow.index])
    case .for(let loop): add(loop, work, to: block)
    case .if(let choice): add(choice, work, to: block)
    case .repeat(let loop): add(loop, work, to: block)
    case .until:
      let node = addPlain(.until, work, to: block)
      desks[block.index].lastUntil = node
    case .next(let next):
      add(
        .next, .work(work), to: block, name: nil, type: next.value.type, waitingFor: program.needs(of: work))
    }
  }

  private mutating func add(_ loop: For, _ work: Work, to block: BlockID) {
    let node = addPlain(.for, work, to: block)
    let names = [loop.element, loop.index].compactMap { $0.map { program[$0].name } }.joined(separator: ", ")
    let body = addBody(
      of: Site(block: block, node: node), key: key(of: node, in: block), name: "for \(names)")
    addValue(.element, loop.element, to: body)
    if let index = loop.index { addValue(.index, index, to: body) }
    fill(body, with: loop.body)
    for export in loop.exports {
      let outer = addExport(export.outer, of: node, to: block)
      connect(export.inner, in: body, to: outer)
    }
  }

  private mutating func add(_ choice: If, _ work: Work, to block: BlockID) {
    let node = addPlain(.if, work, to: block)
    var branches: [BlockID] = []
    for (index, branch) in choice.branches.enumerated() {
      let key = "\(key(of: node, in: block))_\(index + 1)"
      let name = branch.condition == nil ? "else" : index == 0 ? "if" : "else if"
      let body = addBody(of: Site(block: block, node: node), key: key, name: name)
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
    let node = addPlain(.repeat, work, to: block, known: constant(loop.bound))
    let name = "repeat \(program[loop.variable.inner].name)"
    let body = addBody(of: Site(block: block, node: node), key: key(of: node, in: block), name: name)
    addValue(.variable, loop.variable.inner, to: body)
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
  private mutating func addNamed(
    _ kind: Node.Kind, _ work: Work, _ id: ValueID, to block: BlockID, known: Value? = nil
  ) -> NodeID {
    let value = program[id]
    return add(
      kind, .work(work), to: block, name: value.name, type: value.type, known: known,
      waitingFor: program.needs(of: work))
  }

  private mutating func addPlain(
    _ kind: Node.Kind, _ work: Work, to block: BlockID, known: Value? = nil
  ) -> NodeID {
    add(
      kind, .work(work), to: block, name: nil, type: nil, known: known, waitingFor: program.needs(of: work))
  }

  @discardableResult
  private mutating func addValue(
    _ kind: Node.Kind, _ id: ValueID, named name: String? = nil, to block: BlockID,
    waitingFor needs: [ValueID] = []
  ) -> NodeID {
    let value = program[id]
    return add(
      kind, .value(id), to: block, name: name ?? value.name, type: value.type, waitingFor: needs)
  }

  @discardableResult
  private mutating func addExport(_ id: ValueID, of node: NodeID, to block: BlockID) -> NodeID {
    let export = addValue(.export, id, to: block)
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
    blocks[body.index].exporting.add(from: site.node.index, to: outer.index)
    blocks[body.index].pairs.append(.init(inner: site.node, outer: outer))
  }

  @discardableResult
  private mutating func add(
    _ kind: Node.Kind, _ origin: Node.Origin, to block: BlockID, name: String?, type: ValueType?,
    known: Value? = nil, waitingFor ids: [ValueID]
  ) -> NodeID {
    let id = NodeID(blocks[block.index].nodes.count)
    let key = makeKey(kind, name, in: block)
    let node = Node(kind: kind, origin: origin, key: key, name: name, type: type, known: known)
    blocks[block.index].nodes.append(node)
    blocks[block.index].untilAbove.append(Int32(desks[block.index].lastUntil?.index ?? -1))
    for need in ids { addNeed(of: id, in: block, to: need) }
    if kind != .export, let until = desks[block.index].lastUntil {
      blocks[block.index].addEdge(from: until, to: id)
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

  // MARK: Keys

  private func key(of node: NodeID, in block: BlockID) -> String { blocks[block.index].nodes[node.index].key }

  private mutating func makeKey(_ kind: Node.Kind, _ name: String?, in block: BlockID) -> String {
    var key = "\(desks[block.index].prefix)\(kind.rawValue)"
    if let name {
      key += "_" + String(decoding: name.utf8.map { $0.isPlainInKey ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    } else if kind.isCounted {
      desks[block.index].counts[kind, default: 0] += 1
      key += "_\(desks[block.index].counts[kind, default: 0])"
    }
    while !desks[block.index].keys.insert(key).inserted { key += "_" }
    return key
  }
}

extension Node.Kind {
  /// Whether several of a block have no name to tell them apart.
  fileprivate var isCounted: Bool {
    switch self {
    case .for, .if, .repeat, .until: true
    case .input, .element, .index, .variable, .let, .step, .run, .call, .meta, .next, .export, .output: false
    }
  }
}

extension UInt8 {
  /// Letters of any alphabet, digits and `_` stand in a key as they are.
  fileprivate var isPlainInKey: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
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
