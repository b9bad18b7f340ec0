import WeirValues

/// What the mock counts and charges: always the same, so that tests can tell the sum.
struct MockPrice: Sendable, Hashable {
  /// Hundred-millionths of a dollar a token.
  let prompt: Int
  let completion: Int

  static let tokensOfAPicture = 258
  /// $0.30 and $2.50 a million, for every model that the mock does not list.
  static let standard = MockPrice(prompt: 30, completion: 250)

  static func tokens(ofBytes count: Int) -> Int { (count + 3) / 4 }

  /// Exact: one division of whole numbers, which gives the double nearest to the decimal.
  func cost(prompt promptTokens: Int, completion completionTokens: Int) -> Number {
    Number(Double(promptTokens * prompt + completionTokens * completion) / 100_000_000)
  }

  /// Dollars a token, as the catalogue has them: a decimal without zeros at the end.
  static func text(_ hundredMillionths: Int) -> String {
    if hundredMillionths <= 0 { return String(hundredMillionths) }
    let digits = String(hundredMillionths)
    var decimal = "0." + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    while decimal.last == "0" { decimal.removeLast() }
    return decimal
  }
}
