extension Builtin {
  static let upper = Builtin(
    "upper", usage: "text.upper", "The text in capitals, the same in every language.",
    type: { types throws(Mistake) in
      try types.receiverIsText()
      return .string
    },
    body: { arguments in .string(arguments.text.uppercased()) })

  static let lower = Builtin(
    "lower", usage: "text.lower", "The text in small letters, the same in every language.",
    type: { types throws(Mistake) in
      try types.receiverIsText()
      return .string
    },
    body: { arguments in .string(arguments.text.lowercased()) })
}
