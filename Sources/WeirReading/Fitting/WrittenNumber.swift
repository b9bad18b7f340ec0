import WeirValues

/// A number as people and other languages write it: `1,234.50`, `$5`, `50%`, `0x1F`, `1/2`, `+5`.
///
/// Never one that could be another: what stands behind the digits must be a unit that does not change
/// them, so `5k` and `5 million` are no numbers.
struct WrittenNumber {
  let number: Number
  /// What had to be forgiven.
  private(set) var changes: [Reading.Change.Kind] = []

  init?(_ text: String) {
    if let number = Number(jsonLiteral: text) {
      guard number.double.isFinite else { return nil }
      self.number = number
      return
    }
    guard text.utf8.count <= 80, var rest = text.asciiDigits else { return nil }
    var changes: [Reading.Change.Kind] = []
    rest.trimEmphasis()
    let isNegative = rest.dropSign()
    if !rest.isHexadecimal, rest.dropUnits() { changes.append(.unitDropped) }
    let isNegativeBehindUnit = rest.dropSign()
    // Beside a currency three digits behind one point may be thousands.
    if !changes.isEmpty, rest.isOneGroup(behind: UInt8(ascii: ".")) { return nil }
    guard !isNegative || !isNegativeBehindUnit else { return nil }
    guard let (digits, kind) = Self.read(rest) else { return nil }
    changes.append(kind)
    let sign = isNegative || isNegativeBehindUnit ? "-" : ""
    guard let number = Number(jsonLiteral: sign + digits), number.double.isFinite else { return nil }
    self.number = number
    self.changes = changes
  }

  /// The text as a number of the JSON grammar, and what was forgiven for it.
  private static func read(_ text: [UInt8]) -> (String, Reading.Change.Kind)? {
    if let number = hexadecimal(text) { return (number, .otherNumber) }
    if let number = fraction(text) { return (number, .fraction) }
    if let number = grouped(text) { return number }
    return plain(text).map { ($0, .otherNumber) }
  }

  private static func hexadecimal(_ text: [UInt8]) -> String? {
    guard text.isHexadecimal else { return nil }
    return Int(String(decoding: text[2...], as: UTF8.self), radix: 16).map(String.init)
  }

  private static func fraction(_ text: [UInt8]) -> String? {
    let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let top = whole(parts[0]), let bottom = whole(parts[1]), bottom != 0 else {
      return nil
    }
    return "\(Number(Double(top) / Double(bottom)))"
  }

  private static func whole(_ text: ArraySlice<UInt8>) -> Int? {
    let digits = text.drop { $0 == 0x20 }
    guard !digits.isEmpty, digits.count < 16, digits.allSatisfy(\.isDigit) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// `007`, `.5`, `5.`, `1e5` behind a sign.
  private static func plain(_ text: [UInt8]) -> String? {
    guard let first = text.first, let last = text.last, first.isDigit || first == UInt8(ascii: ".") else {
      return nil
    }
    var digits = Array(text.drop { $0 == UInt8(ascii: "0") })
    if digits.first.map({ !$0.isDigit }) ?? true { digits.insert(UInt8(ascii: "0"), at: 0) }
    if last == UInt8(ascii: ".") { digits.removeLast() }
    guard digits.contains(where: \.isDigit), digits.count > 1 || text.contains(where: \.isDigit) else {
      return nil
    }
    return String(decoding: digits, as: UTF8.self)
  }

  // MARK: Groups

  /// Digits in groups of three, or with a comma for the point. Where a sign may be both, as in `1,234`,
  /// it parts groups: that is how models write it.
  private static func grouped(_ text: [UInt8]) -> (String, Reading.Change.Kind)? {
    guard text.first?.isDigit == true, text.last?.isDigit == true else { return nil }
    let signs = text.filter { !$0.isDigit }
    guard let first = signs.first, let last = signs.last, groupSigns.contains(first) else { return nil }
    let isComma = first == UInt8(ascii: ",")
    if signs.allSatisfy({ $0 == first }) {
      if isGroups(text[...], first) { return (digits(text[...]), .groupedNumber) }
      guard isComma, signs.count == 1 else { return nil }
      return decimal(text, at: UInt8(ascii: ",")).map { ($0, .decimalComma) }
    }
    // Groups first, then a decimal sign that is not theirs.
    guard last != first, last == UInt8(ascii: ".") || last == UInt8(ascii: ","),
      let point = text.lastIndex(of: last), signs.count(where: { $0 == last }) == 1,
      isGroups(text[..<point], first)
    else { return nil }
    return (digits(text[..<point]) + "." + digits(text[(point + 1)...]), .groupedNumber)
  }

  private static let groupSigns: Set<UInt8> = [
    UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "'"), UInt8(ascii: "_"),
  ]

