extension Builtin {
  static let join = Builtin(
    "join", usage: "xs.join(separator)",
    """
    The elements, strings or numbers, one after another as one text with the separator between; \
    without one there is nothing between them. Numbers are written as in JSON.
    """,
    takes: 0...1,
    type: { types throws(Mistake) in
      let element = try types.elements()
      guard types.types.fits(element, .union([.string, .number])) else {
        throw Mistake(
          0, "`join` joins strings or numbers, found `\(types.types.describe(types.receiver))`",
          help: "make a string of each first: `[\"{{x}}\" for x in xs]`")
      }
      if types.has(1) { try types.argument(1, is: .string, "the separator") }
      return .string
    },
    body: { arguments in
      let separator = arguments.has(1) ? arguments.text(1) : ""
      return .string(
        arguments.list.map { $0.string ?? $0.json() }.joined(separator: separator))
    })
}
