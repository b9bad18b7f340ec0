/// A word for each node and block of a graph that no other has and that every printer can write as it is:
/// `step_caption`, `output`, `for_1__step_notes`. Made where it is asked for: no run needs it.
package struct Keys: Sendable {
  /// By block and node.
  private var nodes: [[String]] = []
  /// Empty for the flow that is run.
  private var blocks: [String] = []

  package init(_ graph: Graph) {
    var flows = 0
    var branches: [Site: Int] = [:]
    for block in graph.blocks {
      if let owner = block.owner {
        branches[owner, default: 0] += 1
        let number = graph[owner].kind == .if ? branches[owner] : nil
        blocks.append(self[owner] + (number.map { "_\($0)" } ?? ""))
      } else {
        blocks.append(flows == 0 ? "" : "flow_\(flows)")
        flows += 1
      }
      nodes.append(keys(of: block, in: graph))
    }
  }

  package subscript(site: Site) -> String { nodes[site.block.index][site.node.index] }

  subscript(block: BlockID) -> String { blocks[block.index] }

  /// Of a block whose own key is there.
  private func keys(of block: Block, in graph: Graph) -> [String] {
    let prefix = self[block.id].isEmpty ? "" : "\(self[block.id])__"
    var taken: Set<String> = []
    var counts: [Node.Kind: Int] = [:]
    return block.nodes.map { node in
      var key = "\(prefix)\(node.kind.rawValue)"
      if let name = graph.name(of: node) {
        key +=
          "_" + String(decoding: name.utf8.map { $0.isPlainInKey ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
      } else if node.kind.isCounted {
        counts[node.kind, default: 0] += 1
        key += "_\(counts[node.kind, default: 0])"
      }
      while !taken.insert(key).inserted { key += "_" }
      return key
    }
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
