extension Builtin {
  static let flatten = Builtin(
    "flatten", usage: "xs.flatten", "The elements of the lists in a list, as one list.",
    type: { types throws(Mistake) in
      guard let element = types.types.element(ofList: try types.elements()) else {
        throw types.wrongReceiver("lists of lists")
      }
      return .list(element)
    },
    body: { arguments in .list(arguments.list.flatMap { $0.list ?? [] }) })
}
