extension Builtin {
  static let any = Builtin(
    "any", usage: "xs.any(condition)",
    "Whether the condition holds for an element, `it`; a list of bools needs none. False of an empty list.",
    takes: 0...1, perElement: 1,
    type: { types throws(Mistake) in try Builtin.conditionType(types) },
    body: { arguments in .bool(arguments.keys.contains { arguments.bool($0) }) })

  static let all = Builtin(
    "all", usage: "xs.all(condition)",
    "Whether the condition holds for every element, `it`; a list of bools needs none. True of an empty list.",
    takes: 0...1, perElement: 1,
    type: { types throws(Mistake) in try Builtin.conditionType(types) },
    body: { arguments in .bool(arguments.keys.allSatisfy { arguments.bool($0) }) })

  private static func conditionType(_ types: ArgumentTypes) throws(Mistake) -> ValueType {
    let key = types.key(try types.elements())
    guard types.types.fits(key, .bool) else {
      throw types.wrongKey(
        types.has(1) ? "needs a condition, a bool" : "needs a condition for elements that are no bools", key,
        help: types.has(1) ? nil : "write one about `it`: `\(types.builtin)(it != \"\")`")
    }
    return .bool
  }
}
