extension Builtin {
  static let first = Builtin(
    "first", usage: "xs.first or xs.first(count)",
    "The first element, null of an empty list; with a count the list of the first so many.",
    takes: 0...1, rules: [1: .atLeast(0)],
    type: { types throws(Mistake) in
      try Builtin.endType(types, help: "`truncate(count)` takes the beginning of a text")
    },
    body: { arguments in
      arguments.has(1)
        ? .list(Array(arguments.list.prefix(arguments.int(1)))) : arguments.list.first ?? .null
    })

  static let last = Builtin(
    "last", usage: "xs.last or xs.last(count)",
    "The last element, null of an empty list; with a count the list of the last so many.",
    takes: 0...1, rules: [1: .atLeast(0)],
    type: { types throws(Mistake) in try Builtin.endType(types, help: nil) },
    body: { arguments in
      arguments.has(1)
        ? .list(Array(arguments.list.suffix(arguments.int(1)))) : arguments.list.last ?? .null
    })

  private static func endType(_ types: ArgumentTypes, help: String?) throws(Mistake) -> ValueType {
    let isText = types.types.fits(types.receiver, .string)
    let element = try types.elements(help: isText ? help : nil)
    guard types.has(1) else { return element.optional }
    try types.argument(1, is: .int, "the count")
    return .list(element)
  }
}
