package import WeirDiagnostics
import WeirProcess
import WeirProgram
import WeirValues

extension Diagnostic {
  static func missingInput(_ input: Input, _ types: TypeTable) -> Diagnostic {
    Diagnostic(
      .missingInput, "input `\(input.name)` needs a value of type `\(types.describe(input.type))`",
      at: input.span,
      help: "give it one for this run, or write a default behind its type")
  }

  static func inputMismatch(_ input: Input, _ misfits: Misfits, at span: Span) -> Diagnostic {
    Diagnostic(.inputMismatch, misfits.message(in: "input `\(input.name)`"), at: span)
  }

  static func evaluationFailed(_ failure: EvaluationFailure) -> Diagnostic {
    Diagnostic(.evaluationFailed, failure.message, at: failure.span, help: failure.help)
  }

  static func noModel(_ step: Step) -> Diagnostic {
    Diagnostic(
      .noModel, "step `\(step.name)` names no model", at: step.span,
      help: "write `model: \"…\"` in the step or in `defaults`, or run it with `--model`")
  }

  static func unknownProvider(_ provider: UnknownProvider, at span: Span) -> Diagnostic {
    Diagnostic(.unknownProvider, provider.message, at: span, help: provider.help)
  }
}

extension Diagnostic {
  /// `what` runs it: a step or a tool.
  static func notAllowed(_ program: String, _ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .notAllowed, "\(what) runs `\(program)`, which was not allowed", at: span,
      help: "look at what it does, then allow it with `--allow-run=\(program)`")
  }

  static func missingProgram(
    _ what: String, _ failure: ProgramFailure, isCertain: Bool, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .missingProgram, "\(what) cannot be run: \(failure.message)", severity: isCertain ? .error : .warning,
      at: span, help: "install it, or name it by its path")
  }

  static func missingSecret(_ source: SecretSource, at span: Span) -> Diagnostic {
    switch source {
    case .environment(let name):
      Diagnostic(
        .missingSecret, "the environment variable `\(name)` is not set", at: span,
        help: "`export \(name)=…`, then run again")
    case .input(let name):
      Diagnostic(.missingSecret, "the secret `\(name)` was not given", at: span, help: "give it for this run")
    }
  }

  static func badBound(_ value: Value, at span: Span) -> Diagnostic {
    Diagnostic(
      .settingOutOfRange,
      "the most passes must be a whole number from 1 to \(Preparation.mostPasses), found \(value.excerpt)",
      at: span)
  }
}

extension DiagnosticCode {
  package static let notAllowed = DiagnosticCode(
    "not-allowed",
    """
    A step or a tool runs a program that was not allowed on the command line. A flow may come from anywhere, so \
    nothing is run unless `--allow-run=git` names the program as the flow does; several are parted by \
    commas. It is told before anything is asked or run.
    """,
    wrong: """
      step files = run(["ls"])
      output files
      """,
    right: """
      output paths("*.txt")
      """)

  package static let missingProgram = DiagnosticCode(
    "missing-program",
    """
    A step or a tool is to run a program that is not on this machine, or that may not be executed. It is told \
    before anything is asked, so that nothing is paid for that cannot be used; a step that may not be reached, and \
    so may not need it, is only warned of. One with `otherwise` goes on without the program and is told nothing.
    """,
    wrong: """
      step files = run(["lss", "-l"])
      output files
      """,
    right: """
      step files = run(["ls", "-l"])
      output files
      """)

  package static let missingSecret = DiagnosticCode(
    "missing-secret",
    """
    A program is to be given a secret that is not there: the environment variable that `env("…")` names \
    is not set. It is told before anything is asked or run.
    """,
    wrong: """
      step token = run(["printenv", "TOKEN"], env: {TOKEN: env("TOKEN_OF_THE_TEAM")})
      output token
      """,
    right: """
      step files = run(["ls"])
      output files
      """)

  package static let missingInput = DiagnosticCode(
    "missing-input",
    """
    An input without a default was given no value. It is told before anything is asked, so that a run \
    that cannot end costs nothing. An input whose type is optional may be left out: it is then null.
    """,
    wrong: """
      input question: string

      step answer {
        model: "openai/gpt-4o-mini"
        prompt: question
      }
      """,
    right: """
      input question: string = "Why is the sky blue?"

      step answer {
        model: "openai/gpt-4o-mini"
        prompt: question
      }
      """)

  package static let unknownProvider = DiagnosticCode(
    "unknown-provider",
    """
    What stands before the `:` of a model is nearly the name of a provider, or a usual one, but no provider is \
    called so: `openrouter`, `fal`, `fal-openai`, `fal-any-llm`, and those that the flow declares. A model that \
    is really called so is asked with its provider before it, as in `openrouter:name:free`.
    """,
    wrong: """
      step answer {
        model: "opnrouter:google/gemini-2.5-flash"
        prompt: "Say hello."
      }

      """,
    right: """
      step answer {
        model: "openrouter:google/gemini-2.5-flash"
        prompt: "Say hello."
      }

      """)

  package static let inputMismatch = DiagnosticCode(
    "input-mismatch",
    """
    The value of an input is not of its type, or does not meet its `where`. A default is held to the \
    same conditions as a value that is given for one run.
    """,
    wrong: """
      input count: int = 0 where it >= 1

      step ideas {
        model: "openai/gpt-4o-mini"
        prompt: "Give me {{count}} ideas."
      }
      """,
    right: """
      input count: int = 3 where it >= 1

      step ideas {
        model: "openai/gpt-4o-mini"
        prompt: "Give me {{count}} ideas."
      }
      """)

  package static let evaluationFailed = DiagnosticCode(
    "evaluation-failed",
    """
    An expression has no value: an index outside its list, a division by zero, a null where a text \
    is to stand, a text that is not JSON. What needs no answer of a model is evaluated before the \
    first request.
    """,
    wrong: """
      let tried = ["openai/gpt-4o-mini"]

      step answer {
        model: tried[1]
        prompt: "Say hello."
      }
      """,
    right: """
      let tried = ["openai/gpt-4o-mini"]

      step answer {
        model: tried[0]
        prompt: "Say hello."
      }
      """)

  package static let settingOutOfRange = DiagnosticCode(
    "setting-out-of-range",
    """
    A setting of a step has a value that no endpoint takes, such as a `temperature` above 2 or a \
    `max_tokens` below 1. Settings may come from inputs, so that they are looked at when their \
    values are known, and before the first request.
    """,
    wrong: """
      input wildness: number = 3

      step answer {
        model: "openai/gpt-4o-mini"
        temperature: wildness
        prompt: "Say hello."
      }
      """,
    right: """
      input wildness: number = 1.5 where it in 0...2

      step answer {
        model: "openai/gpt-4o-mini"
        temperature: wildness
        prompt: "Say hello."
      }
      """)
}
