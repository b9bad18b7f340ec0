import WeirDiagnostics

extension Lexer {
  /// How to write here what other languages write with signs that are none of ours; only where it can
  /// mean nothing else.
  func respelling(_ range: Range<Int>) -> [Diagnostic.Edit] {
    let text = String(decoding: bytes[range], as: UTF8.self)
    let replacement: String? =
      switch text {
      case "&&": blanked("and", range)
      case "||": blanked("or", range)
      case ";": endsLine(range.upperBound) ? "" : nil
      default: requoted(text)
      }
    return replacement.map { [Diagnostic.Edit(span(range), $0)] } ?? []
  }

  /// A word needs a blank on either side, where a sign needs none.
  private func blanked(_ word: String, _ range: Range<Int>) -> String {
    let isFree = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    let before = range.lowerBound == 0 || isFree(bytes[range.lowerBound - 1]) ? "" : " "
    return before + word + (isFree(byte(range.upperBound)) ? "" : " ")
  }

  /// Whether only blanks or a comment follow on the line.
  private func endsLine(_ start: Int) -> Bool {
    var next = start
    while byte(next) == 0x20 || byte(next) == 0x09 { next += 1 }
    return next >= bytes.count || [0x0A, 0x0D, UInt8(ascii: "#")].contains(bytes[next])
  }

  /// `'text'` and `“text”` with straight double quotes, where nothing in it would be read otherwise then.
  private func requoted(_ text: String) -> String? {
    for (opening, closing) in [("'", "'"), ("“", "”")]
    where text.hasPrefix(opening) && text.hasSuffix(closing) {
      let inside = text.dropFirst().dropLast()
      guard text.count > 2, !inside.contains("\""), !inside.contains("\\"), !inside.contains("{{") else {
        return nil
      }
      return "\"\(inside)\""
    }
    return nil
  }
}
