package import WeirDiagnostics

extension DiagnosticCode {
  /// What lexer and parser report.
  package static let syntaxCodes: [DiagnosticCode] = [
    .badEscape, .badIndentation, .badNumber, .chainedComparison, .notUTF8, .notYet, .strayTag,
    .textBesideQuotes,
    .tooDeep, .unclosedBlock, .unclosedBracket, .unclosedSection, .unclosedString, .unclosedTag,
    .unexpectedCharacter, .unexpectedToken, .unknownEntry,
  ]

  static let badEscape = DiagnosticCode(
    "bad-escape",
    """
    In a string on one line a backslash begins an escape: `\\n`, `\\t`, `\\"`, `\\\\`, `\\u{…}` with a code \
    point in hexadecimal, or `\\{{` for two braces. Any other is most likely a slip, so it is not passed \
    on silently. In a text block between `\"""` nothing is an escape but `\\{{` and `\\\"""`.
    """,
    wrong: #"""
      output "C:\work"

      """#,
    right: #"""
      output "C:\\work"

      """#)

  static let badIndentation = DiagnosticCode(
    "bad-indentation",
    """
    The indentation of the closing `\"""`, which begins its line, is taken off every line of a text block. \
    So every line that is not blank begins with at least that much, in the same blanks and tabs.
    """,
    wrong: #"""
      output """
        Dear reader,
       welcome.
        """

      """#,
    right: #"""
      output """
        Dear reader,
        welcome.
        """

      """#)

  static let badNumber = DiagnosticCode(
    "bad-number",
    """
    A number is digits with an optional fraction and `_` between digits (`3`, `0.5`, `1_000`), and may \
    carry a unit: `500ms`, `30s`, `5m`, `2h` for a time, `$0.50` for money.
    """,
    wrong: """
      let wait = 30sec
      output wait

      """,
    right: """
      let wait = 30s
      output wait

      """)

  static let chainedComparison = DiagnosticCode(
    "chained-comparison",
    "Comparisons do not chain. Join two of them with `and`, or ask whether a number is `in` a range.",
    wrong: """
      input n: int
      output 1 <= n <= 5

      """,
    right: """
      input n: int
      output n in 1...5

      """)

  static let notUTF8 = DiagnosticCode(
    "not-utf8",
    """
    A flow is UTF-8 text. The bytes at this place are not, most often because the file was saved in an \
    older encoding such as Latin-1 or Windows-1252, or is no text at all. Save it as UTF-8.
    """,
    wrong: "output \"caf\u{FFFD}\"\n",
    right: "output \"café\"\n")

  package static let notYet = DiagnosticCode(
    "not-yet",
    """
    This is a word of the language that this version of Weir does not run yet. The rest of the file is \
    checked all the same. `docs/language.md` says what works now.
    """,
    wrong: """
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }

      test "it is polite" {
        reply hello = "Good morning."
        check hello != ""
      }

      """,
    right: """
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }

      """)

  static let strayTag = DiagnosticCode(
    "stray-tag",
    """
    `{{ else }}` and `{{ end }}` belong to an `{{ if … }}` or `{{ for … }}` that opened before them in the \
    same string.
    """,
    wrong: """
      output "Hello{{ end }}"

      """,
    right: """
      output "Hello"

      """)

  static let textBesideQuotes = DiagnosticCode(
    "text-beside-quotes",
    """
    The text of a block starts on the line after its opening `\"""`, and its closing `\"""` begins a line \
    of its own.
    """,
    wrong: #"""
      output """Dear reader,
        welcome.
        """

      """#,
    right: #"""
      output """
        Dear reader,
        welcome.
        """

      """#)

  static let tooDeep = DiagnosticCode(
    "too-deep",
    """
    Expressions, types and tags may stand in one another some hundred levels deep. What is deeper was made \
    by a machine, or by a bracket that never closes.
    """,
    wrong: "output \(String(repeating: "(", count: 150))1\(String(repeating: ")", count: 150))\n",
    right: "output 1\n")

  static let unclosedBlock = DiagnosticCode(
    "unclosed-text-block",
    """
    A text block that `\"""` opens ends at the next `\"""` that begins its line. Without it, the text \
    would run on to the end of the file.
    """,
    wrong: #"""
      output """
        Dear reader

      """#,
    right: #"""
      output """
        Dear reader
        """

      """#)

  static let unclosedBracket = DiagnosticCode(
    "unclosed-bracket",
    "Every `(`, `[` and `{` needs its closing one. The message points at the one that was left open.",
    wrong: """
      let tones = ["warm", "dry"
      output tones

      """,
    right: """
      let tones = ["warm", "dry"]
      output tones

      """)

  static let unclosedSection = DiagnosticCode(
    "unclosed-section",
    "An `{{ if … }}` or `{{ for … }}` is closed by `{{ end }}` in the string that opened it.",
    wrong: """
      input polite: bool
      output "{{ if polite }}Dear reader"

      """,
    right: """
      input polite: bool
      output "{{ if polite }}Dear {{ end }}reader"

      """)

  static let unclosedString = DiagnosticCode(
    "unclosed-string",
    """
    A string in `"…"` ends on the line on which it begins. Text of several lines stands between `\"""` \
    and `\"""`.
    """,
    wrong: """
      output "Hello

      """,
    right: """
      output "Hello"

      """)

  static let unclosedTag = DiagnosticCode(
    "unclosed-tag",
    "A tag `{{ … }}` stands on one line. To write two braces as text, write `\\{{`.",
    wrong: """
      input name: string
      output "Hello {{ name"

      """,
    right: """
      input name: string
      output "Hello {{ name }}"

      """)

  static let unexpectedCharacter = DiagnosticCode(
    "unexpected-character",
    """
    Nothing in the language begins with this character. Quotes are straight (`"`), and names are ASCII \
    letters, digits and `_`.
    """,
    wrong: """
      output “Hello”

      """,
    right: """
      output "Hello"

      """)

  static let unexpectedToken = DiagnosticCode(
    "unexpected-token",
    "Something else was expected at this place. The message says what was found and what would be accepted.",
    wrong: """
      input photo image
      output "x"

      """,
    right: """
      input name: string
      output name

      """)

  static let unknownEntry = DiagnosticCode(
    "unknown-entry",
    """
    Every entry of a file begins with one of the language's words: `about`, `use`, `input`, `type`, \
    `let`, `defaults`, `limits`, `models`, `provider`, `tool`, `step`, `for`, `if`, `repeat`, `output`.
    """,
    wrong: """
      ouput "Hello"

      """,
    right: """
      output "Hello"

      """)
}
