import WeirValues

/// The bounds of a schema in words, and back: `1 to 5 elements`, `more than 0`, ``matching `^a` ``.
enum SchemaBounds {
  /// What a schema says of length, count, size and pattern, joined by commas; nil when it says nothing.
  static func phrase(of node: SchemaNode) -> String? {
    let phrases = [
      range(node["minLength"], node["maxLength"], unit: "character"),
      range(node["minItems"], node["maxItems"], unit: "element"),
      range(node["minimum"], node["maximum"], unit: nil),
      node["exclusiveMinimum"]?.number.map { "more than \($0)" },
      node["exclusiveMaximum"]?.number.map { "less than \($0)" },
      node["pattern"]?.string.map { "matching `\(onOneLine($0))`" },
    ].compactMap(\.self)
    return phrases.isEmpty ? nil : phrases.joined(separator: ", ")
  }

  private static func range(_ low: Value?, _ high: Value?, unit: String?) -> String? {
    let (low, high) = (low?.number, high?.number)
    guard let last = high ?? low else { return nil }
    let noun = unit.map { last == Number(1) ? " \($0)" : " \($0)s" } ?? ""
    switch (low, high) {
    case (let low?, let high?) where low == high: return "exactly \(low)\(noun)"
    case (let low?, let high?): return "\(low) to \(high)\(noun)"
    case (let low?, nil): return "at least \(low)\(noun)"
    case (nil, let high?): return "at most \(high)\(noun)"
    case (nil, nil): return nil
    }
  }

  /// A pattern means the same with a line feed as `\n`, and with `*/` as `*\/`.
  private static func onOneLine(_ pattern: String) -> String {
    pattern.replacing("\n", with: "\\n").replacing("*/", with: "*\\/")
  }

  /// The keywords that a phrase states; nil for a text that is no phrase of bounds.
  static func keywords(in phrase: some StringProtocol) -> [Record.Field]? {
    var phrase = phrase[...]
    var fields: [Record.Field] = []
    if phrase.last == "`", let start = phrase.firstRange(of: "matching `") {
      let pattern = phrase[start.upperBound...].dropLast()
      fields.append(.init("pattern", .string(String(pattern))))
      phrase = phrase[..<start.lowerBound]
      if phrase.isEmpty { return fields }
      guard phrase.hasSuffix(", ") else { return nil }
      phrase = phrase.dropLast(2)
    }
    for part in phrase.split(separator: ", ", omittingEmptySubsequences: false) {
      guard let stated = bound(in: part.split(separator: " ", omittingEmptySubsequences: false)) else {
        return nil
      }
      fields.insert(contentsOf: stated, at: fields.endIndex)
    }
    return fields
  }

  private static func bound(in words: [some StringProtocol]) -> [Record.Field]? {
    var words = words.map { String($0) }[...]
    guard let unit = takeUnit(from: &words) else { return nil }
    func number(_ word: String) -> Value? {
      guard let value = try? Value(json: word), value.number != nil else { return nil }
      return value
    }
    let pair = words.count == 3 ? (words.first ?? "", words[words.startIndex + 1], words.last ?? "") : nil
    if let pair, let last = number(pair.2) {
      switch (pair.0, pair.1) {
      case ("at", "least"): return [.init(unit.low, last)]
      case ("at", "most"): return [.init(unit.high, last)]
      case ("more", "than") where unit.low == "minimum": return [.init("exclusiveMinimum", last)]
      case ("less", "than") where unit.low == "minimum": return [.init("exclusiveMaximum", last)]
      case (let first, "to"): return number(first).map { [.init(unit.low, $0), .init(unit.high, last)] }
      default: return nil
      }
    }
    guard words.count == 2, words.first == "exactly", let value = words.last.flatMap(number) else {
      return nil
    }
    return [.init(unit.low, value), .init(unit.high, value)]
  }

  private static func takeUnit(from words: inout ArraySlice<String>) -> (low: String, high: String)? {
    switch words.last {
    case "character", "characters":
      words.removeLast()
      return ("minLength", "maxLength")
    case "element", "elements":
      words.removeLast()
      return ("minItems", "maxItems")
    case nil: return nil
    default: return ("minimum", "maximum")
    }
  }
}
