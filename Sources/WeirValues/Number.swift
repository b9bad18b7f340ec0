/// A number as JSON has them: a double, and the digits themselves where a double does not say them.
///
/// A double says the whole number that it is exactly, below 2^63, and else its shortest decimal.
/// `literal` is kept only for a number that this is not, so that a long number that is only passed
/// on arrives unchanged and equal numbers are alike. Arithmetic works on the double.
package struct Number: Sendable {
  package let double: Double
  package var literal: String? { longLiteral?.text }
  /// Few numbers have one, and all values would be larger if the text stood here itself.
  private let longLiteral: LongLiteral?

  private final class LongLiteral: Sendable {
    let text: String

    init(_ text: String) { self.text = text }
  }

  /// Negative zero, which nobody writes on purpose, is zero.
  package init(_ double: Double) {
    self.double = double == 0 ? 0 : double
    longLiteral = nil
  }

  package init(_ int: Int) {
    double = Double(int)
    longLiteral = Int(exactly: double) == int ? nil : LongLiteral(String(int))
  }

  /// A number of the JSON grammar, or nil for any other text.
  /// A number too large for a double is infinite, with its digits kept.
  package init?(jsonLiteral text: String) {
    var bytes = text
    if let short = bytes.withUTF8({ Number(shortJSON: UnsafeRawBufferPointer($0)) }) {
      self = short
      return
    }
    guard let value = try? Value(json: text), case .number(let number) = value,
      text.utf8.last.map({ (0x30...0x39).contains($0) }) == true,
      text.utf8.first.map({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) == true
    else { return nil }
    self = number
  }

  /// `digits` is how many digits the text has, which is known to be of the JSON grammar.
  init?(checkedLiteral text: String, digits: Int) {
    guard let double = Double(text) else { return nil }
    let isShort = digits <= 15 && (1e-290...0x1p53).contains(double.magnitude)
    let isKept = !isShort && !Self.says(double, text)
    self.double = double == 0 ? 0 : double
    longLiteral = isKept ? LongLiteral(text) : nil
  }

  /// Whether the text is the number that the double says, however it is written.
  private static func says(_ double: Double, _ text: String) -> Bool {
    guard double.isFinite else { return false }
    let digits = digits(double)
    return digits == text || DecimalForm(digits) == DecimalForm(text)
  }

  private static func digits(_ double: Double) -> String {
    if let int = Int(exactly: double) { return String(int) }
    return "\(double)"
  }

  /// The value as an `Int` where it is a whole number in range.
  package var int: Int? {
    guard let literal else { return Int(exactly: double) }
    return Int(literal) ?? Int("\(DecimalForm(literal))")
  }

  /// Whether it has no fraction. What is too large for a double counts as none.
  package var isWhole: Bool {
    guard double.isFinite else { return false }
    return literal.map { DecimalForm($0).isWhole } ?? (double.rounded() == double)
  }

  /// The number with at most so many digits after the point, as people round: by its decimal
  /// digits, halves away from zero.
  package func rounded(toPlaces places: Int) -> Number {
    guard double.isFinite else { return self }
    if literal == nil, Int(exactly: double) != nil { return self }
    return Number(jsonLiteral: "\(DecimalForm(description).rounded(toPlaces: places))") ?? self
  }

  package var magnitude: Number {
    guard double < 0 else { return self }
    return Number(jsonLiteral: String(description.dropFirst())) ?? Number(-double)
  }
}

extension Number: Hashable, Comparable {
  package static func == (left: Number, right: Number) -> Bool {
    guard left.double == right.double else { return false }
    switch (left.literal, right.literal) {
    case (nil, nil): return true
    case (let a?, let b?): return a == b || DecimalForm(a) == DecimalForm(b)
    case (_?, nil), (nil, _?): return false
    }
  }

  package static func < (left: Number, right: Number) -> Bool {
    if left.double != right.double { return left.double < right.double }
    if left.literal == nil, right.literal == nil { return false }
    return left.form < right.form
  }

  /// Not asked of an infinite number without digits, which no text and no list of a flow holds.
  private var form: DecimalForm { DecimalForm(literal ?? Self.digits(double)) }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(double)
    if let literal { hasher.combine(DecimalForm(literal)) }
  }
}

extension Number: CustomStringConvertible {
  /// As JSON writes it: `3`, `0.5`, `1e+30`. Whole numbers below 2^63 have neither point nor exponent.
  package var description: String { literal ?? Self.digits(double) }
}
