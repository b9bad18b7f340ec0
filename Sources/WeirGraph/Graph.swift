package import WeirProgram
import WeirValues

/// What a flow consists of and what waits for what, block by block.
///
/// Edges come from names alone, so there are no cycles. A node waits only for what it reads itself: a
/// `for`, `if` or `repeat` for what its head names, what stands in it for what is read there. It does not
/// say how far a run has come: that is `Plan`.
package struct Graph: Sendable {
  /// The flow that is run stands first, and the flows that are called, once each, before those that call them; the
  /// bodies in a flow stand after it.
  package let blocks: [Block]
  /// What the types of the nodes refer to.
  let types: TypeTable
  let limits: Limits
  /// Those of the program, which nodes stand for.
  private let values: [NamedValue]
  /// By the number of a value.
  private let sites: [Site]

  package init(_ program: Program) {
    var builder = GraphBuilder(program)
    builder.build()
    blocks = builder.blocks
    sites = builder.sites.map { $0 ?? .nowhere }
    types = program.types
    limits = program.limits
    values = program.values
  }

  package subscript(id: BlockID) -> Block {
    _read { yield blocks[id.index] }
  }

  package subscript(site: Site) -> Node {
    _read { yield blocks[site.block.index].nodes[site.node.index] }
  }

  /// The flow that is run.
  package var main: Block { blocks[0] }

  /// The node that gives a value; nil where no flow that is run or called has it.
  package func site(of value: ValueID) -> Site? {
    let site = sites[value.index]
    return site == .nowhere ? nil : site
  }

  // A run asks these again and again. They look into the blocks: a copy of one would cost more than a step.

  package func name(of site: Site) -> String? { name(of: blocks[site.block.index].nodes[site.node.index]) }

  /// The flow that a block is, or is a part of.
  package func flow(of block: BlockID) -> BlockID { blocks[block.index].flow }

  /// Whether a node's value is seen in the block outside.
  package func isExported(_ site: Site) -> Bool {
    !blocks[site.block.index].exporting.of(site.node.index).isEmpty
  }

  /// Where `meta(step)` of a step stands.
  package func meta(of site: Site) -> NodeID? {
    guard case .work(.step(let step)) = blocks[site.block.index].nodes[site.node.index].origin else {
      return nil
    }
    return step.meta.flatMap { self.site(of: $0) }?.node
  }

  /// Nil for the output without a name, and for what has none.
  package func name(of node: Node) -> String? {
    switch node.origin {
    case .input(let input): input.name
    case .output(let output): output.name
    case .meta(let step): step.name
    case .value, .work: node.value.map { values[$0.index].name }
    }
  }

  /// Nil for what has no value: `for`, `if`, `repeat` and `until`.
  func type(of node: Node) -> ValueType? {
    switch node.origin {
    case .output(let output): output.expression.type
    case .work(.next(let next)): next.value.type
    case .input, .meta, .value, .work: node.value.map { values[$0.index].type }
    }
  }

  /// How many frames further out than one of `block` a value is, and where it stands there. Nil for what is
  /// not of the same flow, and so needs neither an input nor a step.
  package func reach(_ value: ValueID, from block: BlockID) -> OuterNeed? {
    guard let site = site(of: value) else { return nil }
    if site.block == block { return OuterNeed(up: 0, node: site.node) }
    let (here, there) = (block.index, site.block.index)
    guard blocks[here].flow == blocks[there].flow else { return nil }
    return OuterNeed(up: blocks[here].depth - blocks[there].depth, node: site.node)
  }

  /// What a node waits for, in its block and outside, in its block first. An export waits for what completes it.
  package func needs(of site: Site) -> [Site] {
    let block = blocks[site.block.index]
    if let completer = block[site.node].completer { return [Site(block: site.block, node: completer)] }
    let inside = block.needs(of: site.node).map { Site(block: site.block, node: $0) }
    return inside
      + block.outerNeeds(of: site.node).map { need in
        var outside = block
        for _ in 0..<need.up {
          guard let owner = outside.owner else { preconditionFailure("a flow needs nothing outside") }
          outside = blocks[owner.block.index]
        }
        return Site(block: outside.id, node: need.node)
      }
  }
}

extension Site {
  /// Of a value that nothing gives: a table of places that may be missing would be half as large again.
  fileprivate static let nowhere = Site(block: BlockID(-1), node: NodeID(-1))
}
