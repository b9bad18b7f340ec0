package import WeirDiagnostics

/// A string or a text block as it was written, with its tags as a tree.
package struct StringSyntax: Sendable {
  package let isBlock: Bool
  package let parts: [TextPartSyntax]
  /// Quotes included.
  package let span: Span
  /// Whether the last line held only control tags, so that the line break before it, which belongs
  /// to whatever was rendered last, is to go.
  package let dropsLastLineBreak: Bool
  let height: Int

  /// The text of a string without tags; nil when it has one.
  package var plainText: String? {
    switch parts.count {
    case 0: return ""
    case 1:
      if case .text(let text, _) = parts[0] { return text }
      return nil
    default: return nil
    }
  }
}

package enum TextPartSyntax: Sendable {
  /// What is sent for a stretch of text: escapes read, indentation taken off, the lines of control
  /// tags gone. The span is the text as it was written.
  case text(String, Span)
  case value(ExpressionSyntax, tag: Span)
  case comment(Span)
  case choice(ChoiceSyntax)
  indirect case loop(LoopSyntax)
}

/// `{{ if c }} … {{ else if d }} … {{ else }} … {{ end }}`
package struct ChoiceSyntax: Sendable {
  package struct Branch: Sendable {
    /// Nil for `else`.
    package let condition: ExpressionSyntax?
    package let tag: Span
    package let parts: [TextPartSyntax]
  }

  package let branches: [Branch]
}

/// `{{ for x in xs }} … {{ end }}`
package struct LoopSyntax: Sendable {
  package let binder: BinderSyntax
  package let list: ExpressionSyntax
  package let parts: [TextPartSyntax]
  package let tag: Span
}
