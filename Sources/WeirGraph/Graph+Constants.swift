import WeirProgram
import WeirValues

extension Graph {
  /// What the text of the flow alone decides: the model of a step, the command of a run, the bound of a
  /// `repeat`; nil where an input does, or a file.
  func known(of node: Node) -> Value? {
    switch node.origin {
    case .work(.step(let step)): step.settings.model.flatMap(constant)
    case .work(.run(let step)): constant(step.command)
    case .work(.repeat(let loop)): constant(loop.bound)
    case .work(.let), .work(.call), .work(.for), .work(.if), .work(.until), .work(.next), .input, .value,
      .meta, .output:
      nil
    }
  }

  /// The value of an expression that nothing but the text of the flow decides, as far as the names
  /// of models go: constants, lists of them, and names for either.
  private func constant(_ expression: Expression) -> Value? {
    switch expression.kind {
    case .constant(let value): return value
    case .list(let elements):
      let values = elements.compactMap(constant)
      return values.count == elements.count ? .list(values) : nil
    case .template(let template):
      let texts = template.parts.map { part in if case .text(let text) = part { text } else { nil as String? }
      }
      return texts.contains(nil) ? nil : .string(texts.compactMap { $0 }.joined())
    case .value(let id): return constant(behind: id)
    case .local, .record, .comprehension, .field, .element, .negate, .not, .binary, .conditional, .call,
      .file, .environment, .trusted:
      return nil
    }
  }

  private func constant(behind id: ValueID) -> Value? {
    guard let site = site(of: id), case .work(.let(let entry)) = self[site].origin, entry.readAs == nil else {
      return nil
    }
    return constant(entry.expression)
  }
}
