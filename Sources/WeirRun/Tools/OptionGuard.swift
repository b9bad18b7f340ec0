import WeirProgram
import WeirValues

/// Keeps what a model gives from being taken for an option: an argument that a parameter makes must not
/// begin with `-`, unless `--` stands before it.
struct OptionGuard {
  let evaluator: Evaluator
  let parameters: Set<ValueID>

  private struct Word {
    let text: String
    let isMade: Bool
  }

  /// The first argument that is refused; nil where there is none.
  func refused(in command: Expression) throws(EvaluationFailure) -> String? {
    for word in try words(of: command) {
      if !word.isMade, word.text == "--" { return nil }
      if word.isMade, word.text.utf8.first == UInt8(ascii: "-") { return word.text }
    }
    return nil
  }

  private func words(of command: Expression) throws(EvaluationFailure) -> [Word] {
    switch command.kind {
    case .list(let elements):
      var words: [Word] = []
      for element in elements {
        words.append(Word(text: try text(of: element), isMade: isMade(element)))
      }
      return words
    case .binary(.add, let left, let right): return try words(of: left) + words(of: right)
    case .conditional(let condition, let then, let otherwise):
      return try words(of: try evaluator.bool(of: condition) ? then : otherwise)
    default:
      let isMade = command.reads(parameters.contains)
      return (try evaluator.evaluate(command).list ?? []).map { Word(text: $0.string ?? "", isMade: isMade) }
    }
  }

  private func text(of element: Expression) throws(EvaluationFailure) -> String {
    try evaluator.evaluate(element).string ?? ""
  }

  /// Whether a parameter, and not the author, says what the word begins with.
  private func isMade(_ element: Expression) -> Bool {
    switch element.kind {
    case .template(let template):
      if case .text(let text)? = template.parts.first, !text.isEmpty { return false }
    case .conditional(_, let then, let otherwise): return isMade(then) || isMade(otherwise)
    default: break
    }
    return element.reads(parameters.contains)
  }
}
