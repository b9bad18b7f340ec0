import WeirDiagnostics

// What is told of values that are not of the type that is wanted.

extension DiagnosticCode {
  static let endlessType = DiagnosticCode(
    "endless-type",
    """
    A type may refer to itself only through a list, an optional, or a union with another way out. \
    Otherwise every value would have to hold another one for ever.
    """,
    wrong: #"""
      type Node {
        name: string
        next: Node
      }

      step chain -> Node { model: "google/gemini-2.5-flash", prompt: "Name a chain of rivers." }

      """#,
    right: #"""
      type Node {
        name: string
        next: Node?
      }

      step chain -> Node { model: "google/gemini-2.5-flash", prompt: "Name a chain of rivers." }

      """#)

  static let needlessFallback = DiagnosticCode(
    "needless-fallback",
    """
    `??` says what holds where the value before it is null. This one never is, so what follows `??` \
    is never used.
    """,
    wrong: #"""
      input name: string
      output name ?? "nobody"

      """#,
    right: #"""
      input name: string?
      output name ?? "nobody"

      """#)

  static let needsStep = DiagnosticCode(
    "needs-step",
    """
    All settings but `prompt` and `system` are known before the first request, so that what a run \
    will do and cost can be told before it begins. They use literals, inputs, and `let`s over those, \
    but no step's answer.
    """,
    wrong: #"""
      step warmth -> number { model: "google/gemini-2.5-flash", prompt: "A number from 0 to 1." }

      step poem {
        model: "google/gemini-2.5-flash"
        temperature: warmth
        prompt: "Write a poem."
      }

      """#,
    right: #"""
      input warmth: number = 0.8

      step poem {
        model: "google/gemini-2.5-flash"
        temperature: warmth
        prompt: "Write a poem."
      }

      """#)

  static let neverEqual = DiagnosticCode(
    "never-equal",
    """
    The two sides have no value in common, so the comparison says nothing. Most often a literal is \
    misspelt, or one side is a number and the other text.
    """,
    wrong: #"""
      input mood: "calm" | "tense"
      output if mood == "clam" then 1 else 2

      """#,
    right: #"""
      input mood: "calm" | "tense"
      output if mood == "calm" then 1 else 2

      """#)

  static let notConstant = DiagnosticCode(
    "not-constant",
    """
    Here the value itself is written out, since it must be known when the file is read.
    """,
    wrong: #"""
      input many: int
      limits { concurrency: many }
      output many

      """#,
    right: #"""
      limits { concurrency: 8 }
      output 8

      """#)

  static let optionalInText = DiagnosticCode(
    "optional-in-template",
    """
    The value may be null, and null has no text: it would be a hole in the prompt that nobody sees. \
    Say what stands there instead, or leave the sentence out.
    """,
    wrong: #"""
      input name: string?
      output "Dear {{name}}"

      """#,
    right: #"""
      input name: string?
      output "Dear {{ name ?? "reader" }}"

      """#)

  static let optionalValue = DiagnosticCode(
    "optional-value",
    """
    The value may be null, and here it must not be. `??` says what holds instead; `if x != null` \
    makes sure that it is there; `x?.name` passes the null on.
    """,
    wrong: #"""
      input name: string?
      output name.upper

      """#,
    right: #"""
      input name: string?
      output (name ?? "nobody").upper

      """#)

  static let outOfRange = DiagnosticCode(
    "out-of-range",
    """
    The endpoints take numbers of a certain range here: `temperature` from 0 to 2, `top_p` from 0 to \
    1, `max_tokens` from 1 up. Another would be refused after the request was made.
    """,
    wrong: #"""
      step hello { model: "google/gemini-2.5-flash", temperature: 3, prompt: "Say hello." }

      """#,
    right: #"""
      step hello { model: "google/gemini-2.5-flash", temperature: 1.2, prompt: "Say hello." }

      """#)

  static let plainString = DiagnosticCode(
    "plain-string",
    """
    What documents or names something (`about`, documentation, a literal type) is read without \
    running anything, so it has no tags.
    """,
    wrong: #"""
      input tone: string = "warm" "The tone, such as {{tone}}"
      output tone

      """#,
    right: #"""
      input tone: string = "warm" "The tone, such as warm"
      output tone

      """#)

  static let typeMismatch = DiagnosticCode(
    "type-mismatch",
    """
    A value of one type stands where another is wanted. Types are checked before anything is asked, \
    since an answer that does not fit is paid for all the same.
    """,
    wrong: #"""
      input count: int = "three"
      output count

      """#,
    right: #"""
      input count: int = 3
      output count

      """#)

  static let unit = DiagnosticCode(
    "unit",
    """
    A time is written with its unit (`500ms`, `30s`, `5m`, `2h`), so that nobody has to know whether \
    it is seconds; a plain number is written without one.
    """,
    wrong: #"""
      step hello { model: "google/gemini-2.5-flash", timeout: 30, prompt: "Say hello." }

      """#,
    right: #"""
      step hello { model: "google/gemini-2.5-flash", timeout: 30s, prompt: "Say hello." }

      """#)

  static let wrongArgument = DiagnosticCode(
    "wrong-argument",
    """
    The built-in function takes other values, or another number of them. The message says what it \
    takes.
    """,
    wrong: #"""
      input words: [string]
      output words.join(3)

      """#,
    right: #"""
      input words: [string]
      output words.join(", ")

      """#)
}
