/// Something that is wrong with a flow, told to its author: what was found, where, and the mend.
///
/// Facts and words only; how it is drawn is `DiagnosticRenderer`'s business. The message is lower
/// case, with names in back-ticks and without a full stop.
package struct Diagnostic: Sendable {
  package enum Severity: String, Sendable {
    case error, warning, note
  }

  package struct Label: Sendable {
    package let span: Span
    package let text: String?

    package init(_ span: Span, _ text: String? = nil) {
      self.span = span
      self.text = text
    }
  }

  package let code: DiagnosticCode
  package let severity: Severity
  package let message: String
  /// The first is the place; the others explain it.
  package let labels: [Label]
  /// One line that can be acted on.
  package let help: String?

  package init(
    _ code: DiagnosticCode, _ message: String, severity: Severity = .error,
    at labels: [Label], help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.labels = labels
    self.help = help
  }

  package init(
    _ code: DiagnosticCode, _ message: String, severity: Severity = .error,
    at span: Span, help: String? = nil
  ) {
    self.init(code, message, severity: severity, at: [Label(span)], help: help)
  }

  package var span: Span { labels[0].span }
}

extension [Diagnostic] {
  /// In the order of the source; what stands at the same place keeps its order.
  package func inSourceOrder() -> [Diagnostic] {
    enumerated().sorted { left, right in
      let (a, b) = (left.element.span, right.element.span)
      return (a.file.rawValue, a.start, left.offset) < (b.file.rawValue, b.start, right.offset)
    }.map(\.element)
  }

  package var hasErrors: Bool { contains { $0.severity == .error } }
}

/// A stable, searchable word for a kind of diagnostic, with what `weir explain` says about it.
///
/// Each room declares the codes that it reports, beside the checks that report them.
package struct DiagnosticCode: Sendable, Hashable {
  /// Words joined by hyphens, such as `unknown-name`. Never changes its meaning.
  package let name: String
  /// What went wrong and why it matters, in a paragraph.
  package let explanation: String
  /// A whole flow that is told this code.
  package let wrong: String
  /// The same flow, mended.
  package let right: String

  package init(_ name: String, _ explanation: String, wrong: String, right: String) {
    self.name = name
    self.explanation = explanation
    self.wrong = wrong
    self.right = right
  }

  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
