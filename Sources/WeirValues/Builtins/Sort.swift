extension Builtin {
  static let sort = Builtin(
    "sort", usage: "xs.sort or xs.sort(key)",
    """
    The list from the least to the greatest element, or by a key that is worked out for each: \
    `rows.sort(-it.score)`. Equal ones keep their order. Strings go by their code points.
    """,
    takes: 0...1, perElement: 1,
    type: { types throws(Mistake) in .list(try types.orderedElements()) },
    body: { arguments in
      let keys = arguments.keys
      let places = keys.indices.sorted { left, right in
        if Order.isBefore(keys[left], keys[right]) { return true }
        return left < right && !Order.isBefore(keys[right], keys[left])
      }
      let elements = arguments.list
      return .list(places.map { elements[$0] })
    })
}
