package import WeirDiagnostics

/// Where a command writes: the result to standard output, everything else to standard error.
package struct Console: Sendable {
  private let toOutput: @Sendable (String) -> Void
  private let toError: @Sendable (String) -> Void
  /// Whether standard error is a terminal, with room for lines that change.
  package let isTerminal: Bool
  /// Whether standard output is one too, so that both are on the same screen.
  package let isOutputTerminal: Bool
  /// How messages are coloured.
  package let style: Style

  package init(
    isTerminal: Bool, isOutputTerminal: Bool = false, style: Style,
    output: @escaping @Sendable (String) -> Void, error: @escaping @Sendable (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.isOutputTerminal = isOutputTerminal
    self.style = style
    toOutput = output
    toError = error
  }

  package func print(_ text: String) { toOutput(text + "\n") }

  /// As it is, without a newline of its own.
  package func write(_ text: String) {
    if !text.isEmpty { toOutput(text) }
  }

  package func note(_ text: String) { toError(text + "\n") }

  /// As it is, without a newline of its own.
  package func writeError(_ text: String) {
    if !text.isEmpty { toError(text) }
  }

  package func plain() -> Console {
    Console(
      isTerminal: isTerminal, isOutputTerminal: isOutputTerminal, style: .plain, output: toOutput,
      error: toError)
  }

  // MARK: Messages

  /// `error: …` with a line of help.
  package func fail(_ message: String, help: String? = nil) {
    note(style.paint("error", .error) + style.paint(": \(message)", .strong))
    if let help { note(style.paint("help", .help) + ": \(help)") }
  }

  package func show(_ diagnostics: [Diagnostic], in sources: SourceMap) {
    guard !diagnostics.isEmpty else { return }
    var renderer = DiagnosticRenderer(sources, style: style)
    writeError(renderer.render(diagnostics))
  }
}
