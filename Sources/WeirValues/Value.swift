/// A value that flows through a flow: what JSON can say, pictures and other files, and secrets by
/// where they are to be had.
package enum Value: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Number)
  case string(String)
  case list([Value])
  case record(Record)
  /// By reference, as files are: both are rare, and every other value would be larger for them.
  indirect case image(Picture)
  /// Never a picture.
  indirect case file(Document)
  case secret(SecretSource)

  package static func int(_ value: Int) -> Value { .number(Number(value)) }
}

extension Value {
  package var isNull: Bool { self == .null }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var number: Number? {
    if case .number(let number) = self { number } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  package var list: [Value]? {
    if case .list(let elements) = self { elements } else { nil }
  }

  package var record: Record? {
    if case .record(let record) = self { record } else { nil }
  }

  package var secret: SecretSource? {
    if case .secret(let source) = self { source } else { nil }
  }

  /// The field of a record; nil for a record without it and for everything else.
  package subscript(name: String) -> Value? { record?[name] }

  /// What kind of value it is, in the words of a message: `a list`, `the number 5`.
  package var noun: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let number): "the number \(number)"
    case .string: "a string"
    case .list: "a list"
    case .record: "a record"
    case .image: "a picture"
    case .file: "a file"
    case .secret: "a secret"
    }
  }
}
