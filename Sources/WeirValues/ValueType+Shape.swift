extension ValueType {
  /// The type of what is one of these: flat, each member once, a lone member as itself.
  package static func anyOf(_ types: [ValueType]) -> ValueType {
    if types.count == 1, !types[0].isUnion { return types[0] }
    var members: [ValueType] = []
    for type in types {
      let parts = if case .union(let parts) = type { parts } else { [type] }
      for part in parts where !members.contains(part) { members.append(part) }
    }
    if members.contains(.error) { return .error }
    return members.count == 1 ? members[0] : .union(members)
  }

  package var optional: ValueType {
    switch self {
    case .union, .null, .error: .anyOf([self, .null])
    case .string, .int, .number, .bool, .image, .file, .secret, .json, .text, .constant, .list, .record,
      .dictionary, .named:
      .union([self, .null])
    }
  }

  fileprivate var isUnion: Bool {
    if case .union = self { true } else { false }
  }
}

extension TypeTable {
  /// The members of a union behind any names; other types are their own only member.
  package func members(_ type: ValueType) -> [ValueType] {
    let bare = resolved(type)
    guard case .union = bare else { return [bare] }
    var found: [ValueType] = []
    var opened: Set<TypeID> = []
    collect(bare, &found, &opened)
    return found.isEmpty ? [.error] : found
  }

  /// `opened` holds the names behind which was looked, so that a union of itself comes to an end.
  private func collect(_ type: ValueType, _ found: inout [ValueType], _ opened: inout Set<TypeID>) {
    switch type {
    case .named(let id):
      if opened.insert(id).inserted { collect(self[id].type, &found, &opened) }
    case .union(let members):
      for member in members { collect(member, &found, &opened) }
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .list,
      .record,
      .dictionary, .error:
      if !found.contains(type) { found.append(type) }
    }
  }

  /// Whether a member of the type is meant, without making the list of them where it can be helped.
  package func hasMember(_ type: ValueType, where isMeant: (ValueType) -> Bool) -> Bool {
    let bare = resolved(type)
    guard case .union(let members) = bare else { return isMeant(bare) }
    let hasNames = members.contains { if case .named = $0 { true } else { false } }
    return hasNames ? self.members(bare).contains(where: isMeant) : members.contains(where: isMeant)
  }

  package func isOptional(_ type: ValueType) -> Bool {
    switch resolved(type) {
    case .null: true
    case .union(let members): members.contains(.null) || self.members(type).contains(.null)
    case .string, .int, .number, .bool, .image, .file, .secret, .json, .text, .constant, .list, .record,
      .dictionary, .named, .error:
      false
    }
  }

  /// The type without null; names stay as they are where null is not behind them.
  package func withoutNull(_ type: ValueType) -> ValueType {
    guard isOptional(type) else { return type }
    if case .union(let members) = type, members.count == 2, members[1] == .null, !isOptional(members[0]) {
      return members[0]
    }
    let kept: [ValueType] =
      if case .union(let members) = resolved(type) {
        members.filter { !isOptional($0) }
          + members.filter { $0 != .null && isOptional($0) }.map { withoutNull($0) }
      } else { [] }
    return kept.isEmpty ? .null : .anyOf(kept)
  }

  /// Whether every value of `type` is one of `wanted`.
  package func fits(_ type: ValueType, _ wanted: ValueType) -> Bool {
    var assumed: Set<Pair> = []
    return fits(type, wanted, &assumed)
  }

  private struct Pair: Hashable {
    let type: ValueType
    let wanted: ValueType
  }

  /// `assumed` holds the pairs of names under way, so that recursive types come to an end.
  private func fits(_ type: ValueType, _ wanted: ValueType, _ assumed: inout Set<Pair>) -> Bool {
    if type == wanted || type == .error || wanted == .error { return true }
    if case .named = type {
      guard assumed.insert(Pair(type: type, wanted: wanted)).inserted else { return true }
      return fits(resolved(type), wanted, &assumed)
    }
    if case .named = wanted {
      guard assumed.insert(Pair(type: type, wanted: wanted)).inserted else { return true }
      return fits(type, resolved(wanted), &assumed)
    }
    if case .union(let members) = type {
      return members.allSatisfy { fits($0, wanted, &assumed) }
    }
    if case .union(let members) = wanted {
      return members.contains { fits(type, $0, &assumed) }
    }
    switch (type, wanted) {
    case (.int, .number), (.constant, .number), (.text, .string): return true
    case (.constant(let number), .int): return number.isWhole
    case (.image, .file): return true
    case (_, .json): return isJSON(type, &assumed)
    case (.list(let element, _), .list(let other, _)),
      (.dictionary(let element, _), .dictionary(let other, _)):
      return fits(element, other, &assumed)
    case (.record(let fields), .record(let others)):
      return fieldsFit(fields, others, &assumed)
    case (.record(let fields), .dictionary(let element, _)):
      return fields.allSatisfy { fits($0.type, element, &assumed) }
    default: return false
    }
  }

