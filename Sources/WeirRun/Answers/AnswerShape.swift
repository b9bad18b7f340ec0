package import WeirValues

/// How the answer of a step travels: as text, as its own object, or inside `{"value": …}`, because
/// the vendors' strict modes take only objects at the top.
package enum AnswerShape: Sendable, Hashable {
  case text, object, wrapped

  package static let wrapperField = "value"

  /// A text that must meet a condition travels as JSON, so that the schema can say the condition.
  package init(of type: ValueType, _ types: TypeTable) {
    switch types.resolved(type) {
    case .string: self = types.holdsToConditions(type) ? .wrapped : .text
    case .record: self = .object
    case .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .list, .dictionary,
      .union, .named, .error:
      self = .wrapped
    }
  }

  /// A value as an endpoint would have answered with it.
  func text(of value: Value) -> String {
    switch self {
    case .text: value.string ?? value.json()
    case .object: value.json()
    case .wrapped: Value.record([Self.wrapperField: value]).json()
    }
  }
}

extension TypeTable {
  /// Whether one of the names of a type has a `where`.
  fileprivate func holdsToConditions(_ type: ValueType) -> Bool {
    var type = type
    while case .named(let id) = type {
      if self[id].notes.condition != nil { return true }
      type = self[id].type
    }
    return false
  }
}
