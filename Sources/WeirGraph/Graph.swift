package import WeirProgram
package import WeirValues

/// What a flow consists of and what waits for what: inputs, lets and steps in the order of the
/// source, then the outputs.
///
/// Edges come from names alone, so a node's needs always stand before it and there are no cycles.
/// It does not say how far a run has come: that is `Plan`.
package struct Graph: Sendable {
  package let nodes: [Node]
  /// What the types of the nodes refer to.
  let types: TypeTable
  private var needs: Edges
  private(set) var dependents: Edges

  package init(_ program: Program) {
    var builder = GraphBuilder(program)
    builder.build()
    self.init(builder.nodes, needs: builder.needs, types: program.types)
  }

  /// The nodes with the places of their needs, which stand before them.
  package init(_ nodes: [Node], needs: [[Int]], types: TypeTable = TypeTable()) {
    precondition(nodes.count == needs.count, "every node has its needs")
    self.nodes = nodes
    self.types = types
    self.needs = Edges(nodes: nodes.count)
    dependents = Edges(nodes: nodes.count)
    for (node, found) in needs.enumerated() {
      for need in found {
        precondition(need < node, "a node needs only what stands before it")
        self.needs.add(from: node, to: need)
        dependents.add(from: need, to: node)
      }
    }
  }

  package subscript(id: NodeID) -> Node {
    _read { yield nodes[id.index] }
  }

  package var ids: some Collection<NodeID> { nodes.indices.lazy.map { NodeID($0) } }

  /// What a node waits for, in the order in which it names it.
  package func needs(of id: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    needs.visit(id.index) { found.append(NodeID($0)) }
    return found
  }

  /// What waits for a node, in the order of the source.
  package func dependents(of id: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    dependents.visit(id.index) { found.append(NodeID($0)) }
    return found
  }

  /// How many edges lead to a node.
  func needCount(_ node: Int) -> Int32 {
    var count: Int32 = 0
    needs.visit(node) { _ in count += 1 }
    return count
  }
}
