import WeirDiagnostics

// What is told of names: unknown, twice there, too late, or used by nothing.

extension DiagnosticCode {
  static let declaredLater = DiagnosticCode(
    "declared-later",
    """
    Every name is declared before it is used, so a reader never has to look down and a circle cannot \
    be written. The name exists, further down in the file.
    """,
    wrong: #"""
      let greeting = "Dear {{name}}"
      input name: string
      output greeting

      """#,
    right: #"""
      input name: string
      let greeting = "Dear {{name}}"
      output greeting

      """#)

  static let duplicateEntry = DiagnosticCode(
    "duplicate-entry",
    """
    Some entries, such as `about` and `defaults`, stand once in a file.
    """,
    wrong: #"""
      about "Greets."
      about "Says hello."
      output "Hello"

      """#,
    right: #"""
      about "Greets: says hello."
      output "Hello"

      """#)

  static let duplicateName = DiagnosticCode(
    "duplicate-name",
    """
    A name means one thing wherever it can be seen: inputs, `let`s, steps and models share their \
    names, and so do the variables of `for`. Fields of one record and named outputs have different \
    names too.
    """,
    wrong: #"""
      input text: string
      let text = "Hello"
      output text

      """#,
    right: #"""
      input text: string
      let greeting = "Hello"
      output "{{greeting}} {{text}}"

      """#)

  static let missingOutput = DiagnosticCode(
    "missing-output",
    """
    The result of a flow is its `output`. Without one it is the answer of the last entry, which then \
    must be a `step`.
    """,
    wrong: #"""
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }
      let loud = hello.upper

      """#,
    right: #"""
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }
      let loud = hello.upper
      output loud

      """#)

  static let mixedOutputs = DiagnosticCode(
    "mixed-outputs",
    """
    A flow has one `output` without a name, or several that each have one and together make a \
    record.
    """,
    wrong: #"""
      output "Hello"
      output "Goodbye"

      """#,
    right: #"""
      output first = "Hello"
      output last = "Goodbye"

      """#)

  static let unknownField = DiagnosticCode(
    "unknown-field",
    """
    The record has no field of this name, or not every member of the union has it. On what is no \
    record, `.name` calls a built-in function.
    """,
    wrong: #"""
      step post -> { title: string } { model: "google/gemini-2.5-flash", prompt: "A headline." }
      output post.titel

      """#,
    right: #"""
      step post -> { title: string } { model: "google/gemini-2.5-flash", prompt: "A headline." }
      output post.title

      """#)

  static let unknownFunction = DiagnosticCode(
    "unknown-function",
    """
    No built-in function has this name. Functions are called on a value, as in `text.upper`; \
    `docs/language.md` lists them.
    """,
    wrong: #"""
      input name: string
      output name.uper()

      """#,
    right: #"""
      input name: string
      output name.upper()

      """#)

  static let unknownName = DiagnosticCode(
    "unknown-name",
    """
    No input, `let`, step, model or variable of this name can be seen at this place. In a prompt, an \
    unfilled placeholder would be sent as it stands or as nothing, so it is refused here.
    """,
    wrong: #"""
      input caption: string
      output "A post about {{captoin}}"

      """#,
    right: #"""
      input caption: string
      output "A post about {{caption}}"

      """#)

  static let unknownType = DiagnosticCode(
    "unknown-type",
    """
    The types are `string`, `int`, `number`, `bool`, `image`, `json`, lists `[T]`, dictionaries \
    `[string: T]`, records `{…}`, literals, unions, and names that a `type` declares above.
    """,
    wrong: #"""
      input age: integer
      output age

      """#,
    right: #"""
      input age: int
      output age

      """#)

  static let unusedInput = DiagnosticCode(
    "unused-input",
    """
    Whoever runs the flow is asked for a value that has no effect. Often a prompt misses the tag \
    that should hold it.
    """,
    wrong: #"""
      input tone: string
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }

      """#,
    right: #"""
      input tone: string
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello in a {{tone}} tone." }

      """#)

  static let unusedLet = DiagnosticCode(
    "unused-let",
    """
    The value is computed and nothing uses it.
    """,
    wrong: #"""
      let greeting = "Hello"
      output "Goodbye"

      """#,
    right: #"""
      let greeting = "Hello"
      output greeting

      """#)

  static let unusedStep = DiagnosticCode(
    "unused-step",
    """
    The step asks a model, which costs money, and nothing uses its answer. Use it in a later prompt \
    or an `output`, or remove the step.
    """,
    wrong: #"""
      step draft { model: "google/gemini-2.5-flash", prompt: "Draft a poem." }
      step poem { model: "google/gemini-2.5-flash", prompt: "Write a poem." }
      output poem

      """#,
    right: #"""
      step draft { model: "google/gemini-2.5-flash", prompt: "Draft a poem." }
      step poem { model: "google/gemini-2.5-flash", prompt: "Finish this poem: {{draft}}" }
      output poem

      """#)

  static let unusedUse = DiagnosticCode(
    "unused-use",
    """
    The flow is read and checked, and nothing here calls it, offers it as a tool, or names something of it.
    """,
    wrong: #"""
      use "std/summarize"
      use "std/translate"

      defaults { model: "openai/gpt-4o-mini" }

      step short = summarize(text: "A long text.")
      output short

      """#,
    right: #"""
      use "std/summarize"

      defaults { model: "openai/gpt-4o-mini" }

      step short = summarize(text: "A long text.")
      output short

      """#)
}
