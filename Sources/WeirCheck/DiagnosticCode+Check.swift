package import WeirDiagnostics

extension DiagnosticCode {
  /// What the checker reports.
  package static let checkCodes: [DiagnosticCode] =
    [
      .badAddress, .declaredLater, .duplicateEntry, .duplicateName, .duplicateSetting, .endlessType,
      .lateDefaults, .misplacedImage, .misplacedIt, .misplacedSecret, .missingOutput, .missingSetting,
      .mixedOutputs, .needlessFallback, .needsStep, .neverEqual, .notConstant, .optionalInText,
      .optionalValue, .outOfRange, .plainString, .suspiciousDocumentation, .typeMismatch, .unit,
      .unknownChoice, .unknownCode, .unknownField, .unknownFunction, .unknownName, .unknownSetting,
      .unknownType, .unusedAllow, .unusedInput, .unusedLet, .unusedStep, .wrongArgument,
    ] + workCodes

  static let badAddress = DiagnosticCode(
    "bad-address",
    """
    The `url` of a provider is a whole address, with `http://` or `https://` and the path up to \
    `/v1`, as the server's documentation gives it.
    """,
    wrong: #"""
      provider local { kind: "openai", url: "localhost:11434" }
      step hello { model: "local:llama3.2", prompt: "Say hello." }

      """#,
    right: #"""
      provider local { kind: "openai", url: "http://localhost:11434/v1" }
      step hello { model: "local:llama3.2", prompt: "Say hello." }

      """#)

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

  static let duplicateSetting = DiagnosticCode(
    "duplicate-setting",
    """
    A setting stands once in its braces.
    """,
    wrong: #"""
      step hello {
        model: "google/gemini-2.5-flash"
        prompt: "Say hello."
        prompt: "Say goodbye."
      }

      """#,
    right: #"""
      step hello {
        model: "google/gemini-2.5-flash"
        prompt: "Say hello, then goodbye."
      }

      """#)

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

  static let lateDefaults = DiagnosticCode(
    "late-defaults",
    """
    `defaults` holds for every step of the file, so it stands above the first one.
    """,
    wrong: #"""
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }
      defaults { temperature: 0.2 }
      output hello

      """#,
    right: #"""
      defaults { temperature: 0.2 }
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }
      output hello

      """#)

  static let misplacedImage = DiagnosticCode(
    "misplaced-image",
    """
    A picture goes to a model as itself. So it may stand only in a `prompt`, as `{{ photo }}`; in a \
    text, a record, a `let` or an output it has no meaning. Inputs are pictures by themselves: \
    `image`, `image?` or `[image]`.
    """,
    wrong: #"""
      input photo: image
      output "Look at {{photo}}"

      """#,
    right: #"""
      input photo: image
      step look { model: "google/gemini-2.5-flash", prompt: "Describe this: {{photo}}" }

      """#)

  static let misplacedIt = DiagnosticCode(
    "misplaced-it",
    """
    `it` is the value that a `where` is about, or the element in `sort(…)`, `any(…)` and their like. \
    Elsewhere nothing is called `it`.
    """,
    wrong: #"""
      output it

      """#,
    right: #"""
      input n: int = 3 where it > 0
      output n

      """#)

  static let misplacedSecret = DiagnosticCode(
    "misplaced-secret",
    """
    A key never stands in a file and never goes into a prompt. It comes from the environment, by \
    `env("NAME")`, and goes into the `key` of a provider, which sends it to its own host only.
    """,
    wrong: #"""
      provider mine { kind: "openai", url: "https://llm.example.com/v1", key: "sk-123" }
      step hello { model: "mine:small", prompt: "Say hello." }

      """#,
    right: #"""
      provider mine { kind: "openai", url: "https://llm.example.com/v1", key: env("MY_KEY") }
      step hello { model: "mine:small", prompt: "Say hello." }

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

  static let missingSetting = DiagnosticCode(
    "missing-setting",
    """
    A step needs a `prompt`, and a provider its `kind`, with a `url` where the kind has none of its \
    own.
    """,
    wrong: #"""
      step hello { model: "google/gemini-2.5-flash" }

      """#,
    right: #"""
      step hello { model: "google/gemini-2.5-flash", prompt: "Say hello." }

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

  static let suspiciousDocumentation = DiagnosticCode(
    "suspicious-documentation",
    """
    A string after a type is its documentation. A single word right after a literal type looks like \
    one more of its values, whose `|` was forgotten.
    """,
    wrong: #"""
      input mood: "calm" "tense"
      output mood

      """#,
    right: #"""
      input mood: "calm" | "tense"
      output mood

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

  static let unknownChoice = DiagnosticCode(
    "unknown-choice",
    """
    The setting takes one of a few words, which the message names.
    """,
    wrong: #"""
      provider local { kind: "opnai", url: "http://localhost:11434/v1" }
      step hello { model: "local:llama3.2", prompt: "Say hello." }

      """#,
    right: #"""
      provider local { kind: "openai", url: "http://localhost:11434/v1" }
      step hello { model: "local:llama3.2", prompt: "Say hello." }

      """#)

  static let unknownCode = DiagnosticCode(
    "unknown-code",
    """
    A comment `# weir: allow` names codes of diagnostics, parted by commas, and nothing else: the words \
    in brackets of the messages, such as `unused-input`.
    """,
    wrong: #"""
      # weir: allow unused-inputs
      input tone: string
      output "Hello"

      """#,
    right: #"""
      # weir: allow unused-input
      input tone: string
      output "Hello"

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

  static let unknownSetting = DiagnosticCode(
    "unknown-setting",
    """
    The settings of an entry are a closed list, so that a misspelt one is not silently without \
    effect. What an endpoint takes beyond them goes into `options`.
    """,
    wrong: #"""
      step hello { model: "google/gemini-2.5-flash", temprature: 0.2, prompt: "Say hello." }

      """#,
    right: #"""
      step hello { model: "google/gemini-2.5-flash", temperature: 0.2, prompt: "Say hello." }

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

  static let unusedAllow = DiagnosticCode(
    "unused-allow",
    """
    A comment `# weir: allow` silences warnings and notes of the codes that it names, on the line below \
    it or on its own line. Here there is none to silence; errors never are.
    """,
    wrong: #"""
      # weir: allow unused-input
      input tone: string
      output "In a {{tone}} tone"

      """#,
    right: #"""
      # weir: allow unused-input
      input tone: string
      output "Hello"

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
