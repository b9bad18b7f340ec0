/// Makes texts that a regular expression matches.
///
/// Reads what people write to bound a field: literals, `.`, classes, `\d \w \s`, groups, alternatives
/// and counts; `^` and `$` mean nothing here, for the text is the match and nothing else. It gives up
/// on everything else, and does not matter whether a count is greedy.
struct PatternSampler {
  private let root: Part

  indirect enum Part {
    case oneOf([ClosedRange<UInt32>])
    case sequence([Part])
    case alternatives([Part])
    case repeated(Part, least: Int, most: Int?)
  }

  init?(_ pattern: String) {
    var reader = PatternReader(pattern)
    guard let root = reader.read() else { return nil }
    self.root = root
  }

  /// A match with so many code points, or nil when none was found in a handful of attempts: the
  /// counts of the pattern are first kept short, then let longer and longer.
  func sample(_ length: ClosedRange<Int>, _ dice: inout Dice) -> String? {
    var slack = 3
    let enough = length.lowerBound * 2 + 8
    for attempt in 0..<64 {
      var scalars = String.UnicodeScalarView()
      append(root, to: &scalars, slack: attempt == 1 ? 0 : slack, limit: 4_096 + length.lowerBound * 4, &dice)
      if length.contains(scalars.count) { return String(scalars) }
      if scalars.count < length.lowerBound { slack = min(slack * 2, enough) } else { slack = slack / 2 }
    }
    return nil
  }

  private func append(
    _ part: Part, to text: inout String.UnicodeScalarView, slack: Int, limit: Int, _ dice: inout Dice
  ) {
    switch part {
    case .oneOf(let ranges):
      if let scalar = Self.pick(ranges, &dice) { text.append(scalar) }
    case .sequence(let parts):
      for part in parts { append(part, to: &text, slack: slack, limit: limit, &dice) }
    case .alternatives(let parts):
      if let part = dice.pick(parts) { append(part, to: &text, slack: slack, limit: limit, &dice) }
    case .repeated(let part, let least, let most):
      let extra = min(slack, max(0, (most ?? .max) - least))
      var count = least + dice.roll(extra + 1)
      while count > 0, text.count < limit {
        append(part, to: &text, slack: slack, limit: limit, &dice)
        count -= 1
      }
    }
  }

  private static func pick(_ ranges: [ClosedRange<UInt32>], _ dice: inout Dice) -> Unicode.Scalar? {
    var place = dice.roll(ranges.reduce(0) { $0 + $1.count })
    for range in ranges {
      if place < range.count { return Unicode.Scalar(range.lowerBound + UInt32(place)) }
      place -= range.count
    }
    return nil
  }
}

/// Reads a pattern; nil where it has something that cannot be sampled.
private struct PatternReader {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  private static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
  private static let letters: [ClosedRange<UInt32>] = [0x61...0x7A]
  private static let wordScalars: [ClosedRange<UInt32>] = [
    0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F...0x5F,
  ]
  /// What a class that names what it does not want is filled from.
  private static let printable: ClosedRange<UInt32> = 0x20...0x7E

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func read() -> PatternSampler.Part? {
    guard let part = alternatives(), at == scalars.count else { return nil }
    return part
  }

