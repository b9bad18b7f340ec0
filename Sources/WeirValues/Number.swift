#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A number as JSON has them: a double, and the digits themselves where a double cannot hold them.
///
/// `literal` is kept only where reading it as a double changes the value (more than 17 digits), so
/// that a long number that is only passed on arrives unchanged. Arithmetic works on the double.
package struct Number: Sendable {
  package let double: Double
  package let literal: String?

  package init(_ double: Double) {
    self.double = double
    literal = nil
  }

  package init(_ int: Int) {
    double = Double(int)
    literal = int.magnitude > 1 << 53 ? String(int) : nil
  }

  /// A number of the JSON grammar, or nil for any other text.
  /// A number too large for a double is infinite, with its digits kept.
  package init?(jsonLiteral text: String) {
    guard let double = Double(text) else { return nil }
    self.double = double
    let digits = text.utf8.count(where: { (0x30...0x39).contains($0) })
    literal = digits > 15 && !Self.isExact(text, double) ? text : nil
  }

  private static func isExact(_ text: String, _ double: Double) -> Bool {
    guard double.isFinite else { return false }
    return Decimal(string: text).map { "\($0)" } == Decimal(string: "\(double)").map { "\($0)" }
  }

  /// The value as an `Int` where it is a whole number in range.
  package var int: Int? {
    if let literal { return Int(literal) }
    return Int(exactly: double)
  }

  package var isWhole: Bool { double.rounded() == double }
}

extension Number: Hashable, Comparable {
  package static func == (left: Number, right: Number) -> Bool {
    left.double == right.double && left.literal == right.literal
  }

  package static func < (left: Number, right: Number) -> Bool {
    if let a = left.int, let b = right.int { return a < b }
    return left.double < right.double
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(double) }
}

extension Number: CustomStringConvertible {
  /// As JSON writes it: `3`, `0.5`, `1e+30`. Whole numbers have no point.
  package var description: String {
    if let literal { return literal }
    if let int = Int(exactly: double), int.magnitude <= 1 << 53 { return String(int) }
    return "\(double)"
  }
}
