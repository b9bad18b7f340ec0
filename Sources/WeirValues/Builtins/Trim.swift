extension Builtin {
  static let trim = Builtin(
    "trim", usage: "text.trim", "The text without the white space at its ends.",
    type: { types throws(Mistake) in
      try types.receiverIsText()
      return .string
    },
    body: { arguments in .string(Builtin.trimmed(arguments.text)) })

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
    let end = scalars.lastIndex { !$0.properties.isWhitespace }.map(scalars.index(after:)) ?? start
    return String(scalars[start..<end])
  }
}
