package import WeirProgram

/// One thing of a run: a value that comes in, is computed, is asked for, or goes out; or a block of such.
///
/// Small, for a flow may have very many: how it is called and what type it has is the graph's to tell.
package struct Node: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case input
    /// The element of a `for`, its index, and what goes round in a `repeat`: there when their frame is.
    case element, index, variable
    case `let`, step, run, call
    /// What `meta(step)` reads; it needs the step.
    case meta
    case `for`, `if`, `repeat`
    case until, next
    /// What a block has made, as it is seen outside. It stands in the block outside, after the `for`, `if`
    /// or `repeat` that completes it, and is never handed out.
    case export
    case output

    /// Whether it is there as soon as its frame is.
    package var isVariable: Bool { self == .element || self == .index || self == .variable }

    /// Whether what stands in it has frames of its own and is seen outside by exports.
    package var isBlock: Bool { self == .for || self == .if || self == .repeat }
  }

  /// What of the program it stands for.
  package enum Origin: Sendable {
    indirect case input(Input)
    /// An element, an index, what goes round, or an export.
    case value(ValueID)
    /// `meta(step)`
    case meta(Step)
    case work(Work)
    indirect case output(Output)
  }

  package let kind: Kind
  package let origin: Origin
  /// None or one: most nodes have none, and are smaller for it.
  private var links: [Links] = []

  /// How blocks, calls and exports hang together.
  private struct Links: Sendable {
    var blocks: [BlockID] = []
    var exports: [NodeID] = []
    var completer: NodeID?
    var sources: [Site] = []
  }

  init(kind: Kind, origin: Origin) {
    self.kind = kind
    self.origin = origin
  }

  /// The body of a `for` or `repeat`, the branches of an `if`, the flow that is called.
  package var blocks: [BlockID] { links.first?.blocks ?? [] }
  /// The exports that a `for`, `if` or `repeat` completes; the first one of a `repeat` is its variable.
  package var exports: [NodeID] { links.first?.exports ?? [] }
  /// Of an export, the `for`, `if` or `repeat` that completes it.
  package var completer: NodeID? { links.first?.completer }
  /// Of an export, what it is inside: one node for each body that makes it; of a repeat's variable, both the
  /// variable and `next`.
  package var sources: [Site] { links.first?.sources ?? [] }

  mutating func add(block: BlockID) { link { $0.blocks.append(block) } }
  mutating func add(export: NodeID) { link { $0.exports.append(export) } }
  mutating func add(sources: [Site]) { link { $0.sources += sources } }
  mutating func complete(by node: NodeID) { link { $0.completer = node } }

  private mutating func link(_ change: (inout Links) -> Void) {
    if links.isEmpty { links.append(Links()) }
    change(&links[0])
  }

  /// What a step lets its model call, by the names that the model knows.
  package var tools: [String] {
    if case .work(.step(let step)) = origin { step.settings.tools.map(\.name) } else { [] }
  }

  /// Whether it counts against the limit of what may be under way at once: it asks a model or runs a program.
  package var isAsking: Bool { kind == .step || kind == .run }

  /// The named value that is there when it is done.
  package var value: ValueID? {
    switch origin {
    case .input(let input): input.id
    case .value(let id): id
    case .meta(let step): step.meta
    case .work(.let(let entry)): entry.id
    case .work(.step(let step)): step.id
    case .work(.run(let step)): step.id
    case .work(.call(let call)): call.id
    case .work(.for), .work(.if), .work(.repeat), .work(.until), .work(.next), .output: nil
    }
  }
}

/// A node's place in its block.
package struct NodeID: Sendable, Hashable, Comparable {
  private let place: Int32
  package init(_ index: Int) { place = Int32(index) }
  package var index: Int { Int(place) }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// A block's place in its graph. The flow that is run is block 0.
package struct BlockID: Sendable, Hashable {
  private let place: Int32
  package init(_ index: Int) { place = Int32(index) }
  package var index: Int { Int(place) }
  package static let main = BlockID(0)
}

/// A node of a graph, whichever pass it is in.
package struct Site: Sendable, Hashable {
  package let block: BlockID
  package let node: NodeID

  package init(block: BlockID, node: NodeID) {
    self.block = block
    self.node = node
  }
}
