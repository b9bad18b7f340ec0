extension Builtin {
  static let startsWith = Builtin(
    "starts_with", usage: "text.starts_with(beginning)", "Whether the text begins so.",
    takes: 1...1,
    type: { types throws(Mistake) in
      try types.receiverIsText()
      try types.argument(1, is: .string, "the beginning")
      return .bool
    },
    body: { arguments in .bool(arguments.text.utf8.starts(with: arguments.text(1).utf8)) })

  static let endsWith = Builtin(
    "ends_with", usage: "text.ends_with(ending)", "Whether the text ends so.",
    takes: 1...1,
    type: { types throws(Mistake) in
      try types.receiverIsText()
      try types.argument(1, is: .string, "the ending")
      return .bool
    },
    body: { arguments in
      .bool(arguments.text.utf8.reversed().starts(with: arguments.text(1).utf8.reversed()))
    })
}
