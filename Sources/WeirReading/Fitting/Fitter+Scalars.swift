import WeirValues

/// A text where a number, a word or a string is wanted.
struct Scalar {
  let text: String
  /// Whether it stands in quotes: then it is a text before it is anything else.
  let isQuoted: Bool
  /// Whether it is all that there is, so that an explanation may follow.
  var isWhole = false
}

extension Fitter {
  mutating func fitScalar(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    switch node(index).kind {
    case .object: return fitUnwrappedScalar(index, type)
    case .list: return fitElement(index, type)
    case .missing: return mismatch(index, type)
    case .string, .bare: return fitWord(index, type)
    }
  }

  private mutating func fitWord(_ index: Int, _ id: WantedTypes.ID) -> Value? {
    let type = wanted[id].type
    if let value = plain(index, wanted.leaf(id)) { return value }
    guard isWholeWord(index, type) else { return nil }
    if source.isSeveralStrings(index) { return mismatch(index, id) }
    let scalar = Scalar(text: source.text(of: index), isQuoted: node(index).kind == .string)
    guard let (value, kinds) = Self.value(of: scalar, as: type) else { return mismatch(index, id) }
    for kind in kinds { note(kind, at: index) }
    return value
  }

  /// What is of its type just as JSON has it, as most values are; nil for what is to be looked at.
  @inline(__always)
  func plain(_ index: Int, _ leaf: WantedTypes.Leaf?) -> Value? {
    leaf.flatMap { source.plain(index, $0, cut: cut) }
  }

  mutating func fitLabels(_ index: Int, _ type: WantedTypes.ID, _ labels: Labels) -> Value? {
    switch node(index).kind {
    case .object: return fitUnwrappedScalar(index, type)
    case .list: return fitElement(index, type)
    case .missing: return mismatch(index, type)
    case .string, .bare: break
    }
    guard isWholeWord(index, .string) else { return nil }
    switch labels.match(source.text(of: index), mayExplain: true) {
    case .label(let label, let kind):
      if let kind { note(kind, at: index) }
      return .string(label)
    case .ambiguous(let first, let second):
      log.add(.ambiguous(.value(.string(first)), .value(.string(second))))
      return nil
    case nil: return mismatch(index, type)
    }
  }

  /// Whether a word is there to its end: one at which the text ends may have been going to be longer.
  mutating func isWholeWord(_ index: Int, _ type: ValueType) -> Bool {
    guard isCut(index) else { return true }
    let text = source.text(of: index)
    if node(index).kind == .bare, TruthWords.keyword(text) != nil || NullWords.isKeyword(text) { return true }
    guard options.allowsPartial, type == .string, node(index).kind == .string else {
      log.add(.cutOff)
      return false
    }
    note(.cutOff, at: index)
    return true
  }

  // MARK: Values of texts

  /// The value that a text is as a type without parts, and what must be forgiven for it.
  static func value(of scalar: Scalar, as type: ValueType) -> (Value, [Reading.Change.Kind])? {
    switch type {
    case .string: return string(scalar)
    case .int, .number: return number(scalar, isWhole: type == .int)
    case .constant(let wanted):
      guard let (value, kinds) = number(scalar, isWhole: false), value == .number(wanted) else { return nil }
      return (value, kinds)
    case .bool: return bool(scalar)
    case .null: return null(scalar)
    case .text(let label):
      guard case .label(let text, let kind) = Labels([label]).match(scalar.text, mayExplain: true) else {
        return nil
      }
      return (.string(text), kind.map { [$0] } ?? [])
    case .image, .file, .secret, .json, .list, .record, .dictionary, .union, .named, .error: return nil
    }
  }

  private static func string(_ scalar: Scalar) -> (Value, [Reading.Change.Kind])? {
    if scalar.isQuoted { return (.string(scalar.text), []) }
    if NullWords.isKeyword(scalar.text) { return nil }
    if TruthWords.keyword(scalar.text) != nil { return (.string(scalar.text), [.boolAsText]) }
    let isNumber = Number(jsonLiteral: scalar.text) != nil
    return (.string(scalar.text), isNumber ? [.numberAsText] : [])
  }

  private static func number(_ scalar: Scalar, isWhole: Bool) -> (Value, [Reading.Change.Kind])? {
    // What a strict check would let pass does, however large it is.
    if !scalar.isQuoted, let number = Number(jsonLiteral: scalar.text) {
      return isWhole && !number.isWhole ? nil : (.number(number), [])
    }
    guard let written = WrittenNumber(scalar.text), !isWhole || written.number.isWhole else { return nil }
    let kinds = scalar.isQuoted ? [.textAsNumber] + written.changes : written.changes
    // What the syntax forgave already is not told again.
    return (.number(written.number), kinds.filter { $0 != .otherNumber || scalar.isQuoted })
  }

  private static func bool(_ scalar: Scalar) -> (Value, [Reading.Change.Kind])? {
    let text = scalar.text
    if let keyword = TruthWords.keyword(text) {
      return (.bool(keyword), scalar.isQuoted ? [.textAsBool] : [])
    }
    if text == "1" || text == "0" { return (.bool(text == "1"), [.numberAsBool]) }
    if text.utf8.count <= 64, let meaning = TruthWords.meaning(of: NormalForm(text)) {
      return (.bool(meaning), [.textAsBool])
    }
    for clause in text.clauses(upTo: TruthWords.longest) {
      if let meaning = TruthWords.meaning(of: NormalForm(clause)) {
        let rest = text[clause.endIndex...]
        return TruthWords.says(!meaning, in: rest) || rest.hasNumberFirst
          ? nil : (.bool(meaning), [.textAsBool, .explained])
      }
    }
    return nil
  }

  private static func null(_ scalar: Scalar) -> (Value, [Reading.Change.Kind])? {
    if !scalar.isQuoted, NullWords.isKeyword(scalar.text) { return (.null, []) }
    return NullWords.contains(scalar.text) ? (.null, [.textAsNull]) : nil
  }
}

extension Substring {
  /// `: 5`, which counts and does not explain.
  fileprivate var hasNumberFirst: Bool {
    first == ":" && dropFirst().first { !$0.isWhitespace }?.isNumber == true
  }
}
