extension Builtin {
  static let indent = Builtin(
    "indent", usage: "text.indent(count)",
    "The text with so many blanks, 1000 at most, before every line that is not blank.",
    takes: 1...1, rules: [1: .within(0...1000)],
    type: { types throws(Mistake) in
      try types.receiverIsText()
      try types.argument(1, is: .int, "the count")
      return .string
    },
    body: { arguments in
      let blanks = [UInt8](repeating: 0x20, count: arguments.int(1))
      var result: [UInt8] = []
      for line in arguments.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
        if !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { result += blanks }
        result += line
        result.append(0x0A)
      }
      return .string(String(decoding: result.dropLast(), as: UTF8.self))
    })
}
