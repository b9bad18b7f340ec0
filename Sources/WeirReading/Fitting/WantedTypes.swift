import WeirValues

/// A type laid out for fitting: all that is asked of a part of it, for every value anew, is found out once.
///
/// Each type in it has a number, so that it costs nothing to say that a part is tried as it.
final class WantedTypes: Sendable {
  typealias ID = Int

  private let types: TypeTable
  private let all: [Wanted]
  private let ids: [ValueType: ID]
  /// The type that was asked for.
  let whole: ID
  /// Nil where nothing is to be tried in more ways than one.
  let leastCosts: LeastCosts?
  /// Of each type, whether an empty list is of it just as it is.
  private let emptyLists: [Bool]

  struct Wanted {
    /// As it was written.
    let type: ValueType
    let form: Form
    let leaf: Leaf?
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

  /// A type whose values have no parts, and mostly are just as JSON has them.
  struct Leaf {
    let kind: Kind
    var isOptional = false

    enum Kind: UInt8 {
      case string, int, number, bool
    }
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
    var maker = Maker(types: types)
    whole = maker.id(of: type)
    self.types = types
    all = maker.all
    ids = maker.ids
    let hasUnions = maker.all.contains { if case .union = $0.form { true } else { false } }
    let costs = hasUnions ? LeastCosts(maker.all.map(\.form), maker.all.map(\.type)) : nil
    leastCosts = costs
    emptyLists = maker.all.map { maker.takesEmptyList($0.form, costs) }
  }

  subscript(id: ID) -> Wanted { all[id] }

  func form(_ id: ID) -> Form { all[id].form }

  func leaf(_ id: ID) -> Leaf? { all[id].leaf }

  func takesEmptyList(_ id: ID) -> Bool { emptyLists[id] }

  /// Of `whole`, where it is a list.
  var element: ID? {
    guard case .list(let element, _) = types.resolved(types.withoutNull(all[whole].type)) else { return nil }
    return ids[element]
  }

  /// The types without names that a type may be: itself, or the members of a union.
  func members(_ id: ID) -> [ID] {
    switch all[id].form {
    case .name(let type), .optional(let type): members(type)
    case .union(let ways): ways.ofAny.flatMap { members($0.type) }
    case .list, .record, .dictionary, .json, .labels, .scalar, .file: [id]
    }
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
    let leaf: WantedTypes.Leaf?
    /// In UTF-8.
    let bytes: [UInt8]

    init(
      _ name: String, _ type: WantedTypes.ID, _ valueType: ValueType, isOptional: Bool, isSimple: Bool,
      leaf: WantedTypes.Leaf?
    ) {
      self.name = name
      self.type = type
      self.valueType = valueType
      self.isOptional = isOptional
      self.isSimple = isSimple
      self.leaf = leaf
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
