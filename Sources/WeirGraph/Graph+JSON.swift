import WeirProgram
package import WeirValues

extension Graph {
  /// What `json` writes. Fields may come to be added; none changes its meaning while this stays.
  package static let jsonVersion = 1

  /// The graph for other programs: `{"version": 1, "nodes": […]}`, nodes in the order of the source.
  ///
  /// A node has `id`, `kind`, `name` (null for what has none), `type` as the flow writes it (null for what
  /// has no value), `model` (a string, a list that is tried in order, or null where only the run knows or none
  /// is asked) and `needs`, the ids of what it waits for, of the blocks outside as well.
  ///
  /// A step that lets its model call something has `tools`, their names.
  ///
  /// A `for`, `if` and `repeat` also has `bodies`, each with `id`, `name` and `nodes`; a `repeat` its `bound`
  /// and a run its `command`, null where only the run knows; an export `from`, the ids of what it is in the
  /// bodies; a call `flow`, the id of one of the `flows` beside `nodes`. `limits` are there if the flow sets any.
  package func json() -> Value {
    var record = Record(["version": .int(Self.jsonVersion)])
    record["limits"] = limitsEntry
    let keys = Keys(self)
    record["nodes"] = nodes(of: main, keys)
    let flows = blocks.dropFirst().filter { $0.owner == nil }
    if !flows.isEmpty { record["flows"] = .list(flows.map { entry($0, keys) }) }
    return .record(record)
  }

  /// Nil where the flow sets none.
  private var limitsEntry: Value? {
    let concurrency = limits.concurrency
    guard limits.budget != nil || limits.time != nil || concurrency != Limits.defaultConcurrency else {
      return nil
    }
    return .record([
      "concurrency": .int(concurrency),
      "budget": limits.budget.map(Value.number) ?? .null,
      "time": limits.time.map(Value.number) ?? .null,
    ])
  }

  private func entry(_ block: Block, _ keys: Keys) -> Value {
    .record([
      "id": .string(keys.frame(of: block)), "name": .string(block.name), "nodes": nodes(of: block, keys),
    ])
  }

  private func nodes(of block: Block, _ keys: Keys) -> Value {
    .list(block.ids.map { entry(Site(block: block.id, node: $0), keys) })
  }

  private func entry(_ site: Site, _ keys: Keys) -> Value {
    let node = self[site]
    var record: Record = Record([
      "id": .string(keys[site]),
      "kind": .string(node.kind.rawValue),
      "name": name(of: node).map(Value.string) ?? .null,
      "type": type(of: node).map { .string(types.describe($0)) } ?? .null,
      "model": node.kind == .step ? known(of: node) ?? .null : .null,
      "needs": keys.list(needs(of: site)),
    ])
    switch node.kind {
    case .for, .if: break
    case .repeat: record["bound"] = known(of: node) ?? .null
    case .run: record["command"] = known(of: node) ?? .null
    case .call: record["flow"] = .string(keys.frame(of: self[node.blocks[0]]))
    case .export: record["from"] = keys.list(node.sources)
    case .input, .element, .index, .variable, .let, .step, .meta, .until, .next, .output: break
    }
    if !node.tools.isEmpty { record["tools"] = .list(node.tools.map { .string($0) }) }
    if node.kind.isBlock { record["bodies"] = .list(node.blocks.map { entry(self[$0], keys) }) }
    return .record(record)
  }
}

extension Keys {
  fileprivate func list(_ sites: [Site]) -> Value { .list(sites.map { .string(self[$0]) }) }
}
