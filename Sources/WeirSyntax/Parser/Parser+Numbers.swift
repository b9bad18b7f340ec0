import WeirDiagnostics

extension Parser {
  /// The number at hand with its unit.
  mutating func parseNumber() -> NumberSyntax {
    let place = currentSpan
    if let small = smallWholeNumber {
      advance()
      return NumberSyntax(value: Double(small))
    }
    if let fraction = smallFraction {
      advance()
      return NumberSyntax(value: fraction)
    }
    let text = text(of: current)
    advance()
    guard let number = NumberSyntax(text) else {
      report(.badNumber(text, at: place))
      return NumberSyntax(value: 0)
    }
    return number
  }

  /// The number at hand where it is digits alone, as nearly all are.
  private var smallWholeNumber: Int? {
    guard current.range.count <= 15 else { return nil }
    return digits(current.range)
  }

  /// The number at hand where it is a few digits, a point and digits, written as JSON writes it. Both
  /// numbers that it is made of are exact, so their quotient is rounded once.
  private var smallFraction: Double? {
    let range = current.range
    guard range.count <= 15, let point = range.first(where: { bytes[$0] == UInt8(ascii: ".") }),
      bytes[range.lowerBound] != UInt8(ascii: "0") || point == range.lowerBound + 1,
      let whole = digits(range.lowerBound..<point), let part = digits(point + 1..<range.upperBound)
    else { return nil }
    var scale = 1
    for _ in point + 1..<range.upperBound { scale *= 10 }
    return Double(whole * scale + part) / Double(scale)
  }

  private func digits(_ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      guard Lexer.isDigit(bytes[index]) else { return nil }
      value = value * 10 + Int(bytes[index] & 0x0F)
    }
    return value
  }
}

extension NumberSyntax {
  fileprivate init?(_ text: String) {
    let isDollars = text.hasPrefix("$")
    let written = isDollars ? text.dropFirst() : text[...]
    let digits = written.prefix { $0.isASCII && ($0.isNumber || $0 == "_" || $0 == ".") }
    let suffix = written.dropFirst(digits.count)
    let plain = digits.filter { $0 != "_" }
    guard let value = Double(plain), Self.partsDigits(digits), !(isDollars && !suffix.isEmpty) else {
      return nil
    }
    if isDollars {
      self.init(value: value, unit: .dollars)
    } else if suffix.isEmpty {
      self.init(value: value, isLong: plain.utf8.count > 15)
    } else {
      guard let scale = Self.seconds(in: suffix) else { return nil }
      self.init(value: scale.isDivisor ? value / scale.factor : value * scale.factor, unit: .seconds)
    }
  }

  /// Whether each `_` stands between two digits.
  private static func partsDigits(_ text: Substring) -> Bool {
    text.split(separator: "_", omittingEmptySubsequences: false)
      .allSatisfy { $0.first?.isNumber == true && $0.last?.isNumber == true }
  }

  /// A thousandth of a second is not a double, a thousand is: `500ms` is exactly half a second.
  private static func seconds(in unit: Substring) -> (factor: Double, isDivisor: Bool)? {
    switch unit {
    case "ms": (1000, true)
    case "s": (1, false)
    case "m": (60, false)
    case "h": (3600, false)
    default: nil
    }
  }

  /// A number without a unit as JSON writes it: without `_` and leading zeros.
  package static func literal(_ text: String) -> String {
    let rest = text.filter { $0 != "_" }.drop { $0 == "0" }
    return rest.isEmpty ? "0" : rest.hasPrefix(".") ? "0" + rest : String(rest)
  }
}
