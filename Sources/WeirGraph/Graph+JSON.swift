package import WeirValues

extension Graph {
  /// What `json` writes. Fields may come to be added; none changes its meaning while this stays.
  package static let jsonVersion = 1

  /// The graph for other programs: `{"version": 1, "nodes": […]}`, nodes in the order of the source.
  ///
  /// A node has `id`, `kind`, `name` (null for the output without one), `type` as the flow writes
  /// it, `model` (a string, a list that is tried in order, or null where only the run knows or none
  /// is asked) and `needs`, the ids of what it waits for.
  package func json() -> Value {
    .record([
      "version": .int(Self.jsonVersion),
      "nodes": .list(ids.map(entry)),
    ])
  }

  private func entry(_ id: NodeID) -> Value {
    let node = self[id]
    return .record([
      "id": .string(node.key),
      "kind": .string(node.kind.rawValue),
      "name": node.name.map(Value.string) ?? .null,
      "type": .string(types.describe(node.type)),
      "model": node.model ?? .null,
      "needs": .list(needs(of: id).map { .string(self[$0].key) }),
    ])
  }
}
