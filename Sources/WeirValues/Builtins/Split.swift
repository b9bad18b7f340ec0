extension Builtin {
  static let split = Builtin(
    "split", usage: "text.split(separator)",
    "The parts of a text between separators: one more than there are separators, so some may be empty.",
    takes: 1...1, rules: [1: .notEmpty],
    type: { types throws(Mistake) in
      try types.receiverIsText()
      try types.argument(1, is: .string, "the separator")
      return .list(.string)
    },
    body: { arguments in
      let text = Array(arguments.text.utf8)
      var parts: [Value] = []
      var start = 0
      TextSearch(arguments.text(1)).forEachMatch(in: text) { match in
        parts.append(.string(String(decoding: text[start..<match.lowerBound], as: UTF8.self)))
        start = match.upperBound
      }
      parts.append(.string(String(decoding: text[start...], as: UTF8.self)))
      return .list(parts)
    })
}
