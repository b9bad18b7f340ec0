import WeirDiagnostics

extension DiagnosticCode {
  /// What the checker reports of loops, choices, calls and programs.
  static let workCodes: [DiagnosticCode] = [
    .badContinue, .callInExpression, .constantUntil, .impossibleCondition, .misplacedEntry, .missingArgument,
    .missingNext, .unknownFlow, .unsayableCondition, .untrusted,
  ]

  static let badContinue = DiagnosticCode(
    "bad-continue",
    """
    `continue` carries on the conversation of an earlier step: one that asks a model, and that is one value \
    here, in the same pass of a loop or outside of it. The step keeps the `system` and the `examples` of \
    that conversation and has none of its own.
    """,
    wrong: #"""
      defaults { model: "openai/gpt-4o-mini" }

      let draft = "A text."

      step shorter {
        continue: draft
        prompt: "Make it shorter."
      }

      output [draft, shorter]

      """#,
    right: #"""
      defaults { model: "openai/gpt-4o-mini" }

      step draft {
        prompt: "Write a text."
      }

      step shorter {
        continue: draft
        prompt: "Make it shorter."
      }

      """#)

  static let callInExpression = DiagnosticCode(
    "call-in-expression",
    """
    A flow or a program takes time, may cost money and can fail, so it stands as a step of its own, with a \
    name for what comes of it. Expressions are free of charge.
    """,
    wrong: #"""
      use "std/title"

      defaults { model: "openai/gpt-4o-mini" }

      input text: string
      output title(text: text)

      """#,
    right: #"""
      use "std/title"

      defaults { model: "openai/gpt-4o-mini" }

      input text: string

      step heading = title(text: text)

      output heading

      """#)

  static let constantUntil = DiagnosticCode(
    "constant-until",
    """
    A `repeat` goes on until a condition holds. This one hangs on nothing that changes from pass to pass, \
    so that it either stops at once or never.
    """,
    wrong: #"""
      input wanted: int = 8

      repeat draft = "A text.", up to 3 {
        step better { model: "openai/gpt-4o-mini", prompt: "Improve: {{draft}}" }
        until wanted > 5
        next better
      }

      output draft

      """#,
    right: #"""
      input wanted: int = 8

      repeat draft = "A text.", up to 3 {
        step score -> int { model: "openai/gpt-4o-mini", prompt: "From 1 to 10, how good?\n{{draft}}" }
        until score >= wanted
        step better { model: "openai/gpt-4o-mini", prompt: "Improve: {{draft}}" }
        next better
      }

      output draft

      """#)

  static let impossibleCondition = DiagnosticCode(
    "impossible-condition",
    """
    The bounds of a condition leave no value, so that every answer would be refused, after it was paid for.
    """,
    wrong: #"""
      type Score = int where it > 5 and it < 3

      step score -> Score { model: "openai/gpt-4o-mini", prompt: "How good is tea?" }

      """#,
    right: #"""
      type Score = int where it > 3 and it < 5

      step score -> Score { model: "openai/gpt-4o-mini", prompt: "How good is tea?" }

      """#)

  static let misplacedEntry = DiagnosticCode(
    "misplaced-entry",
    """
    Some entries have one place: `until` and `next` stand directly in the body of a `repeat`, `next` once \
    and last; `weir.flow` holds only `defaults`, `limits`, `models` and `provider`.
    """,
    wrong: #"""
      repeat draft = "A text.", up to 3 {
        step better { model: "openai/gpt-4o-mini", prompt: "Improve: {{draft}}" }
        next better
        until better == draft
      }

      output draft

      """#,
    right: #"""
      repeat draft = "A text.", up to 3 {
        step better { model: "openai/gpt-4o-mini", prompt: "Improve: {{draft}}" }
        until better == draft
        next better
      }

      output draft

      """#)

  static let missingArgument = DiagnosticCode(
    "missing-argument",
    """
    A flow that is called gets a value for each of its inputs, but for those that have a default or may be \
    null. `weir std show NAME`, or the file itself, says what they mean.
    """,
    wrong: #"""
      use "std/translate"

      defaults { model: "openai/gpt-4o-mini" }

      step german = translate(text: "Good morning")

      """#,
    right: #"""
      use "std/translate"

      defaults { model: "openai/gpt-4o-mini" }

      step german = translate(text: "Good morning", language: "German")

      """#)

  static let missingNext = DiagnosticCode(
    "missing-next",
    """
    Each pass of a `repeat` begins with a value, which the pass before it gives with `next`. It stands last \
    in the body.
    """,
    wrong: #"""
      repeat draft = "A text.", up to 3 {
        step better { model: "openai/gpt-4o-mini", prompt: "Improve: {{draft}}" }
        until better == draft
      }

      output draft

      """#,
    right: #"""
      repeat draft = "A text.", up to 3 {
        step better { model: "openai/gpt-4o-mini", prompt: "Improve: {{draft}}" }
        until better == draft
        next better
      }

      output draft

      """#)

  static let unknownFlow = DiagnosticCode(
    "unknown-flow",
    """
    A flow is called by a name that `use` gives it: that of its file, `-` read as `_`, or the one after `as`. \
    `use "std/…"` takes one from the standard library, which `weir std` lists; `use "./…"` one beside this file.
    """,
    wrong: #"""
      input text: string

      step short = summarize(text: text)

      """#,
    right: #"""
      use "std/summarize"

      defaults { model: "openai/gpt-4o-mini" }

      input text: string

      step short = summarize(text: text)

      """#)

  static let unsayableCondition = DiagnosticCode(
    "unsayable-condition",
    """
    What a model must answer is sent to it as JSON Schema, which can say bounds, lengths, lists of values and \
    patterns. Other conditions are checked on the answer all the same, but the model does not know of them.
    """,
    wrong: #"""
      type Title = string where it.words.count <= 8

      step title -> Title { model: "openai/gpt-4o-mini", prompt: "A title for a text about tea." }

      """#,
    right: #"""
      type Title = string where it.count <= 60 "At most eight words"

      step title -> Title { model: "openai/gpt-4o-mini", prompt: "A title for a text about tea." }

      """#)

  static let untrusted = DiagnosticCode(
    "untrusted",
    """
    What a model or a program has written may hold anything, so it does not go into the arguments, the input \
    or the environment of a program by itself. No shell reads it, yet a program may take it for an option \
    or a path. Where you have thought about that, `trusted(…)` says so.
    """,
    wrong: #"""
      step name { model: "openai/gpt-4o-mini", prompt: "Name a branch for a fix of a typing error." }

      step made = run(["git", "branch", name])

      output made

      """#,
    right: #"""
      step name { model: "openai/gpt-4o-mini", prompt: "Name a branch for a fix of a typing error." }

      step made = run(["git", "branch", "--", trusted(name)])

      output made

      """#)
}
