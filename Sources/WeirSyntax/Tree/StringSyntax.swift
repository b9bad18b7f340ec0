package import WeirDiagnostics

/// A string or a text block as it was written, with its tags as a tree.
package struct StringSyntax: Sendable {
  private let content: Content
  /// Quotes included.
  package let span: Span
  private let levels: Int32
  /// Whether the last line held only control tags, so that the line break before it, which belongs
  /// to whatever was rendered last, is to go.
  package let dropsLastLineBreak: Bool

  /// Most strings are one text, which needs no list.
  private enum Content: Sendable {
    case plain(String)
    case parts([TextPartSyntax])
  }

  /// A string without tags.
  init(plain text: String, span: Span) {
    content = .plain(text)
    self.span = span
    levels = 1
    dropsLastLineBreak = false
  }

  init(parts: [TextPartSyntax], span: Span, dropsLastLineBreak: Bool, height: Int) {
    content = .parts(parts)
    self.span = span
    levels = Int32(height)
    self.dropsLastLineBreak = dropsLastLineBreak
  }

  /// How many expressions stand in one another in its tags, itself included.
  var height: Int { Int(levels) }

  package var parts: [TextPartSyntax] {
    switch content {
    case .plain(let text): text.isEmpty ? [] : [.text(text)]
    case .parts(let parts): parts
    }
  }

  /// The text of a string without tags; nil when it has one.
  package var plainText: String? {
    switch content {
    case .plain(let text): return text
    case .parts(let parts):
      if parts.isEmpty { return "" }
      if parts.count == 1, case .text(let text) = parts[0] { return text }
      return nil
    }
  }
}

package enum TextPartSyntax: Sendable {
  /// What is sent for a stretch of text: escapes read, indentation taken off, the lines of control
  /// tags gone.
  case text(String)
  case value(ExpressionSyntax)
  case comment
  case choice(ChoiceSyntax)
  indirect case loop(LoopSyntax)
}

/// `{{ if c }} … {{ else if d }} … {{ else }} … {{ end }}`
package struct ChoiceSyntax: Sendable {
  package struct Branch: Sendable {
    /// Nil for `else`.
    package let condition: ExpressionSyntax?
    package let parts: [TextPartSyntax]
  }

  package let branches: [Branch]
}

/// `{{ for x in xs }} … {{ end }}`
package struct LoopSyntax: Sendable {
  package let binder: BinderSyntax
  package let list: ExpressionSyntax
  package let parts: [TextPartSyntax]
}
