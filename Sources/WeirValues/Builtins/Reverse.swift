extension Builtin {
  static let reverse = Builtin(
    "reverse", usage: "xs.reverse", "The list from its end to its beginning.",
    type: { types throws(Mistake) in .list(try types.elements()) },
    body: { arguments in .list(arguments.list.reversed()) })
}
