import WeirValues

/// What it costs at least to take a part of some shape as a type, found out once for each type.
///
/// So what can never be, or never be as cheap as what was found, need not be tried. A type may hold itself:
/// the costs are lowered, from never, until they stay as they are.
struct LeastCosts: Sendable {
  /// That of what never fits.
  static let never = 1 << 20

  /// What is to be seen of a part without a look at what it says.
  struct Shape {
    enum Kind: Int, CaseIterable {
      case object, list
      /// In quotes; `jsonText` where it may be JSON again.
      case text, jsonText
      /// Without quotes; `keyword` where it may be a number, true or false.
      case word, keyword
      case missing
    }

    let kind: Kind
    /// The first element of a list; nil where there is none, or it is not known.
    var first: Kind?

    fileprivate var index: Int { first.map { Self.kinds + $0.rawValue } ?? kind.rawValue }

    /// Written out, because it is asked for at every part: `allCases` would make a list each time.
    fileprivate static var kinds: Int { 7 }

    fileprivate static let all: [Shape] =
      Kind.allCases.map { Shape(kind: $0) } + Kind.allCases.map { Shape(kind: .list, first: $0) }
  }

  /// Of each type, shape by shape.
  private var costs: [Int]

  init(_ forms: [WantedTypes.Form], _ types: [ValueType]) {
    precondition(Shape.kinds == Shape.Kind.allCases.count, "each kind of shape has its place")
    costs = Array(repeating: Self.never, count: forms.count * Shape.all.count)
    while lower(forms, types) {}
  }

  func cost(_ type: WantedTypes.ID, _ shape: Shape) -> Int { costs[type * Self.shapes + shape.index] }

  func cost(_ type: WantedTypes.ID, _ kind: Shape.Kind) -> Int { costs[type * Self.shapes + kind.rawValue] }

  private static var shapes: Int { 2 * Shape.kinds }

  /// Whether a cost could be lowered.
  private mutating func lower(_ forms: [WantedTypes.Form], _ types: [ValueType]) -> Bool {
    var isLower = false
    for type in forms.indices {
      for shape in Shape.all {
        let cost = cost(of: type, forms[type], types[type], shape)
        if cost < costs[type * Self.shapes + shape.index] {
          costs[type * Self.shapes + shape.index] = cost
          isLower = true
        }
      }
    }
    return isLower
  }

  // MARK: One type

  private func cost(
    of type: WantedTypes.ID, _ form: WantedTypes.Form, _ valueType: ValueType, _ shape: Shape
  ) -> Int {
    switch form {
    case .name(let type): cost(type, shape)
    case .optional(let type): min(cost(type, shape), costOfAbsence(shape.kind))
    case .union(let ways): ways.ofAny.map { cost($0.type, shape) }.min() ?? Self.never
    case .list(let element, _): costOfList(element, shape)
    case .record(let form): costOfRecord(type, form, shape)
    case .dictionary: costOfDictionary(shape.kind)
    case .json: shape.kind == .missing ? Kind.missingValue.cost : 0
    case .labels: costOfWord(shape.kind, inText: 0, unwrapped: Kind.unwrapped.cost)
    case .scalar: costOfScalar(valueType, shape.kind)
    case .file: Self.never
    }
  }

  private typealias Kind = Reading.Change.Kind

  private func costOfAbsence(_ kind: Shape.Kind) -> Int {
    switch kind {
    case .object, .list: Self.never
    case .text, .jsonText: Kind.textAsNull.cost
    case .word, .keyword: 0
    case .missing: Kind.missingValue.cost
    }
  }

  private func costOfList(_ element: WantedTypes.ID, _ shape: Shape) -> Int {
    let onlyElement = Kind.listOfOne.cost + cost(element, shape)
    return switch shape.kind {
    case .list: min(shape.first.map { cost(element, $0) } ?? 0, onlyElement)
    case .object: min(onlyElement, Kind.unwrapped.cost)
    case .jsonText: min(onlyElement, Kind.textInText.cost)
    case .text, .word, .keyword: onlyElement
    case .missing: Self.never
    }
  }

  private func costOfRecord(_ type: WantedTypes.ID, _ form: RecordForm, _ shape: Shape) -> Int {
    let onlyField =
      form.onlyRequired.map { Kind.onlyField.cost + cost(form.fields[$0].type, shape) } ?? Self.never
    return switch shape.kind {
    case .object: 0
    case .list: min(onlyField, Kind.oneOfList.cost + (shape.first.map { cost(type, $0) } ?? 0))
    case .jsonText: min(onlyField, Kind.textInText.cost)
    case .text, .keyword: onlyField
    case .word, .missing: Self.never
    }
  }

