package import WeirDiagnostics

extension DiagnosticCode {
  /// What both the checker and the preparation of a run report.
  package static let programCodes: [DiagnosticCode] = [.noModel]

  package static let noModel = DiagnosticCode(
    "no-model",
    """
    A step asks a model, and neither the step nor `defaults` says which one. `weir run --model` names one \
    for all steps; without it nothing is asked.
    """,
    wrong: """
      step answer {
        prompt: "Say hello."
      }
      """,
    right: """
      defaults { model: "openai/gpt-4o-mini" }

      step answer {
        prompt: "Say hello."
      }
      """)
}
