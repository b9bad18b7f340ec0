/// A decimal number taken apart: ± 0.digits × 10^exponent.
///
/// Every number has one form, so that numbers whose digits a double cannot hold can be compared and
/// rounded exactly. An exponent beyond a million million is not told from its neighbours.
struct DecimalForm: Hashable {
  private(set) var isNegative = false
  /// 0 to 9, with no zero at either end; empty for zero.
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  private static let greatestExponent = 1_000_000_000_000

  /// `text` is of the JSON grammar for numbers.
  init(_ text: String) {
    var places = 0
    var isBeforePoint = true
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): isBeforePoint = false
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent = Self.readExponent(rest)
        rest = Substring().utf8
      default:
        digits.append(byte & 0x0F)
        if isBeforePoint { places += 1 }
      }
    }
    exponent += places
    normalise()
  }

  private static func readExponent(_ text: Substring.UTF8View) -> Int {
    var value = 0
    for byte in text where (0x30...0x39).contains(byte) {
      value = min(value * 10 + Int(byte & 0x0F), greatestExponent)
    }
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  private mutating func normalise() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      exponent = 0
      isNegative = false
    }
  }

  var isWhole: Bool { digits.count <= exponent || digits.isEmpty }

  /// With at most so many digits after the point; halves go away from zero.
  func rounded(toPlaces places: Int) -> DecimalForm {
    let kept = exponent + places
    guard kept < digits.count else { return self }
    var form = self
    form.digits = Array(digits.prefix(max(kept, 0)))
    if kept >= 0, digits[kept] >= 5 { form.stepUp() }
    form.normalise()
    return form
  }

  /// Adds one at the last digit.
  private mutating func stepUp() {
    while digits.last == 9 { digits.removeLast() }
    if digits.isEmpty {
      digits = [1]
      exponent += 1
    } else {
      digits[digits.count - 1] += 1
    }
  }
}

extension DecimalForm: Comparable {
  static func < (left: DecimalForm, right: DecimalForm) -> Bool {
    if left.sign != right.sign { return left.sign < right.sign }
    return left.isNegative ? right.isNearerZero(than: left) : left.isNearerZero(than: right)
  }

  private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

  private func isNearerZero(than other: DecimalForm) -> Bool {
    exponent == other.exponent
      ? digits.lexicographicallyPrecedes(other.digits) : exponent < other.exponent
  }
}

extension DecimalForm: CustomStringConvertible {
  /// As JSON writes it; without an exponent where that is not much longer.
  var description: String {
    if digits.isEmpty { return "0" }
    let figures = String(decoding: digits.map { $0 | 0x30 }, as: UTF8.self)
    let sign = isNegative ? "-" : ""
    guard (-6...40).contains(exponent) else { return "\(sign)\(figures)e\(exponent - digits.count)" }
    if isWhole { return sign + figures + String(repeating: "0", count: exponent - digits.count) }
    if exponent <= 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent))\(figures)" }
    return "\(sign)\(figures.prefix(exponent)).\(figures.dropFirst(exponent))"
  }
}
