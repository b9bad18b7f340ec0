import WeirEndpoint
import WeirValues

extension Duration {
  /// `0.4 s`, `12.3 s`, `2 min 5 s`
  var shown: String {
    let tenths = Int(components.seconds) * 10 + Int(components.attoseconds / 100_000_000_000_000_000)
    if tenths < 1200 { return "\(tenths / 10).\(tenths % 10) s" }
    return "\(tenths / 600) min \(tenths / 10 % 60) s"
  }

  /// Seconds, to the thousandth.
  var seconds: Number {
    let milliseconds = Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    return Number(milliseconds.rounded() / 1000)
  }
}

extension Int {
  /// As a number of seconds: `just now`, `5 min ago`, `3 h ago`, `2 days ago`.
  var secondsAgo: String {
    switch self {
    case ..<60: "just now"
    case ..<3_600: "\(self / 60) min ago"
    case ..<172_800: "\(self / 3_600) h ago"
    default: "\(self / 86_400) days ago"
    }
  }
}

extension Usage {
  /// `812 tokens, $0.00012`; what is unknown is said to be.
  var shown: String {
    "\(tokensShown), \(cost.map { $0.money } ?? "cost unknown")"
  }

  private var tokensShown: String {
    guard let total = totalTokens ?? sum else { return "tokens unknown" }
    return total == 1 ? "1 token" : "\(total.grouped) tokens"
  }

  private var sum: Int? {
    guard let promptTokens, let completionTokens else { return nil }
    let (sum, isTooMuch) = promptTokens.addingReportingOverflow(completionTokens)
    return isTooMuch ? nil : sum
  }
}

extension Number {
  /// `$0.00012`: dollars, to a hundred-millionth.
  var money: String {
    let units = (double * 1e8).rounded()
    guard units.magnitude < 1e17 else { return "$\(self)" }
    let whole = Int(units) / 100_000_000
    var fraction = String(Int(units.magnitude) % 100_000_000)
    fraction = String(repeating: "0", count: 8 - fraction.count) + fraction
    while fraction.hasSuffix("0"), fraction.count > 2 { fraction.removeLast() }
    return "$\(whole).\(fraction)"
  }
}

extension Int {
  /// `12,345`
  var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }
}
