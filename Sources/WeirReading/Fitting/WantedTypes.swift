import WeirValues

/// A type laid out for fitting: all that is asked of a part of it, for every value anew, is found out once.
///
/// Each type in it has a number, so that it costs nothing to say that a part is tried as it.
struct WantedTypes: Sendable {
  typealias ID = Int

  private let types: TypeTable
  private var all: [Wanted] = []
  private var ids: [ValueType: ID] = [:]
  /// The type that was asked for.
  private(set) var whole: ID = 0
  /// Nil where nothing is to be tried in more ways than one.
  private(set) var leastCosts: LeastCosts?
  /// Of `whole`, where it is a list.
  var element: ID? {
    guard case .list(let element, _) = types.resolved(types.withoutNull(all[whole].type)) else { return nil }
    return ids[element]
  }

  struct Wanted {
    /// As it was written.
    let type: ValueType
    let form: Form
  }

  enum Form {
    /// A name of the type.
    case name(of: ID)
    case union(Ways)
    /// The type or null.
    case optional(ID)
    /// `mayBeList` says whether an element may itself be a list.
    case list(of: ID, mayBeList: Bool)
    case record(RecordForm)
    case dictionary(of: ID)
    case json
    case labels(Labels)
    /// A value without parts.
    case scalar
    /// Nothing that a text can say.
    case file
  }

  /// The ways to take a part as a union: as each of its members. Those of a part that may be a member in
  /// several ways stand beside all others, so that the dear ones are not tried where another is cheap.
  struct Ways {
    let ofAny: [Fitter.Alternative]
    let ofObject: [Fitter.Alternative]
    let ofList: [Fitter.Alternative]

    subscript(kind: LooseTree.Node.Kind) -> [Fitter.Alternative] {
      switch kind {
      case .object: ofObject
      case .list: ofList
      case .string, .bare, .missing: ofAny
      }
    }
  }

  init(_ type: ValueType, in types: TypeTable) {
    self.types = types
    whole = id(of: type)
    let hasUnions = all.contains { if case .union = $0.form { true } else { false } }
    if hasUnions { leastCosts = LeastCosts(all.map(\.form), all.map(\.type)) }
  }

  subscript(id: ID) -> Wanted { all[id] }

  /// The types without names that a type may be: itself, or the members of a union.
  func members(_ id: ID) -> [ID] {
    switch all[id].form {
    case .name(let type), .optional(let type): members(type)
    case .union(let ways): ways.ofAny.flatMap { members($0.type) }
    case .list, .record, .dictionary, .json, .labels, .scalar, .file: [id]
    }
  }

  private mutating func id(of type: ValueType) -> ID {
    if let id = ids[type] { return id }
    let id = all.count
    ids[type] = id
    // A type may hold itself.
    all.append(Wanted(type: type, form: .file))
    all[id] = Wanted(type: type, form: form(of: type))
    return id
  }

  private mutating func form(of type: ValueType) -> Form {
    switch type {
    case .named: .name(of: id(of: types.resolved(type)))
    // Most unions are optionals, and most of their values are there.
    case .union(let members) where members.count == 2 && members[1] == .null: .optional(id(of: members[0]))
    case .union: .union(ways(of: alternatives(of: type)))
    case .list(let element, _): .list(of: id(of: element), mayBeList: mayBeList(element))
    case .record(let fields): .record(recordForm(fields))
    case .dictionary(let element, _): .dictionary(of: id(of: element))
    case .json, .error: .json
    case .string, .int, .number, .bool, .null, .text, .constant: .scalar
    case .image, .file, .secret: .file
    }
  }

  private func mayBeList(_ element: ValueType) -> Bool {
    types.hasMember(element) { if case .list = $0 { true } else { false } }
  }

  private mutating func recordForm(_ fields: [RecordField]) -> RecordForm {
    RecordForm(
      fields.map { field in
        RecordForm.Field(
          field.name, id(of: field.type), field.type, isOptional: types.isOptional(field.type),
          isSimple: isSimple(field.type))
      })
  }

  private func isSimple(_ type: ValueType) -> Bool {
    !types.hasMember(type) { member in
      switch member {
      case .list, .record, .dictionary, .json, .error, .union, .named: true
      case .string, .int, .number, .bool, .null, .text, .constant, .image, .file, .secret: false
      }
    }
  }

  /// The members, all texts of an enumeration as one.
  private mutating func alternatives(of type: ValueType) -> [Fitter.Alternative] {
    let members = types.members(type)
    let labels = members.compactMap { if case .text(let label) = $0 { label } else { nil } }
    var isEnumerated = false
    var alternatives: [Fitter.Alternative] = []
    for member in members {
      guard case .text = member else {
        alternatives.append(.init(.asType, id(of: member)))
        continue
      }
      if !isEnumerated { alternatives.append(.init(.asType, id(ofLabels: labels))) }
      isEnumerated = true
    }
    return alternatives
  }

  private mutating func ways(of alternatives: [Fitter.Alternative]) -> Ways {
    var ofObject: [Fitter.Alternative] = []
    var ofList: [Fitter.Alternative] = []
    for alternative in alternatives {
      let type = alternative.type
      switch all[type].type {
      case .list(let member, _):
        let element = id(of: member)
        ofObject += [.init(.onlyElement, element), .init(.unwrapped, type)]
        ofList.append(.init(.elements, element))
        if mayBeList(member) { ofList.append(.init(.onlyElement, element)) }
      case .record:
        ofObject.append(alternative)
        ofList += [.init(.element, type), .init(.onlyField, type)]
      case .string, .int, .number, .bool, .null, .text, .constant, .image, .file, .secret, .json, .dictionary,
        .union, .named, .error:
        ofObject.append(alternative)
        ofList.append(alternative)
      }
    }
    return Ways(ofAny: alternatives, ofObject: ofObject, ofList: ofList)
  }

  private mutating func id(ofLabels labels: [String]) -> ID {
    all.append(Wanted(type: .anyOf(labels.map { .text($0) }), form: .labels(Labels(labels))))
    return all.count - 1
  }
}

/// The fields of a record, as they are looked for.
final class RecordForm: Sendable {
  let fields: [Field]
  /// The only field that must be there, where there is just one such.
  let onlyRequired: Int?
  private let places: [String: Int]
  private let placesOfForms: [NormalForm: [Int]]

  struct Field: Sendable {
    let name: String
    let type: WantedTypes.ID
    /// As it is written.
    let valueType: ValueType
    let isOptional: Bool
    /// Whether its values have no parts.
    let isSimple: Bool
    /// In UTF-8.
    let bytes: [UInt8]

    init(_ name: String, _ type: WantedTypes.ID, _ valueType: ValueType, isOptional: Bool, isSimple: Bool) {
      self.name = name
      self.type = type
      self.valueType = valueType
      self.isOptional = isOptional
      self.isSimple = isSimple
      bytes = Array(name.utf8)
    }
  }

  init(_ fields: [Field]) {
    self.fields = fields
    let required = fields.indices.filter { !fields[$0].isOptional }
    onlyRequired = required.count == 1 ? required[0] : nil
    places = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    placesOfForms = Dictionary(grouping: fields.indices) { NormalForm(fields[$0].name) }
  }

  func place(of name: String) -> Int? { places[name] }

  /// The field that a key means, as it is spelled or by its normal form.
  func field(spelled key: String) -> Field? {
    (place(of: key) ?? places(of: NormalForm(key)).first).map { fields[$0] }
  }

  /// The fields of a normal form.
  func places(of form: NormalForm) -> [Int] { placesOfForms[form] ?? [] }
}
