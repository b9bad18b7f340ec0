extension Builtin {
  static let unique = Builtin(
    "unique", usage: "xs.unique", "The list with the first of equal elements only.",
    type: { types throws(Mistake) in .list(try types.elements()) },
    body: { arguments in
      var seen: Set<Value> = []
      return .list(arguments.list.filter { seen.insert($0).inserted })
    })
}
