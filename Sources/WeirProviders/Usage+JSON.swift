import WeirEndpoint
import WeirValues

extension Usage {
  /// Reads the `usage` of any service: under both names that are in use, and nothing where a field
  /// is missing or makes no sense.
  init(lenient usage: Value?) {
    func tokens(_ names: String...) -> Int? {
      names.lazy.compactMap { usage?[$0]?.number?.int }.first { $0 >= 0 }
    }
    self.init(
      promptTokens: tokens("prompt_tokens", "input_tokens"),
      completionTokens: tokens("completion_tokens", "output_tokens"),
      totalTokens: tokens("total_tokens"))
    let cost = usage?["cost"]?.number ?? usage?["cost"]?.string.flatMap { Number(jsonLiteral: $0) }
    if let cost, cost.double.isFinite, cost.double >= 0 { self.cost = cost }
  }
}
