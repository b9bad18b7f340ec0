extension Builtin {
  static let truncate = Builtin(
    "truncate", usage: "text.truncate(count)",
    """
    The text where it has at most so many code points, else the beginning of it with `…` at the end, \
    which counts as one of them.
    """,
    takes: 1...1, rules: [1: .atLeast(0)],
    type: { types throws(Mistake) in
      try types.receiverIsText()
      try types.argument(1, is: .int, "the count")
      return .string
    },
    body: { arguments in .string(Builtin.truncated(arguments.text, to: arguments.int(1))) })

  private static func truncated(_ text: String, to count: Int) -> String {
    let scalars = text.unicodeScalars
    guard scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex) != nil else {
      return text
    }
    if scalars.prefix(count).endIndex == scalars.endIndex { return text }
    return count == 0 ? "" : String(scalars.prefix(count - 1)) + "…"
  }
}