  private static func isGroups(_ text: ArraySlice<UInt8>, _ sign: UInt8) -> Bool {
    let groups = text.split(separator: sign, omittingEmptySubsequences: false)
    guard groups.count > 1, groups.allSatisfy({ $0.allSatisfy(\.isDigit) }) else { return false }
    if sign == UInt8(ascii: "_") { return groups.allSatisfy { !$0.isEmpty } }
    guard (1...3).contains(groups[0].count) else { return false }
    if groups[0].count == 1, groups[0].first == UInt8(ascii: "0") { return false }
    let tail = groups.dropFirst()
    if tail.allSatisfy({ $0.count == 3 }) { return true }
    // Indian groups: 12,34,567.
    return sign == UInt8(ascii: ",") && tail.last?.count == 3 && groups.count > 2
      && groups[0].count <= 2 && tail.dropLast().allSatisfy { $0.count == 2 }
  }

  private static func decimal(_ text: [UInt8], at sign: UInt8) -> String? {
    guard let point = text.firstIndex(of: sign) else { return nil }
    return digits(text[..<point]) + "." + digits(text[(point + 1)...])
  }

  private static func digits(_ text: ArraySlice<UInt8>) -> String {
    let digits = text.filter(\.isDigit)
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    return String(
      decoding: significant.isEmpty || text.startIndex > 0 ? digits[...] : significant, as: UTF8.self)
  }
}

extension String {
  /// The text in ASCII: digits of other scripts as ours, signs that look alike as one. Nil where it has
  /// something that no number has.
  fileprivate var asciiDigits: [UInt8]? {
    var digits: [UInt8] = []
    for scalar in unicodeScalars {
      guard let digit = scalar.isASCII ? scalar.plainSign : scalar.asciiDigit else { return nil }
      digits.append(digit)
    }
    return digits
  }
}

extension Unicode.Scalar {
  /// In ASCII.
  fileprivate var plainSign: UInt8 { self == "`" ? UInt8(ascii: "'") : UInt8(value) }

  fileprivate var asciiDigit: UInt8? {
    switch self {
    case "\u{A0}", "\u{2009}", "\u{202F}", "\u{3000}": return 0x20
    case "−", "–": return UInt8(ascii: "-")
    case "’", "‘": return UInt8(ascii: "'")
    case "٫": return UInt8(ascii: ".")
    case "٬", "，": return UInt8(ascii: ",")
    case "٪", "％": return UInt8(ascii: "%")
    case "⁄": return UInt8(ascii: "/")
    case _ where properties.generalCategory == .currencySymbol: return UInt8(ascii: "$")
    default:
      guard properties.generalCategory == .decimalNumber, let value = properties.numericValue else {
        return nil
      }
      return UInt8(ascii: "0") + UInt8(value)
    }
  }
}

extension [UInt8] {
  fileprivate mutating func trimBlanks() {
    while last == 0x20 { removeLast() }
    while first == 0x20 { removeFirst() }
  }

  fileprivate func isOneGroup(behind sign: UInt8) -> Bool {
    guard let place = firstIndex(of: sign), place > 0, place <= 3, count == place + 4 else { return false }
    return enumerated().allSatisfy { $0 == place || $1.isDigit } && self[0] != UInt8(ascii: "0")
  }

  /// Some codes of currencies are digits there.
  fileprivate var isHexadecimal: Bool {
    count > 2 && self[0] == UInt8(ascii: "0") && self[1] | 0x20 == UInt8(ascii: "x")
  }

  /// Takes off what Markdown puts around a number.
  fileprivate mutating func trimEmphasis() {
    trimBlanks()
    while count > 1, let sign = first, sign == last, sign == UInt8(ascii: "*") || sign == UInt8(ascii: "'") {
      removeLast()
      removeFirst()
      trimBlanks()
    }
  }

  /// Whether there was a minus; a plus is taken off as well.
  fileprivate mutating func dropSign() -> Bool {
    guard let sign = first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { return false }
    removeFirst()
    trimBlanks()
    return sign == UInt8(ascii: "-")
  }

  /// Takes off currencies on either side, and a percent sign; whether there were any.
  fileprivate mutating func dropUnits() -> Bool {
    var isChanged = false
    for unit in Self.units {
      if starts(with: unit) {
        removeFirst(unit.count)
        isChanged = true
      }
      if count > unit.count, self[(count - unit.count)...].elementsEqual(unit) {
        removeLast(unit.count)
        isChanged = true
      }
      if isChanged {
        trimBlanks()
        return true
      }
    }
    return false
  }

  private static let units: [[UInt8]] = [
    "US$", "$", "%", "USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "CZK", "PLN", "SEK", "NOK", "DKK",
    "CAD",
    "AUD", "BRL", "kr",
  ].map { Array($0.utf8) }
}
