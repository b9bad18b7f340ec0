/// What values are put in order by: numbers, strings or booleans, never a mixture.
enum Order {
  /// Strings go by their code points, whatever the language; false goes before true.
  static func isBefore(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a < b
    case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.bool(let a), .bool(let b)): !a && b
    default: preconditionFailure("\(left.noun) and \(right.noun) have no order")
    }
  }

  /// Whether all values of the type can be put in order.
  static func orders(_ type: ValueType, in types: TypeTable) -> Bool {
    [.number, .string, .bool].contains { types.fits(type, $0) }
  }
}

extension ArgumentTypes {
  /// The type of the elements, which, or whose keys, must have an order.
  func orderedElements() throws(Mistake) -> ValueType {
    let element = try elements()
    guard Order.orders(key(element), in: types) else {
      let isRecord =
        !has(1) && types.members(element).allSatisfy { if case .record = $0 { true } else { false } }
      throw wrongKey(
        "needs numbers, strings or bools to go by, one kind of them", key(element),
        help: isRecord ? "say what to go by: `\(builtin)(it.name)`" : nil)
    }
    return element
  }
}

extension Arguments {
  /// What the elements of the receiver go by.
  var keys: [Value] { has(1) ? list(1) : list }
}
