/// For each node the nodes at the other end of its edges, in the order in which they were added.
///
/// One linked list for each node, all of them in flat arrays: an edge costs an append whenever it
/// is added, and no node has storage of its own.
struct Edges: Sendable {
  private var first: [Int32] = []
  private var last: [Int32] = []
  private var entries: [Entry] = []

  private struct Entry: Sendable {
    let target: Int32
    var next: Int32
  }

  mutating func add(from: Int, to: Int) {
    while first.count <= from {
      first.append(-1)
      last.append(-1)
    }
    let edge = Int32(entries.count)
    entries.append(Entry(target: Int32(to), next: -1))
    if first[from] < 0 { first[from] = edge } else { entries[Int(last[from])].next = edge }
    last[from] = edge
  }

  /// The first edge of a node; negative for none.
  func first(of node: Int) -> Int { node < first.count ? Int(first[node]) : -1 }

  /// Where an edge leads, and the one after it.
  subscript(edge: Int) -> (target: Int, next: Int) {
    let entry = entries[edge]
    return (Int(entry.target), Int(entry.next))
  }

  func list(_ id: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var edge = first(of: id.index)
    while edge >= 0 {
      let (target, next) = self[edge]
      found.append(NodeID(target))
      edge = next
    }
    return found
  }
}
