/// What runs as one: a flow, the body of a loop, or a branch. Each of its nodes once, in every frame
/// that is opened for it.
///
/// Nodes stand in the order of the source, so that a node's needs stand before it; the variables of a
/// body stand first, the outputs of a flow last.
package struct Block: Sendable {
  package let id: BlockID
  /// For people: the name of a flow, or `for page, i`, `else if`, `repeat draft`.
  package let name: String
  /// The `for`, `if` or `repeat` that it belongs to; nil for a flow, which may be called from anywhere.
  package let owner: Site?
  /// The flow that it is, or is a part of.
  package let flow: BlockID
  /// How many blocks it stands in, the flow included; 0 for the flow.
  package let depth: Int
  package internal(set) var nodes: [Node] = []
  /// Nodes of this block that a node waits for, and the other way round.
  private var needs = Edges()
  private(set) var dependents = Edges()
  /// The edges, from the need to the node, until the block is complete.
  private var edges: [(need: NodeID, node: NodeID)] = []
  /// What nodes need of the blocks that this one stands in, in the order of the nodes.
  var outer: [(node: Int32, need: OuterNeed)] = []
  /// For each node the exports of the block outside that it is seen by. A repeat's variable is not among them.
  private(set) var exporting = Edges()
  private(set) var pairs: [Pair] = []
  /// The last `until` above each node; negative for none. Empty where the block has no `until`.
  private var untils: [Int32] = []
  /// Those of the nodes, side by side: what a plan looks at most.
  private(set) var kinds: [Node.Kind] = []
  /// How many needs a node has, those outside included and variables not.
  private(set) var missing: [Int32] = []
  /// How many nodes are not there as soon as the frame is.
  private(set) var laterNodes: Int32 = 0
  private(set) var outputs: Int32 = 0

  /// What is made in a body, and the export by which it is seen outside.
  struct Pair: Sendable {
    let inner: NodeID
    let outer: NodeID
  }

  init(id: BlockID, name: String, owner: Site?, flow: BlockID, depth: Int) {
    self.id = id
    self.name = name
    self.owner = owner
    self.flow = flow
    self.depth = depth
  }

  package subscript(id: NodeID) -> Node {
    _read { yield nodes[id.index] }
  }

  package var ids: some Collection<NodeID> { nodes.indices.lazy.map { NodeID($0) } }

  /// What a node waits for in this block, in the order in which it names it.
  package func needs(of id: NodeID) -> [NodeID] { needs.list(id) }

  /// What waits for a node in this block, in the order of the source.
  package func dependents(of id: NodeID) -> [NodeID] { dependents.list(id) }

  /// What a node waits for outside this block, in the order in which it names it.
  package func outerNeeds(of id: NodeID) -> [OuterNeed] {
    var (low, high) = (0, outer.count)
    while low < high {
      let middle = (low + high) / 2
      if outer[middle].node < id.index { low = middle + 1 } else { high = middle }
    }
    return outer[low...].prefix { $0.node == id.index }.map(\.need)
  }

  /// The last `until` above a node; nil for none.
  func until(above node: Int) -> Int? {
    guard !untils.isEmpty, untils[node] >= 0 else { return nil }
    return Int(untils[node])
  }

  /// The exports of the block outside through which a node's value is seen there.
  package func exports(of id: NodeID) -> [NodeID] { exporting.list(id) }
}

extension Block {
  mutating func addEdge(from need: NodeID, to node: NodeID) { edges.append((need, node)) }

  /// To be called for all nodes below it.
  mutating func note(until: NodeID, above node: NodeID) {
    while untils.count < node.index { untils.append(-1) }
    untils.append(Int32(until.index))
  }

  mutating func export(_ inner: NodeID, as outer: NodeID) { pairs.append(Pair(inner: inner, outer: outer)) }

  /// To be called when all nodes and edges are there.
  mutating func complete() {
    needs = Edges(edges.lazy.map { (from: $0.node, to: $0.need) }, nodes: nodes.count)
    dependents = Edges(edges.lazy.map { (from: $0.need, to: $0.node) }, nodes: nodes.count)
    exporting = Edges(pairs.lazy.map { (from: $0.inner, to: $0.outer) }, nodes: nodes.count)
    edges = []
    kinds = nodes.map(\.kind)
    missing = Array(repeating: 0, count: nodes.count)
    for (node, kind) in kinds.enumerated() {
      if !kind.isVariable { laterNodes += 1 }
      if kind == .output { outputs += 1 }
      for edge in needs.of(node) where !kinds[needs[edge]].isVariable { missing[node] += 1 }
    }
    for entry in outer { missing[Int(entry.node)] += 1 }
  }
}

/// A node in one of the blocks that a block stands in.
package struct OuterNeed: Sendable, Hashable {
  private let levels: Int32
  package let node: NodeID

  package init(up: Int, node: NodeID) {
    levels = Int32(up)
    self.node = node
  }

  /// How many blocks, and so frames, further out; 0 is the block itself.
  package var up: Int { Int(levels) }
}
