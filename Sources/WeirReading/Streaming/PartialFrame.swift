import WeirValues

/// A container that is being read, with what is in it so far.
struct PartialFrame: Sendable {
  var place: Place
  private var record = Record()
  private var list: [Value] = []
  /// Whether the last of the list is an element that is still being read, put there to be shown.
  private var endsInPart = false

  /// Where the reading of it is. It is kept apart from what was read: to hold on to that, even for a
  /// moment, would make a copy of all of it when the next part is added.
  struct Place: Sendable {
    let node: Int
    let kind: Kind
    /// The part that comes next: in an object, its key.
    var next: Int
  }

  var kind: Kind { place.kind }

  enum Kind: Sendable {
    case record(RecordForm)
    case dictionary(of: WantedTypes.ID)
    case list(of: WantedTypes.ID)
    /// An object of one field, which stands for the value in it.
    case wrapper(of: WantedTypes.ID)

    /// The type of a part, by its key in an object; nil for a key that the type does not have.
    func type(of key: String?) -> WantedTypes.ID? {
      switch self {
      case .record(let form): key.flatMap { form.field(spelled: $0)?.type }
      case .dictionary(let element), .list(let element): element
      case .wrapper(let type): type
      }
    }

    /// What the type calls a key.
    fileprivate func name(of key: String) -> String {
      guard case .record(let form) = self else { return key }
      return form.field(spelled: key)?.name ?? key
    }
  }

  init(node: Int, kind: Kind) {
    place = Place(node: node, kind: kind, next: node + 1)
  }

  /// What does not fit, or has no place, is left out.
  mutating func add(_ value: Value?, _ key: String?) {
    dropPart()
    guard let value else { return }
    switch kind {
    case .list: list.append(value)
    case .record, .dictionary, .wrapper:
      if let key { record[kind.name(of: key)] = value }
    }
  }

  /// The value so far, with one that is still being read. In a list that stays until something else comes:
  /// a copy of all elements for each look would cost the more the longer the list is.
  mutating func value(with part: Value?, _ key: String?) -> Value? {
    switch kind {
    case .list:
      dropPart()
      if let part { list.append(part) }
      endsInPart = part != nil
      return .list(list)
    case .record, .dictionary, .wrapper:
      var shown = self
      shown.add(part, key)
      if case .wrapper = kind { return shown.record.fields.first?.value }
      return .record(shown.record)
    }
  }

  private mutating func dropPart() {
    if endsInPart { list.removeLast() }
    endsInPart = false
  }

  /// The value of a container that has ended.
  mutating func complete() -> Value? {
    guard case .record(let form) = kind else { return value(with: nil, nil) }
    var whole = Record()
    for field in form.fields {
      if let value = record[field.name] {
        whole[field.name] = value
      } else if field.isOptional {
        whole[field.name] = .null
      }
    }
    return .record(whole)
  }
}
