import WeirDiagnostics

// What is told of settings, and of what stands where it has no meaning.

extension DiagnosticCode {
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
}
