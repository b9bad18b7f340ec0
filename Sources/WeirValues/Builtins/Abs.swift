extension Builtin {
  static let abs = Builtin(
    "abs", usage: "x.abs", "The number without its sign.",
    type: { types throws(Mistake) in
      try types.receiver(is: .number, "numbers")
      return types.types.fits(types.receiver, .int) ? .int : .number
    },
    body: { arguments in .number(arguments.number(0).magnitude) })
}
