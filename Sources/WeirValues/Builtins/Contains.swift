extension Builtin {
  static let contains = Builtin(
    "contains", usage: "text.contains(part)", "Whether the part stands anywhere in the text.",
    takes: 1...1,
    type: { types throws(Mistake) in
      try types.receiverIsText(help: "`x in xs` asks whether a list has an element")
      try types.argument(1, is: .string, "the part")
      return .bool
    },
    body: { arguments in .bool(TextSearch(arguments.text(1)).isFound(in: arguments.text)) })
}