  private mutating func alternatives() -> PatternSampler.Part? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 64, let first = sequence() else { return nil }
    var parts = [first]
    while accept("|") {
      guard let next = sequence() else { return nil }
      parts.append(next)
    }
    return parts.count == 1 ? first : .alternatives(parts)
  }

  private mutating func sequence() -> PatternSampler.Part? {
    var parts: [PatternSampler.Part] = []
    while at < scalars.count, scalars[at] != "|", scalars[at] != ")" {
      if accept("^") || accept("$") { continue }
      guard let atom = atom(), let part = counted(atom) else { return nil }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private mutating func atom() -> PatternSampler.Part? {
    let scalar = scalars[at]
    at += 1
    switch scalar {
    case "(":
      if accept("?"), !accept(":") { return nil }
      guard let part = alternatives(), accept(")") else { return nil }
      return part
    case "[": return bracket()
    case ".": return .oneOf(Self.letters)
    case "\\": return escape(inBracket: false).map { .oneOf($0) }
    case "*", "+", "?", "{", "}", "]": return nil
    default: return .oneOf([scalar.value...scalar.value])
    }
  }

  private mutating func counted(_ part: PatternSampler.Part) -> PatternSampler.Part? {
    var result = part
    if accept("*") {
      result = .repeated(part, least: 0, most: nil)
    } else if accept("+") {
      result = .repeated(part, least: 1, most: nil)
    } else if accept("?") {
      return accept("+") ? nil : .repeated(part, least: 0, most: 1)
    } else if accept("{") {
      guard let least = number() else { return nil }
      let most = accept(",") ? number() : least
      guard accept("}"), most ?? least >= least else { return nil }
      result = .repeated(part, least: least, most: most)
    } else {
      return part
    }
    _ = accept("?")
    return result
  }

  private mutating func number() -> Int? {
    let start = at
    while at < scalars.count, at - start < 9, scalars[at].properties.numericType == .decimal,
      scalars[at].isASCII
    {
      at += 1
    }
    return Int(String(String.UnicodeScalarView(scalars[start..<at])))
  }

  private mutating func bracket() -> PatternSampler.Part? {
    let isNegated = accept("^")
    var ranges: [ClosedRange<UInt32>] = []
    while at < scalars.count, scalars[at] != "]" {
      guard let low = bracketItem() else { return nil }
      let isRange = at + 1 < scalars.count && scalars[at] == "-" && scalars[at + 1] != "]"
      guard isRange, low.count == 1, low[0].count == 1 else {
        ranges += low
        continue
      }
      at += 1
      guard let high = bracketItem(), high.count == 1, high[0].count == 1,
        high[0].lowerBound >= low[0].lowerBound
      else { return nil }
      ranges.append(low[0].lowerBound...high[0].lowerBound)
    }
    guard accept("]") else { return nil }
    if isNegated { ranges = Self.complement(of: ranges) }
    return ranges.isEmpty ? nil : .oneOf(ranges)
  }

  private mutating func bracketItem() -> [ClosedRange<UInt32>]? {
    let scalar = scalars[at]
    at += 1
    if scalar == "\\" { return escape(inBracket: true) }
    return scalar == "[" ? nil : [scalar.value...scalar.value]
  }

  private mutating func escape(inBracket: Bool) -> [ClosedRange<UInt32>]? {
    guard at < scalars.count else { return nil }
    let scalar = scalars[at]
    at += 1
    switch scalar {
    case "d": return Self.digits
    case "w": return Self.wordScalars
    case "s": return [0x20...0x20]
    case "D", "S": return Self.letters
    case "W": return [0x20...0x20, 0x2D...0x2D]
    case "n": return [0x0A...0x0A]
    case "r": return [0x0D...0x0D]
    case "t": return [0x09...0x09]
    case "u": return codePoint(digits: 4)
    case "x": return codePoint(digits: 2)
    default:
      let isPlain = !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
      return isPlain ? [scalar.value...scalar.value] : nil
    }
  }

  private mutating func codePoint(digits: Int) -> [ClosedRange<UInt32>]? {
    guard at + digits <= scalars.count else { return nil }
    let text = String(String.UnicodeScalarView(scalars[at..<at + digits]))
    at += digits
    guard let value = UInt32(text, radix: 16), Unicode.Scalar(value) != nil else { return nil }
    return [value...value]
  }

  private static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    printable.filter { value in !ranges.contains { $0.contains(value) } }.map { $0...$0 }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard at < scalars.count, scalars[at] == scalar else { return false }
    at += 1
    return true
  }
}
