import WeirValues

extension Fitter {
  mutating func fitUnion(_ index: Int, _ type: ValueType) -> Value? {
    // Most unions are optionals, and most of their values are there.
    if case .union(let members) = type, members.count == 2, members[1] == .null {
      return fitOptional(index, members[0])
    }
    return best(index, alternatives(of: type))
  }

  private mutating func fitOptional(_ index: Int, _ type: ValueType) -> Value? {
    if isNull(index) { return absence(index) }
    let mark = log.mark
    if let value = fit(index, type), !log.hasFaults(since: mark) { return value }
    guard let absence = Self.absence(in: node(index), reader, index) else { return nil }
    _ = log.takeBack(to: mark)
    note(absence, at: index)
    return .null
  }

  private func isNull(_ index: Int) -> Bool {
    switch node(index).kind {
    case .missing: true
    case .bare: node(index).end - node(index).start <= 9 && NullWords.isKeyword(reader.text(of: index))
    case .object, .list, .string: false
    }
  }

  private mutating func absence(_ index: Int) -> Value? {
    if node(index).kind == .missing { note(.missingValue, at: index) }
    return .null
  }

  /// What a word that stands for nothing is forgiven as.
  private static func absence(
    in node: LooseTree.Node, _ reader: LooseReader, _ index: Int
  ) -> Reading.Change.Kind? {
    switch node.kind {
    case .string, .bare:
      node.end - node.start <= 14 && NullWords.contains(reader.text(of: index)) ? .textAsNull : nil
    case .object, .list, .missing: nil
    }
  }

  /// The members, all texts of an enumeration as one.
  private func alternatives(of type: ValueType) -> [Alternative] {
    var labels: [String] = []
    var alternatives: [Alternative] = []
    for member in types.members(type) {
      if case .text(let label) = member {
        if labels.isEmpty { alternatives.append(.labels([])) }
        labels.append(label)
      } else {
        alternatives.append(.type(member))
      }
    }
    if labels.isEmpty { return alternatives }
    return alternatives.map { $0 == .labels([]) ? .labels(labels) : $0 }
  }
}
