import WeirValues

extension TypeTable {
  /// Names that must not be written out: in every circle of names that can be reached from `type`,
  /// the one that is met first.
  func recursiveNames(in type: ValueType) -> Set<TypeID> {
    var walk = RecursionWalk()
    walk.visit(type, self)
    return walk.found
  }
}

/// A walk in depth. Every circle closes at a name whose own walk is still under way.
private struct RecursionWalk {
  private(set) var found: Set<TypeID> = []
  private var underWay: Set<TypeID> = []
  private var seen: Set<TypeID> = []

  mutating func visit(_ type: ValueType, _ types: TypeTable) {
    switch type {
    case .list(let element, _), .dictionary(let element, _): visit(element, types)
    case .record(let fields): for field in fields { visit(field.type, types) }
    case .union(let members): for member in members { visit(member, types) }
    case .named(let id):
      if underWay.contains(id) { found.insert(id) }
      guard seen.insert(id).inserted else { return }
      underWay.insert(id)
      visit(types[id].type, types)
      underWay.remove(id)
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .error: break
    }
  }
}
