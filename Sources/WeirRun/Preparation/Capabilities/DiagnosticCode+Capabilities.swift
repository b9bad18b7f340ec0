package import WeirDiagnostics

extension DiagnosticCode {
  package static let unknownModel = DiagnosticCode(
    "unknown-model",
    """
    The provider's catalogue has no model of this name. It is an error where the catalogue is the provider's own \
    and not a day old, and a warning otherwise: the model may be newer. `weir models` shows the catalogue, and \
    `weir models --refresh` fetches it; where none was fetched, nothing is said.
    """,
    wrong: """
      step answer {
        model: "google/gemini-2.5-flsh"
        prompt: "Say hello."
      }

      """,
    right: """
      step answer {
        model: "google/gemini-2.5-flash"
        prompt: "Say hello."
      }

      """)

  package static let modelCannot = DiagnosticCode(
    "model-cannot",
    """
    The catalogue says that the model cannot do what the step asks of it: take a picture, a sound or a film, or \
    call tools. Asking it would end in an error of the provider. That it has no structured output is only a \
    warning: it is asked for the form in words.
    """,
    wrong: """
      input photo: image

      step caption {
        model: "openrouter:mistralai/mistral-nemo"
        prompt: "Describe {{photo}}"
      }

      """,
    right: """
      input photo: image

      step caption {
        model: "openrouter:google/gemini-2.5-flash"
        prompt: "Describe {{photo}}"
      }

      """)

  package static let contextTooSmall = DiagnosticCode(
    "context-too-small",
    """
    The prompt and the longest answer that `max_tokens` allows have no room in the model's context, by what the \
    catalogue says. How many tokens a prompt has is only about right before it is sent, so it is a warning unless \
    there can be no doubt.
    """,
    wrong: """
      step answer {
        model: "openrouter:openai/gpt-4o-mini"
        max_tokens: 1_000_000
        prompt: "Say hello."
      }

      """,
    right: """
      step answer {
        model: "openrouter:openai/gpt-4o-mini"
        max_tokens: 1_000
        prompt: "Say hello."
      }

      """)
}
