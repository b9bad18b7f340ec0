/// What a value may be. Two types are equal when their shapes are: conditions and documentation,
/// which travel along as `TypeNotes`, do not part them.
package enum ValueType: Sendable, Hashable {
  case string, int, number, bool, null, image, file, secret
  /// Any JSON value.
  case json
  /// Exactly this text, such as `"calm"`.
  indirect case text(String)
  /// Exactly this number.
  indirect case constant(Number)
  indirect case list(ValueType, TypeNotes = .none)
  case record([RecordField])
  indirect case dictionary(ValueType, TypeNotes = .none)
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
  private let place: UInt32
  package init(_ index: Int) { place = UInt32(index) }
  package var index: Int { Int(place) }
}

/// A `type Name` of the program, in its `TypeTable`.
package struct TypeID: Sendable, Hashable {
  private let place: UInt32
  package init(_ index: Int) { place = UInt32(index) }
  package var index: Int { Int(place) }
}

/// The named types of a program.
package struct TypeTable: Sendable {
  package private(set) var definitions: [Definition] = []
  /// For each definition, what is known of it without looking behind names. Types name those above them, or
  /// themselves, so it is known when a definition is made.
  private(set) var traits: [Traits] = []

  struct Traits: Sendable {
    /// Whether it is certain that no picture, file or secret is in it.
    let isPlain: Bool
    /// Whether it can hold text of any kind.
    let holdsText: Bool
  }

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
    traits.append(traits(of: definition.type))
    return TypeID(definitions.count - 1)
  }

  /// To be asked while only what stands above the type has its traits: what it says of itself adds nothing.
  private func traits(of type: ValueType) -> Traits {
    Traits(isPlain: isCertainlyPlain(type), holdsText: holdsText(type))
  }

  package subscript(id: TypeID) -> Definition {
    get { definitions[id.index] }
    set {
      definitions[id.index] = newValue
      traits.removeSubrange(id.index...)
      for definition in definitions[id.index...] { traits.append(traits(of: definition.type)) }
    }
  }

  /// Says more of a type, whose shape stays.
  package mutating func annotate(_ id: TypeID, _ notes: TypeNotes) { definitions[id.index].notes = notes }

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
