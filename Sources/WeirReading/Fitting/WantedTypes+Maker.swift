import WeirValues

extension WantedTypes {
  /// Lays out a type and all that are in it.
  struct Maker {
    let types: TypeTable
    private(set) var all: [Wanted] = []
    private(set) var ids: [ValueType: ID] = [:]

    init(types: TypeTable) { self.types = types }

    mutating func id(of type: ValueType) -> ID {
      if let id = ids[type] { return id }
      let id = all.count
      ids[type] = id
      // A type may hold itself.
      all.append(Wanted(type: type, form: .file, leaf: nil))
      let form = form(of: type)
      all[id] = Wanted(type: type, form: form, leaf: leaf(of: type, form))
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

    private func leaf(of type: ValueType, _ form: Form) -> Leaf? {
      switch form {
      case .name(let type): all[type].leaf
      case .optional(let type): all[type].leaf.map { Leaf(kind: $0.kind, isOptional: true) }
      case .scalar: Leaf.Kind(type).map { Leaf(kind: $0) }
      case .union, .list, .record, .dictionary, .json, .labels, .file: nil
      }
    }

    /// Whether an empty list is the type, and that way is the first that costs nothing.
    func takesEmptyList(_ form: Form, _ costs: LeastCosts?) -> Bool {
      switch withoutNames(form) {
      case .list, .json: return true
      case .union(let ways):
        let first = ways.ofList.first { costs?.costOfEmptyList($0, all) == 0 }
        return first?.way == .elements
      case .name, .optional, .record, .dictionary, .labels, .scalar, .file: return false
      }
    }

    /// What a name stands for, or the type of an optional; a few names deep, as one may stand for itself.
    private func withoutNames(_ form: Form) -> Form {
      var form = form
      for _ in 0..<4 {
        switch form {
        case .name(let type), .optional(let type): form = all[type].form
        case .union, .list, .record, .dictionary, .json, .labels, .scalar, .file: return form
        }
      }
      return form
    }

    private func mayBeList(_ element: ValueType) -> Bool {
      types.hasMember(element) { if case .list = $0 { true } else { false } }
    }

    private mutating func recordForm(_ fields: [RecordField]) -> RecordForm {
      RecordForm(
        fields.map { field in
          let id = id(of: field.type)
          return RecordForm.Field(
            field.name, id, field.type, isOptional: types.isOptional(field.type),
            isSimple: isSimple(field.type), leaf: all[id].leaf)
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
        case .string, .int, .number, .bool, .null, .text, .constant, .image, .file, .secret, .json,
          .dictionary,
          .union, .named, .error:
          ofObject.append(alternative)
          ofList.append(alternative)
        }
      }
      return Ways(ofAny: alternatives, ofObject: ofObject, ofList: ofList)
    }

    private mutating func id(ofLabels labels: [String]) -> ID {
      all.append(
        Wanted(type: .anyOf(labels.map { .text($0) }), form: .labels(Labels(labels)), leaf: nil))
      return all.count - 1
    }
  }
}

extension WantedTypes.Leaf.Kind {
  fileprivate init?(_ type: ValueType) {
    switch type {
    case .string: self = .string
    case .int: self = .int
    case .number: self = .number
    case .bool: self = .bool
    case .null, .text, .constant, .image, .file, .secret, .json, .list, .record, .dictionary, .union, .named,
      .error:
      return nil
    }
  }
}