  private func fieldsFit(
    _ fields: [RecordField], _ others: [RecordField], _ assumed: inout Set<Pair>
  ) -> Bool {
    for other in others {
      if let field = fields.first(where: { $0.name == other.name }) {
        guard fits(field.type, other.type, &assumed) else { return false }
      } else if !isOptional(other.type) {
        return false
      }
    }
    return fields.allSatisfy { field in others.contains { $0.name == field.name } }
  }

  private func isJSON(_ type: ValueType, _ assumed: inout Set<Pair>) -> Bool {
    switch type {
    case .image, .file, .secret: false
    case .list(let element, _), .dictionary(let element, _): fits(element, .json, &assumed)
    case .record(let fields): fields.allSatisfy { fits($0.type, .json, &assumed) }
    case .union(let members): members.allSatisfy { fits($0, .json, &assumed) }
    case .named: fits(type, .json, &assumed)
    case .string, .int, .number, .bool, .null, .json, .text, .constant, .error: true
    }
  }

  /// Whether a picture, a file or a secret can be in a value of this type.
  package func carriesMedia(_ type: ValueType) -> Bool {
    if isCertainlyPlain(type) { return false }
    var assumed: Set<Pair> = []
    return type != .error && !fits(type, .json, &assumed)
  }

  /// Whether no media can be in a value of this type, as far as that is known without looking behind names.
  func isCertainlyPlain(_ type: ValueType) -> Bool {
    switch type {
    case .string, .int, .number, .bool, .null, .json, .text, .constant, .error: true
    case .image, .file, .secret: false
    case .list(let element, _), .dictionary(let element, _): isCertainlyPlain(element)
    case .record(let fields): fields.allSatisfy { isCertainlyPlain($0.type) }
    case .union(let members): members.allSatisfy { isCertainlyPlain($0) }
    case .named(let id): id.index >= traits.count || traits[id.index].isPlain
    }
  }

  /// Whether a value of the type can hold text of any kind.
  package func holdsText(_ type: ValueType) -> Bool {
    switch type {
    case .string, .json, .file, .image, .dictionary: true
    case .int, .number, .bool, .null, .secret, .text, .constant, .error: false
    case .list(let element, _): holdsText(element)
    case .record(let fields): fields.contains { holdsText($0.type) }
    case .union(let members): members.contains { holdsText($0) }
    case .named(let id): id.index < traits.count && traits[id.index].holdsText
    }
  }

  /// Whether a value of the type must meet any condition, in whatever part.
  package func hasConditions(_ type: ValueType) -> Bool {
    var opened: Set<TypeID> = []
    return hasConditions(type, .none, &opened)
  }

  private func hasConditions(_ type: ValueType, _ notes: TypeNotes, _ opened: inout Set<TypeID>) -> Bool {
    if notes.condition != nil { return true }
    switch type {
    case .named(let id):
      return opened.insert(id).inserted && hasConditions(self[id].type, self[id].notes, &opened)
    case .list(let element, let notes), .dictionary(let element, let notes):
      return hasConditions(element, notes, &opened)
    case .record(let fields): return fields.contains { hasConditions($0.type, $0.notes, &opened) }
    case .union(let members): return members.contains { hasConditions($0, .none, &opened) }
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .error:
      return false
    }
  }

  /// The type as a flow writes it, with the names that the author gave.
  package func describe(_ type: ValueType) -> String {
    switch type {
    case .string: "string"
    case .int: "int"
    case .number: "number"
    case .bool: "bool"
    case .null: "null"
    case .image: "image"
    case .file: "file"
    case .secret: "secret"
    case .json: "json"
    case .text(let text): Value.string(text).json()
    case .constant(let number): "\(number)"
    case .list(let element, _): "[\(describe(element))]"
    case .dictionary(let element, _): "[string: \(describe(element))]"
    case .record(let fields):
      fields.isEmpty
        ? "{}" : "{" + fields.map { "\($0.name): \(describe($0.type))" }.joined(separator: ", ") + "}"
    case .union(let members):
      members.count == 2 && members.last == .null
        ? "\(describe(members[0]))?" : members.map { describe($0) }.joined(separator: " | ")
    case .named(let id): self[id].name
    case .error: "unknown"
    }
  }
}
