import WeirEndpoint
import WeirValues

// OpenRouter: api-keys/get-current-key, credits, generations.

extension AccountStatus {
  init(lenient key: Value) {
    self.init()
    label = key["label"]?.string
    limit = key["limit"]?.number
    limitRemaining = key["limit_remaining"]?.number
    limitReset = key["limit_reset"]?.string
    usage = key["usage"]?.number
    usageDaily = key["usage_daily"]?.number
    usageWeekly = key["usage_weekly"]?.number
    usageMonthly = key["usage_monthly"]?.number
    isFreeTier = key["is_free_tier"]?.bool
    expires = key["expires_at"]?.string
  }

  mutating func addCredits(_ credits: Value?) {
    totalCredits = credits?["total_credits"]?.number
    totalUsage = credits?["total_usage"]?.number
  }
}

extension GenerationRecord {
  /// The tokens as the model's provider counts them, which are those that are paid for.
  init(lenient record: Value, id: String) {
    self.init(id: record["id"]?.string ?? id)
    model = record["model"]?.string
    provider = record["provider_name"]?.string
    cost = record["total_cost"]?.number ?? record["usage"]?.number
    promptTokens = record["native_tokens_prompt"]?.number?.int ?? record["tokens_prompt"]?.number?.int
    completionTokens =
      record["native_tokens_completion"]?.number?.int ?? record["tokens_completion"]?.number?.int
  }
}
