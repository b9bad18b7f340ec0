/// For each node the nodes at the other end of its edges, in the order in which they were added.
///
/// One linked list for each node, all of them in flat arrays: an edge costs an append whenever it
/// is added, and no node has storage of its own.
struct Edges: Sendable {
  private var first: [Int32] = []
  private var last: [Int32] = []
  private var next: [Int32] = []
  private var target: [Int32] = []

  mutating func add(from: Int, to: Int) {
    while first.count <= from {
      first.append(-1)
      last.append(-1)
    }
    let edge = Int32(target.count)
    target.append(Int32(to))
    next.append(-1)
    if first[from] < 0 { first[from] = edge } else { next[Int(last[from])] = edge }
    last[from] = edge
  }

  @inline(__always)
  func visit(_ node: Int, _ body: (Int) -> Void) {
    guard node < first.count else { return }
    var edge = first[node]
    while edge >= 0 {
      body(Int(target[Int(edge)]))
      edge = next[Int(edge)]
    }
  }

  func list(_ id: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    visit(id.index) { found.append(NodeID($0)) }
    return found
  }
}
