import WeirValues

/// What was forgiven for a value.
///
/// The changes, with the paths of the parts that they are about, are made when they are asked for: where
/// thousands of things were forgiven, that takes half as long as to read the value.
struct Forgiven: Sendable {
  private let found: [Found]
  /// Told behind what was found.
  private let others: [Reading.Change]
  private let nodes: [LooseTree.Node]
  private let bytes: [UInt8]

  /// What was found out of a root of the text.
  struct Found: Sendable {
    let root: Int
    /// That of the root in the value.
    let path: ValuePath
    let mends: ArraySlice<LooseTree.Mend>
    let log: FitLog
  }

  init(_ changes: [Reading.Change] = []) {
    found = []
    others = changes
    nodes = []
    bytes = []
  }

  init(_ found: [Found], and others: [Reading.Change], in source: LooseText) {
    self.found = found
    self.others = others
    nodes = source.tree.nodes
    bytes = source.bytes
  }

  /// In the order of the text.
  var changes: [Reading.Change] {
    var changes: [Reading.Change] = []
    let places = MendPlaces(nodes: nodes, bytes: bytes)
    for part in found {
      places.add(part.mends, in: part.root, at: part.path, to: &changes)
      part.log.tellChanges(to: &changes, at: ValuePath())
    }
    changes += others
    let areInOrder = changes.indices.dropFirst().allSatisfy { changes[$0 - 1].offset <= changes[$0].offset }
    return areInOrder ? changes : changes.sorted { $0.offset < $1.offset }
  }

  /// Calls `visit` with the kind of each change, in no order.
  func forEachKind(_ visit: (Reading.Change.Kind) -> Void) {
    for part in found {
      for mend in part.mends { visit(mend.kind) }
      part.log.forEachKind(visit)
    }
    for change in others { visit(change.kind) }
  }
}

extension Forgiven: Hashable {
  static func == (left: Forgiven, right: Forgiven) -> Bool { left.changes == right.changes }

  func hash(into hasher: inout Hasher) { hasher.combine(changes) }
}
