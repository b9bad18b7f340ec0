extension Builtin {
  static let lines = Builtin(
    "lines", usage: "text.lines",
    "The lines of a text without their ends, which are LF or CRLF. An end after the last line begins no other.",
    type: { types throws(Mistake) in
      try types.receiverIsText()
      return .list(.string)
    },
    body: { arguments in .list(Builtin.lines(of: arguments.text).map { .string(String($0)) }) })

  private static func lines(of text: String) -> [Substring] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { Substring($0.last == 0x0D ? $0.dropLast() : $0) }
  }
}
