extension Builtin {
  static let round = Builtin(
    "round", usage: "x.round or x.round(places)",
    "The number rounded to a whole one, or to so many places, 0 to 15; halves go away from zero.",
    takes: 0...1, rules: [1: .within(0...15)],
    type: { types throws(Mistake) in
      try types.receiver(is: .number, "numbers")
      if types.has(1) { try types.argument(1, is: .int, "the places") }
      return types.has(1) && !types.types.fits(types.receiver, .int) ? .number : .int
    },
    body: { arguments in
      .number(arguments.number(0).rounded(toPlaces: arguments.has(1) ? arguments.int(1) : 0))
    })
}
