import WeirValues

/// Reads an answer that is no JSON: a word, a number, a text.
struct WordReading {
  private let members: [ValueType]
  private let labels: Labels?
  private let isCutOff: Bool

  /// What it costs to take prose as a text, where something else might have been meant.
  private static let costOfProse = 9

  /// `members` are those of the wanted type: none of them a name or a union.
  init(_ members: [ValueType], isCutOff: Bool) {
    self.members = members
    self.isCutOff = isCutOff
    let labels = members.compactMap { if case .text(let label) = $0 { label } else { nil } }
    self.labels = labels.isEmpty ? nil : Labels(labels)
  }

  /// Whether a word can be any of the members.
  var mayRead: Bool {
    members.contains { member in
      switch member {
      case .string, .int, .number, .bool, .null, .text, .constant: true
      case .image, .file, .secret, .json, .list, .record, .dictionary, .union, .named, .error: false
      }
    }
  }

  /// The value, what was forgiven, and what it costs beside that.
  func read(_ text: String) -> (Value, [Reading.Change.Kind], Int)? {
    if !isCutOff, let (value, kinds) = scalar(text, mayExplain: true) { return (value, kinds, 0) }
    if !isCutOff, let value = mentioned(in: text) { return (value, [.mentioned], 0) }
    guard members.contains(.string) else { return nil }
    let isAlone = members.allSatisfy { $0 == .string || $0 == .null }
    return (.string(text), [], isAlone ? 0 : Self.costOfProse)
  }

  /// What the text is as one of the members, save a text that may be anything.
  private func scalar(_ text: String, mayExplain: Bool) -> (Value, [Reading.Change.Kind])? {
    var best: (value: Value, kinds: [Reading.Change.Kind], cost: Int)?
    var isAmbiguous = false
    func offer(_ value: Value, _ kinds: [Reading.Change.Kind]) {
      let cost = kinds.reduce(0) { $0 + $1.cost }
      guard let present = best, cost >= present.cost else {
        best = (value, kinds, cost)
        isAmbiguous = false
        return
      }
      if cost == present.cost, value != present.value { isAmbiguous = true }
    }
    let (bare, isQuoted) = text.withoutMarks
    if let labels {
      switch labels.match(bare, mayExplain: mayExplain) {
      case .label(let label, let kind):
        offer(.string(label), kind.map { [$0] } ?? (isQuoted ? [.otherQuote] : []))
      case .ambiguous: return nil
      case nil: break
      }
    }
    let word = Scalar(text: bare, isQuoted: isQuoted)
    for member in members where member != .string {
      if case .text = member { continue }
      guard let (value, kinds) = Fitter.value(of: word, as: member), !value.isNull || text.isNullWord,
        mayExplain || !kinds.contains(.explained)
      else { continue }
      offer(value, kinds)
    }
    return isAmbiguous ? nil : best.map { ($0.value, $0.kinds) }
  }

  /// The one value that the prose gives as its answer.
  private func mentioned(in text: String) -> Value? {
    let isWanted = members.contains { member in
      switch member {
      case .int, .number, .bool, .constant, .text: true
      case .string, .null, .image, .file, .secret, .json, .list, .record, .dictionary, .union, .named, .error:
        false
      }
    }
    guard isWanted, !members.contains(.string) else { return nil }
    var found: Value?
    for part in Mentions(in: text) {
      guard let (value, _) = scalar(part, mayExplain: false), !value.isNull else { continue }
      if let found, found != value { return nil }
      found = value
    }
    return found
  }
}

extension String {
  /// Without the quotes or marks of Markdown that are around all of it, and without a full stop; and
  /// whether there were quotes.
  fileprivate var withoutMarks: (text: String, isQuoted: Bool) {
    var text = self[...]
    var isQuoted = false
    // What is long is looked at from its ends: to count it, as `dropLast` does, takes longer than to read it.
    while let first = text.first, let last = text.last, Self.isPair(first, last),
      text.index(after: text.startIndex) != text.endIndex
    {
      isQuoted = isQuoted || !"*_`".contains(first)
      text.removeFirst()
      text.removeLast()
    }
    if text.last == "." || text.last == "。",
      text[..<text.index(before: text.endIndex)].contains(where: \.isLetter)
    {
      text.removeLast()
    }
    return (String(text), isQuoted)
  }

  private static func isPair(_ first: Character, _ last: Character) -> Bool {
    switch first {
    case "*", "_", "`", "\"", "'": first == last
    case "“": last == "”"
    case "‘": last == "’"
    case "„": last == "“"
    case "«": last == "»"
    case "「": last == "」"
    default: false
    }
  }

  fileprivate var isNullWord: Bool { NullWords.contains(self) }
}
