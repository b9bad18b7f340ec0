package import WeirProgram
package import WeirValues

/// One thing of a run: a value that comes in, is computed, is asked for, or goes out; or a block of such.
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
    /// An element, an index, what goes round, `meta(step)`, or an export.
    case value(ValueID)
    case work(Work)
    indirect case output(Output)
  }

  package let kind: Kind
  package let origin: Origin
  /// A word that no other node of the graph has and that every printer can write as it is:
  /// `step_caption`, `output`, `for_1__step_notes`.
  package let key: String
  /// Nil for the output without a name, and for what has none.
  package let name: String?
  /// Nil for what has no value: `for`, `if`, `repeat` and `until`.
  package let type: ValueType?
  /// What the text of the flow alone decides: the model of a step, the command of a run, the bound of a
  /// `repeat`; nil where an input does, or a file.
  let known: Value?
  /// The body of a `for` or `repeat`, the branches of an `if`, the flow that is called.
  package internal(set) var blocks: [BlockID] = []
  /// The exports that a `for`, `if` or `repeat` completes; the first one of a `repeat` is its variable.
  package internal(set) var exports: [NodeID] = []
  /// Of an export, the `for`, `if` or `repeat` that completes it.
  package internal(set) var completer: NodeID?
  /// Of an export, what it is inside: one node for each body that makes it; of a repeat's variable, both the
  /// variable and `next`.
  package internal(set) var sources: [Site] = []

  init(kind: Kind, origin: Origin, key: String, name: String?, type: ValueType?, known: Value?) {
    self.kind = kind
    self.origin = origin
    self.key = key
    self.name = name
    self.type = type
    self.known = known
  }

  /// Of a step, where no input decides it: a string, or the list of strings that are tried in order.
  package var model: Value? { kind == .step ? known : nil }

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
