/// What a value may be. Two types are equal when their shapes are: conditions and documentation,
/// which travel along as `TypeNotes`, do not part them.
package indirect enum ValueType: Sendable, Hashable {
  case string, int, number, bool, null, image, file, secret
  /// Any JSON value.
  case json
  /// Exactly this text, such as `"calm"`.
  case text(String)
  /// Exactly this number.
  case constant(Number)
  case list(ValueType, TypeNotes = .none)
  case record([RecordField])
  case dictionary(ValueType, TypeNotes = .none)
  /// At least two members, none of them a union. `T?` is `.union([T, .null])`.
  case union([ValueType])
  /// A type of the flow's `TypeTable`.
  case named(TypeID)
  /// What stands for the type of something that was already told to be wrong. Fits everything, so
  /// that one cause has one message.
  case error
}

package struct RecordField: Sendable, Hashable {
  package let name: String
  package let type: ValueType
  package let notes: TypeNotes

  package init(_ name: String, _ type: ValueType, _ notes: TypeNotes = .none) {
    self.name = name
    self.type = type
    self.notes = notes
  }
}

/// What is said about a type beside its shape. All notes are equal.
package struct TypeNotes: Sendable, Hashable {
  package let documentation: String?
  /// The `where` that the value must meet, among the conditions of the program.
  package let condition: ConditionID?

  package static let none = TypeNotes()

  package init(documentation: String? = nil, condition: ConditionID? = nil) {
    self.documentation = documentation
    self.condition = condition
  }

  package static func == (left: TypeNotes, right: TypeNotes) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}

/// A `where` of the program that a type belongs to.
package struct ConditionID: Sendable, Hashable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A `type Name` of the program, in its `TypeTable`.
package struct TypeID: Sendable, Hashable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// The named types of a program.
package struct TypeTable: Sendable {
  package private(set) var definitions: [Definition] = []
  /// For each definition, whether it is known that no picture, file or secret is in it. Types name those
  /// above them, or themselves, so it is known when a definition is made.
  private(set) var isPlain: [Bool] = []

  package struct Definition: Sendable {
    package fileprivate(set) var name: String
    package var type: ValueType
    package var notes: TypeNotes

    package init(name: String, type: ValueType, notes: TypeNotes = .none) {
      self.name = name
      self.type = type
      self.notes = notes
    }
  }

  package init() {}

  /// Adds a definition; a recursive type is added as `.error` first and set when it is read.
  package mutating func add(_ definition: Definition) -> TypeID {
    definitions.append(definition)
    isPlain.append(true)
    isPlain[definitions.count - 1] = isCertainlyPlain(definition.type, upTo: definitions.count - 1)
    return TypeID(definitions.count - 1)
  }

  package subscript(id: TypeID) -> Definition {
    get { definitions[id.index] }
    set {
      definitions[id.index] = newValue
      for later in id.index + 1..<definitions.count { isPlain[later] = false }
      isPlain[id.index] = true
      isPlain[id.index] = isCertainlyPlain(newValue.type, upTo: id.index)
    }
  }

  package mutating func rename(_ id: TypeID, to name: String) { definitions[id.index].name = name }

  /// The type behind names: never `.named`.
  package func resolved(_ type: ValueType) -> ValueType {
    var type = type
    var steps = 0
    while case .named(let id) = type, steps <= definitions.count {
      type = self[id].type
      steps += 1
    }
    if case .named = type { return .error }
    return type
  }
}
