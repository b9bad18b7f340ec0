import WeirProgram
import WeirValues

extension GraphBuilder {
  /// The value of an expression that nothing but the text of the flow decides, as far as the names
  /// of models go: constants, lists of them, and names for either.
  func constant(_ expression: Expression) -> Value? {
    switch expression.kind {
    case .constant(let value): return value
    case .list(let elements):
      let values = elements.compactMap(constant)
      return values.count == elements.count ? .list(values) : nil
    case .template(let template):
      let texts = template.parts.map { part in if case .text(let text) = part { text } else { nil as String? }
      }
      return texts.contains(nil) ? nil : .string(texts.compactMap { $0 }.joined())
    case .value(let id): return lets[id.index].flatMap(constant)
    case .local, .record, .comprehension, .field, .element, .negate, .not, .binary, .conditional, .call,
      .file, .environment, .trusted:
      return nil
    }
  }
}
