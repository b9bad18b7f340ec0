package import WeirProgram
package import WeirValues

/// One thing of a run: a value that comes in, is computed, is asked for, or goes out.
package struct Node: Sendable {
  package enum Kind: String, Sendable {
    case input
    case `let`
    case step
    case output
  }

  /// What of the program it stands for: a named value, or an output by its place.
  package enum Origin: Sendable, Hashable {
    case value(ValueID)
    case output(Int)
  }

  package let origin: Origin
  package let kind: Kind
  /// Nil for the output without a name.
  package let name: String?
  package let type: ValueType
  /// Of a step, where no input decides it: a string, or the list of strings that are tried in order.
  package let model: Value?

  package init(_ kind: Kind, _ origin: Origin, name: String?, type: ValueType, model: Value? = nil) {
    self.kind = kind
    self.origin = origin
    self.name = name
    self.type = type
    self.model = model
  }

  /// A word that no other node of the graph has and that every printer can write as it is:
  /// `step_caption`, `output`.
  package var key: String { name.map { "\(kind.rawValue)_\($0)" } ?? kind.rawValue }
}

/// A node's place in its graph.
package struct NodeID: Sendable, Hashable, Comparable {
  package let index: Int
  package init(_ index: Int) { self.index = index }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}
