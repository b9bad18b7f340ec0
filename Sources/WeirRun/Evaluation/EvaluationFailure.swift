package import WeirDiagnostics

/// Why an expression has no value, and where: an index outside its list, a null in a text.
package struct EvaluationFailure: Error, Sendable, Hashable {
  /// Lower case, names in back-ticks, without a full stop.
  package let message: String
  package let span: Span
  /// What to do about it, in a line.
  package let help: String?

  package init(_ message: String, at span: Span, help: String? = nil) {
    self.message = message
    self.span = span
    self.help = help
  }
}
