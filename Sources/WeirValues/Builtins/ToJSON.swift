extension Builtin {
  static let toJSON = Builtin(
    "to_json", usage: "x.to_json",
    "The value as JSON on one line, its fields in the order in which they were declared.",
    type: { types throws(Mistake) in
      if types.types.carriesMedia(types.receiver) {
        throw Mistake(
          0, "`to_json` works on what JSON can say, found `\(types.types.describe(types.receiver))`")
      }
      return .string
    },
    body: { arguments in .string(arguments.receiver.json()) })
}
