extension Builtin {
  static let min = Builtin(
    "min", usage: "xs.min or xs.min(key)",
    "The least element, or the first of those with the least key; null of an empty list.",
    takes: 0...1, perElement: 1,
    type: { types throws(Mistake) in try types.orderedElements().optional },
    body: { arguments in Builtin.best(arguments, Order.isBefore) })

  static let max = Builtin(
    "max", usage: "xs.max or xs.max(key)",
    "The greatest element, or the first of those with the greatest key; null of an empty list.",
    takes: 0...1, perElement: 1,
    type: { types throws(Mistake) in try types.orderedElements().optional },
    body: { arguments in Builtin.best(arguments) { Order.isBefore($1, $0) } })

  private static func best(_ arguments: Arguments, _ isBetter: (Value, Value) -> Bool) -> Value {
    let keys = arguments.keys
    guard var best = keys.indices.first else { return .null }
    for index in keys.indices where isBetter(keys[index], keys[best]) { best = index }
    return arguments.list[best]
  }
}
