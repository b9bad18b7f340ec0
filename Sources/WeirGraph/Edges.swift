/// For each node the nodes at the other end of its edges, in the order in which they were added.
///
/// Two flat arrays, laid out when all edges are known: no node has storage of its own, and a block without
/// edges has none at all.
struct Edges: Sendable {
  /// Where the targets of a node begin; one more at the end. Empty where there are no edges.
  private var starts: [Int32] = []
  private var targets: [Int32] = []

  init() {}

  /// The edges of so many nodes. They are put in order by counting.
  init(_ edges: some Collection<(from: NodeID, to: NodeID)>, nodes: Int) {
    if edges.isEmpty { return }
    starts = Array(repeating: 0, count: nodes + 1)
    targets = Array(repeating: 0, count: edges.count)
    for edge in edges { starts[edge.from.index + 1] += 1 }
    for node in 0..<nodes { starts[node + 1] += starts[node] }
    // Every start moves to the end of its node, which is the start of the next one.
    for edge in edges {
      targets[Int(starts[edge.from.index])] = Int32(edge.to.index)
      starts[edge.from.index] += 1
    }
    for node in (0..<nodes).reversed() { starts[node + 1] = starts[node] }
    starts[0] = 0
  }

  /// The edges of a node, by their numbers.
  func of(_ node: Int) -> Range<Int> {
    starts.isEmpty ? 0..<0 : Int(starts[node])..<Int(starts[node + 1])
  }

  /// Where an edge leads.
  subscript(edge: Int) -> Int { Int(targets[edge]) }

  func list(_ id: NodeID) -> [NodeID] { of(id.index).map { NodeID(self[$0]) } }
}
