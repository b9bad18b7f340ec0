import WeirEndpoint
import WeirReading
import WeirValues

/// What `meta(step)` tells of a step.
struct StepMeta {
  let model: String
  let provider: String?
  let reasoning: String?
  let usage: Usage
  let duration: Duration
  let attempts: Int
  var note: ReadingNote?

  var value: Value {
    .record([
      "model": .string(model),
      "provider": provider.map { .string($0) } ?? .null,
      "reasoning": reasoning.map { .string($0) } ?? .null,
      "prompt_tokens": usage.promptTokens.map { .int($0) } ?? .null,
      "completion_tokens": usage.completionTokens.map { .int($0) } ?? .null,
      "total_tokens": usage.totalTokens.map { .int($0) } ?? .null,
      "cost": usage.cost.map { .number($0) } ?? .null,
      "seconds": .number(Number((duration / .milliseconds(1)).rounded() / 1_000)),
      "attempts": .int(attempts),
      "cached": .bool(false),
      "reading": .string((note?.certainty ?? .exact).rawValue),
      "changes": .list((note?.changes ?? []).map { .string($0.message) }),
    ])
  }
}
