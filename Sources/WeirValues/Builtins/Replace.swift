extension Builtin {
  static let replace = Builtin(
    "replace", usage: "text.replace(old, new)",
    "The text with `new` in every place of `old`, from left to right; what was put in is not searched.",
    takes: 2...2, rules: [1: .notEmpty],
    type: { types throws(Mistake) in
      try types.receiverIsText()
      try types.argument(1, is: .string, "the old text")
      try types.argument(2, is: .string, "the new text")
      return .string
    },
    body: { arguments in
      let text = Array(arguments.text.utf8)
      let new = arguments.text(2).utf8
      var result: [UInt8] = []
      var start = 0
      TextSearch(arguments.text(1)).forEachMatch(in: text) { match in
        result += text[start..<match.lowerBound]
        result += new
        start = match.upperBound
      }
      return .string(String(decoding: result + text[start...], as: UTF8.self))
    })
}
