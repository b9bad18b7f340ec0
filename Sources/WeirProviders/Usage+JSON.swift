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
    cost = Self.money(usage?["cost"])
    // With a key of one's own for the provider behind OpenRouter, `cost` is OpenRouter's part only
    // (OpenRouter: guides/overview/auth/byok).
    if usage?["is_byok"]?.bool == true, let own = cost {
      let upstream = Self.money(usage?["cost_details"]?["upstream_inference_cost"])
      cost = upstream.map { Number(((own.double + $0.double) * 1e12).rounded() / 1e12) }
    }
  }

  private static func money(_ value: Value?) -> Number? {
    let cost = value?.number ?? value?.string.flatMap { Number(jsonLiteral: $0) }
    guard let cost, cost.double.isFinite, cost.double >= 0 else { return nil }
    return cost
  }
}
