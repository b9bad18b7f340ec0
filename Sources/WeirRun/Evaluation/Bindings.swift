package import WeirProgram
package import WeirValues

/// The values that names stand for while something is evaluated.
///
/// A node that reads very many names mostly reads names that stand in a row: their values lie side by side, which
/// takes a third of the room of a table.
package struct Bindings: Sendable {
  private var table: [ValueID: Value] = [:]
  private var row: [Value?] = []
  /// The number of the name that the row begins with.
  private var first = 0

  package init() {}

  /// Room for the values of these names.
  package init(roomFor ids: some Collection<ValueID>) {
    guard let one = ids.first?.index else { return }
    var (least, most) = (one, one)
    for id in ids {
      least = min(least, id.index)
      most = max(most, id.index)
    }
    if most - least < 2 * ids.count {
      first = least
      row = Array(repeating: nil, count: most - least + 1)
    } else {
      table.reserveCapacity(ids.count)
    }
  }

  /// The values of names whose numbers follow each other: that of the first one may be less than 0, of which
  /// there is none then.
  init(row: [Value?], from first: Int) {
    self.row = row
    self.first = first
  }

  package subscript(id: ValueID) -> Value? {
    get {
      let place = id.index - first
      return row.indices.contains(place) ? row[place] : table[id]
    }
    set {
      let place = id.index - first
      if row.indices.contains(place) { row[place] = newValue } else { table[id] = newValue }
    }
  }
}

extension Bindings {
  /// These and others, which hide those of the same name.
  package func adding(_ others: Bindings) -> Bindings {
    var all = self
    for (id, value) in others.table { all[id] = value }
    for (place, value) in others.row.enumerated() {
      if let value, others.first + place >= 0 { all[ValueID(others.first + place)] = value }
    }
    return all
  }
}

extension Bindings: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (ValueID, Value)...) {
    for (id, value) in elements { self[id] = value }
  }
}
