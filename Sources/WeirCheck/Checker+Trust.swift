import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// Where text comes from. What came from a model, a program or a flow that asks one is untrusted, and so
/// is what holds such text; numbers, booleans and literal types never are.
extension Checker {
  func isUntrusted(_ expression: Expression) -> Bool {
    guard program.types.holdsText(expression.type) else { return false }
    switch expression.kind {
    case .constant, .trusted, .environment, .file: return false
    case .value(let id): return isUntrustedValue[id.index]
    // Variables come from a list, which is asked by itself.
    case .local: return false
    case .template(let template): return isUntrusted(template)
    case .list(let elements): return elements.contains { isUntrusted($0) }
    case .record(let entries): return entries.contains { isUntrusted($0.value) }
    case .comprehension(let comprehension):
      return isUntrusted(comprehension.list) || isUntrusted(comprehension.element)
    case .field(let base, _, _): return isUntrusted(base)
    case .element(let base, _): return isUntrusted(base)
    case .negate, .not: return false
    case .binary(_, let left, let right): return isUntrusted(left) || isUntrusted(right)
    case .conditional(_, let then, let otherwise): return isUntrusted(then) || isUntrusted(otherwise)
    case .call(let call): return call.arguments.contains { isUntrusted($0.expression) }
    }
  }

  private func isUntrusted(_ template: Template) -> Bool {
    template.parts.contains { part in
      switch part {
      case .text: false
      case .value(let expression): isUntrusted(expression)
      case .choice(let branches, let otherwise):
        branches.contains { isUntrusted($0.body) } || otherwise.map { isUntrusted($0) } == true
      case .loop(let list, _, let body): isUntrusted(list) || isUntrusted(body)
      }
    }
  }

  /// The inputs that an expression reads, be it through other names.
  func inputs(behind expression: Expression) -> Set<ValueID> {
    guard !inputsBehind.isEmpty else { return [] }
    return expression.references.reduce(into: []) { found, id in
      if let inputs = inputsBehind[id] { found.formUnion(inputs) }
    }
  }

  mutating func noteInputs(behind id: ValueID, of expression: Expression) {
    let inputs = inputs(behind: expression)
    if !inputs.isEmpty { inputsBehind[id] = inputs }
  }

  /// Notes that what hangs on this must be known before the first request.
  mutating func noteEarly(_ expression: Expression) { earlyInputs.formUnion(inputs(behind: expression)) }

  /// Refuses text that nobody has vouched for on its way to a program.
  mutating func requireTrusted(_ expression: Expression, in place: String) {
    if case .list(let elements) = expression.kind {
      for element in elements { requireTrusted(element, in: place) }
      return
    }
    // The author vouches for whatever comes that way.
    if case .trusted = expression.kind { return }
    if isUntrusted(expression) {
      report(.untrusted(file.source.text(of: expression.span), in: place, at: expression.span))
    }
    runInputs.formUnion(inputs(behind: expression))
  }
}

extension TypeTable {
  /// Whether a value of the type is `json`, or holds some: only the run knows what it is then.
  /// A type that holds itself is looked at no further than `depth`.
  func carriesJSON(_ type: ValueType, depth: Int = 4) -> Bool {
    guard depth > 0 else { return false }
    return switch resolved(type) {
    case .json: true
    case .list(let element, _), .dictionary(let element, _): carriesJSON(element, depth: depth - 1)
    case .record(let fields): fields.contains { resolved($0.type) == .json }
    case .union(let members): members.contains { resolved($0) == .json }
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .text, .constant, .named, .error: false
    }
  }
}
