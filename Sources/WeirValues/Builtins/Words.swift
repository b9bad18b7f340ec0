extension Builtin {
  static let words = Builtin(
    "words", usage: "text.words", "The parts of a text between stretches of white space; none is empty.",
    type: { types throws(Mistake) in
      try types.receiverIsText()
      return .list(.string)
    },
    body: { arguments in
      .list(arguments.text.unicodeScalars.split { $0.properties.isWhitespace }.map { .string(String($0)) })
    })
}
