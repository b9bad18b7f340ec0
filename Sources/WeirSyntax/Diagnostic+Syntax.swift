package import WeirDiagnostics

extension Diagnostic {
  static func unexpectedCharacter(_ found: String, at span: Span, edits: [Edit]) -> Diagnostic {
    Diagnostic(
      .unexpectedCharacter, "nothing begins with `\(found.prefix(1))`", at: span, help: spelling(of: found),
      edits: edits)
  }

  /// How what other languages write with such a character is written here.
  private static func spelling(of found: String) -> String? {
    switch found.first {
    case "“", "”", "„", "‘", "’", "'", "`": "write straight double quotes: \"…\""
    case "&": "write `and`"
    case "|": "write `or`"
    case "!": "write `not`"
    case ";": "an entry ends with its line"
    default: nil
    }
  }

  static func unclosedString(at span: Span) -> Diagnostic {
    Diagnostic(
      .unclosedString, "the string is not closed on its line", at: span,
      help: "add `\"`, or put text of several lines between `\"\"\"` and `\"\"\"`")
  }

  static func unclosedTag(at span: Span) -> Diagnostic {
    Diagnostic(
      .unclosedTag, "the tag is not closed on its line", at: span,
      help: "close it with `}}`; two braces as text are written `\\{{`")
  }

  static func unclosedBlock(at span: Span) -> Diagnostic {
    Diagnostic(
      .unclosedBlock, "the text block is not closed", at: span,
      help: "put `\"\"\"` on a line of its own after the text")
  }

  static func notUTF8(at span: Span) -> Diagnostic {
    Diagnostic(.notUTF8, "the file is not UTF-8 text", at: span, help: "save it as UTF-8")
  }

  static func unexpected(
    _ found: String, expected: String, at span: Span, help: String? = nil, edits: [Edit] = []
  ) -> Diagnostic {
    Diagnostic(.unexpectedToken, "expected \(expected), found \(found)", at: span, help: help, edits: edits)
  }

  static func missingComma(after end: Int, in file: FileID) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "expected `,` between two elements, found a new line",
      at: Span(max(0, end - 1)..<end, in: file),
      help: "in `[ ]` and `( )` elements are parted by commas, also from line to line",
      edits: [Edit(Span(end..<end, in: file), ",")])
  }

  static func unclosedBracket(_ sign: String, opened: Span, found: String, at place: Span) -> Diagnostic {
    Diagnostic(
      .unclosedBracket, "this `\(sign)` is not closed",
      at: [.init(opened), .init(place, "found \(found) here")],
      help: "add `\(sign == "(" ? ")" : sign == "[" ? "]" : "}")`")
  }

  static func unknownEntry(_ word: String, nearest: Guess?, at span: Span) -> Diagnostic {
    let meant: String? =
      switch word {
      case "elif", "elsif", "elseif": "write `else if`, behind the `}` of the branch above"
      case "while", "loop": "write `repeat x = start, up to n { … until … next … }`"
      case "foreach", "each", "map": "write `for x in list { … }`"
      case "var", "const", "set", "val": "write `let name = …`; a name never changes"
      case "import", "include", "from", "require": "write `use \"./other.flow\"` or `use \"std/…\"`"
      case "return", "print", "echo", "yield": "write `output …`"
      case "def", "func", "function", "fn":
        "a flow of its own is a function: `use \"./other.flow\"`, then `step x = other(…)`"
      case "until", "next": "it stands directly in the body of a `repeat`"
      default: nil
      }
    return Diagnostic(
      .unknownEntry, "no entry begins with `\(word)`", at: span,
      help: meant ?? nearest?.question
        ?? "an entry begins with `input`, `let`, `type`, `step`, `output` or another word of the language",
      edits: meant == nil ? nearest?.edits(at: span) ?? [] : [])
  }

  package static func notYet(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .notYet, "\(what) does not work yet in this version", at: span,
      help: "see `weir explain not-yet`")
  }

  static func tooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      .tooDeep, "this is nested too deep", at: span, help: "give a part of it a name with `let`")
  }

  static func badNumber(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badNumber, "`\(text)` is not a number", at: span,
      help: "numbers are written `3`, `0.5`, `1_000`, `500ms`, `30s`, `5m`, `2h` or `$0.50`")
  }

  static func chainedComparison(at span: Span) -> Diagnostic {
    Diagnostic(
      .chainedComparison, "comparisons do not chain", at: span,
      help: "join two comparisons with `and`, or use `in 1...5`")
  }

  static func badEscape(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badEscape, "`\(text)` is not an escape", at: span,
      help: "write `\\\\` for a backslash; the escapes are \\n \\t \\\" \\\\ \\u{…} and \\{{")
  }

  static func badIndentation(at span: Span, closing: Span) -> Diagnostic {
    Diagnostic(
      .badIndentation, "this line is indented less than the closing quotes",
      at: [.init(span), .init(closing, "this indentation is taken off every line")],
      help: "indent the line at least as far, with the same blanks and tabs")
  }

  static func textBesideQuotes(_ isOpening: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      .textBesideQuotes,
      isOpening
        ? "the text of a block starts on the line after its opening quotes"
        : "the closing quotes of a block begin a line of their own", at: span,
      help: "break the line \(isOpening ? "after" : "before") `\"\"\"`")
  }

  static func strayTag(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .strayTag, "no open `if` or `for` in this string for this `{{ \(word) }}`", at: span,
      help: "remove it, or open one before it")
  }

  static func unclosedSection(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unclosedSection, "this `{{ \(word) … }}` is not closed in its string", at: span,
      help: "add `{{ end }}`")
  }
}
