package import WeirDiagnostics

extension Diagnostic {
  static func useCycle(_ way: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      .useCycle,
      way.count == 2
        ? "a flow cannot use itself"
        : "these flows use one another: \(way.map { "`\($0)`" }.joined(separator: " → "))",
      at: span, help: "put what they share into a flow of its own, or go round with `repeat`")
  }

  static func noStandardFlow(_ path: String, _ known: [String], at span: Span) -> Diagnostic {
    let guess = known.guess(for: String(path.dropFirst(4)))
    let edits = guess.map { $0.isOnly ? [Edit(span, "\"std/\($0.name)\"")] : [] }
    return Diagnostic(
      .unknownUse, "the standard library has no `\(path)`", at: span,
      help: guess.map { "did you mean `std/\($0.name)`?" } ?? "`weir std` lists what it has",
      edits: edits ?? [])
  }

  static func noFlow(_ path: String, nearest: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownUse, "there is no flow at `\(path)`", at: span,
      help: nearest.map { "did you mean `\($0)`?" } ?? "a path is read from the folder of this file")
  }

  static func badUsePath(_ path: String, _ known: [String], at span: Span) -> Diagnostic {
    let help =
      path.hasPrefix("/")
      ? "say where it lies from the folder of this file, beginning with `./` or `../`"
      : known.contains(path)
        ? "write `use \"std/\(path)\"`"
        : "write `use \"./\(path)\(path.hasSuffix(".flow") ? "" : ".flow")\"`, or `use \"std/…\"` for one of the standard library"
    return Diagnostic(
      .unknownUse, "`\(path)` is neither a path that begins with `./` nor a flow of `std/`", at: span,
      help: help)
  }

  static func unreadableFlow(_ path: String, _ failure: LoadFailure, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownUse, "`\(path)` cannot be used: \(failure.message)", at: span, help: failure.advice)
  }
}

extension DiagnosticCode {
  /// What is told where files are brought together.
  package static let projectCodes: [DiagnosticCode] = [.unknownUse, .useCycle]

  static let unknownUse = DiagnosticCode(
    "unknown-use",
    """
    `use` names a flow that is not there. `use "std/NAME"` takes one from the standard library, which \
    `weir std` lists; every other path begins with `./` or `../`, is read from the folder of the file that \
    says it, and ends in `.flow`.
    """,
    wrong: """
      use "std/summary"
      input text: string

      step short = summary(text: text)

      """,
    right: """
      use "std/summarize"

      defaults { model: "openai/gpt-4o-mini" }

      input text: string

      step short = summarize(text: text)

      """)

  static let useCycle = DiagnosticCode(
    "use-cycle",
    """
    A flow uses itself, be it by way of others, so that it would never end. What is to be done again and \
    again stands in a `repeat`, which has a bound; what several flows share, in a flow that uses none of them.
    """,
    wrong: """
      # The file itself is `a.flow`.
      use "./a.flow" as again
      input text: string

      step better = again(text: text)

      """,
    right: """
      input text: string

      repeat draft = text, up to 3 {
        step better { model: "openai/gpt-4o-mini", prompt: "Improve: {{draft}}" }
        next better
      }

      output draft

      """)
}