  private func costOfDictionary(_ kind: Shape.Kind) -> Int {
    switch kind {
    case .object: 0
    case .list: Kind.oneOfList.cost
    case .jsonText: Kind.textInText.cost
    case .text, .word, .keyword, .missing: Self.never
    }
  }

  private func costOfWord(_ kind: Shape.Kind, inText: Int, unwrapped: Int) -> Int {
    switch kind {
    case .object: unwrapped
    case .list: Kind.oneOfList.cost
    case .text, .jsonText: inText
    case .word, .keyword: 0
    case .missing: Self.never
    }
  }

  private func costOfScalar(_ type: ValueType, _ kind: Shape.Kind) -> Int {
    let unwrapped = type == .string ? Self.never : Kind.unwrapped.cost
    let inText =
      switch type {
      case .int, .number, .constant: Kind.textAsNumber.cost
      case .bool: Kind.textAsBool.cost
      case .null: Kind.textAsNull.cost
      case .string, .text, .image, .file, .secret, .json, .list, .record, .dictionary, .union, .named, .error:
        0
      }
    return costOfWord(kind, inText: inText, unwrapped: unwrapped)
  }

  // MARK: One way

  func cost(_ alternative: Fitter.Alternative, _ shape: Shape, in wanted: WantedTypes) -> Int {
    cost(alternative, shape) { wanted.form($0) }
  }

  func costOfEmptyList(_ alternative: Fitter.Alternative, _ all: [WantedTypes.Wanted]) -> Int {
    cost(alternative, Shape(kind: .list)) { all[$0].form }
  }

  @inline(__always)
  private func cost(
    _ alternative: Fitter.Alternative, _ shape: Shape, _ form: (WantedTypes.ID) -> WantedTypes.Form
  ) -> Int {
    switch alternative.way {
    case .asType: return cost(alternative.type, shape)
    case .elements: return shape.first.map { cost(alternative.type, $0) } ?? 0
    case .onlyElement: return Kind.listOfOne.cost + cost(alternative.type, shape)
    case .onlyField:
      guard case .record(let form) = form(alternative.type), let only = form.onlyRequired else {
        return Self.never
      }
      return Kind.onlyField.cost + cost(form.fields[only].type, shape)
    case .unwrapped: return Kind.unwrapped.cost
    case .element: return Kind.oneOfList.cost + (shape.first.map { cost(alternative.type, $0) } ?? 0)
    case .innerText: return Kind.textInText.cost
    case .json: return 0
    }
  }
}

extension Fitter {
  func shape(of index: Int) -> LeastCosts.Shape {
    let kind = kind(of: index)
    // An element that is cut off may be left out.
    let hasFirst = kind == .list && node(index).next > index + 1 && !options.allowsPartial
    return LeastCosts.Shape(kind: kind, first: hasFirst ? self.kind(of: index + 1) : nil)
  }

  private func kind(of index: Int) -> LeastCosts.Shape.Kind {
    switch node(index).kind {
    case .object: .object
    case .list: .list
    case .string: source.mayHoldJSON(index) ? .jsonText : .text
    case .bare: source.mayBeKeyword(index) ? .keyword : .word
    case .missing: .missing
    }
  }
}

extension LooseText {
  /// Whether a value without quotes may be a number, true or false, by a short look at its signs.
  fileprivate func mayBeKeyword(_ index: Int) -> Bool {
    let said = bytes[tree.nodes[index].content]
    let isTruth = said.count <= 5 && (said.first.map { $0 | 0x20 == 0x74 || $0 | 0x20 == 0x66 } ?? false)
    let start = said.prefix(80)
    return isTruth
      || (start.contains { $0.isDigit || $0 >= 0x80 } && !start.contains(where: \.isForeignToNumbers))
  }
}

extension UInt8 {
  /// Whether no number has it, in whatever script: certain signs, and the first bytes of Chinese characters.
  fileprivate var isForeignToNumbers: Bool {
    switch self {
    case .openBrace, .closeBrace, .openBracket, .closeBracket, .openParenthesis, .closeParenthesis, .quote,
      .colon, .semicolon, .equals, .less, .greater, 0xE4...0xE9:
      true
    default: false
    }
  }
}
