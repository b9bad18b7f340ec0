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

  /// Text that belongs to it and stands in no file, such as what a model said.
  package struct Detail: Sendable, Hashable {
    /// Lower case: `the last answer began`.
    package let title: String
    package let lines: [String]

    package init(_ title: String, _ lines: [String]) {
      self.title = title
      self.lines = lines
    }
  }

  /// A stretch of the file and what stands there instead, once it is mended.
  package struct Edit: Sendable, Hashable {
    package let span: Span
    package let replacement: String

    package init(_ span: Span, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  package let code: DiagnosticCode
  package let severity: Severity
  package let message: String
  /// The first is the place; the others explain it.
  package let labels: [Label]
  /// One line that can be acted on.
  package let help: String?
  package let details: [Detail]
  /// What mends it, all or none of them: only where there is one mend and it is safe to make unread.
  package var edits: [Edit]

  package init(
    _ code: DiagnosticCode, _ message: String, severity: Severity = .error,
    at labels: [Label], help: String? = nil, details: [Detail] = [], edits: [Edit] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.labels = labels
    self.help = help
    self.details = details
    self.edits = edits
  }

  package init(
    _ code: DiagnosticCode, _ message: String, severity: Severity = .error,
    at span: Span, help: String? = nil, edits: [Edit] = []
  ) {
    self.init(code, message, severity: severity, at: [Label(span)], help: help, edits: edits)
  }

  package var span: Span { labels[0].span }

  package var withoutEdits: Diagnostic {
    Diagnostic(code, message, severity: severity, at: labels, help: help, details: details)
  }
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

  package var hasWarnings: Bool { contains { $0.severity == .warning } }

  /// `2 errors, 1 warning`
  package var summary: String {
    [Diagnostic.Severity.error, .warning, .note].compactMap { severity in
      let count = count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
  }
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
