import WeirDiagnostics
import WeirEndpoint

/// What is known of `fal-ai/any-llm`: its models, and how much it reads.
enum FalAnyLLM {
  /// In characters, for the prompt and for the system prompt. fal does not publish it, so a longer one is
  /// sent all the same.
  static let longestPrompt = 4_800

  static let models = textOnly + seeing
  /// Those of the endpoint that sees pictures.
  static let visionModels = seeing + ["meta-llama/llama-3.2-90b-vision-instruct"]

  /// What is known of a model: whether it takes pictures.
  static var catalogue: [CatalogueModel] {
    Set(models + visionModels).sorted().map { id in
      var model = CatalogueModel(id: id)
      model.inputs = visionModels.contains(id) ? ["text", "image"] : ["text"]
      return model
    }
  }

  private static let textOnly = [
    "deepseek/deepseek-r1", "anthropic/claude-3-5-haiku", "meta-llama/llama-3.2-1b-instruct",
    "meta-llama/llama-3.2-3b-instruct", "meta-llama/llama-3.1-8b-instruct",
    "meta-llama/llama-3.1-70b-instruct", "openai/gpt-oss-120b",
  ]

  private static let seeing = [
    "anthropic/claude-3.7-sonnet", "anthropic/claude-3.5-sonnet", "anthropic/claude-3-haiku",
    "google/gemini-pro-1.5", "google/gemini-flash-1.5", "google/gemini-flash-1.5-8b",
    "google/gemini-2.0-flash-001", "google/gemini-2.5-flash", "google/gemini-2.5-flash-lite",
    "google/gemini-2.5-pro", "openai/gpt-4o-mini", "openai/gpt-4o", "openai/gpt-4.1", "openai/o3",
    "openai/gpt-5-chat", "openai/gpt-5-mini", "openai/gpt-5-nano", "meta-llama/llama-4-maverick",
    "meta-llama/llama-4-scout",
  ]

  /// Refuses a model that the endpoint does not have. What it sees is not known before the prompt is:
  /// `medium` is then nil.
  static func check(_ model: String, for medium: FalFamily.Medium?) throws(EndpointFailure) {
    let (known, endpoint) =
      switch medium {
      case nil: (Set(models).union(visionModels), "`fal-ai/any-llm` has")
      case .pictures: (Set(visionModels), "`fal-ai/any-llm/vision` has")
      case .text, .sound, .films: (Set(models), "`fal-ai/any-llm` has")
      }
    guard !known.contains(model) else { return }
    let isBlind = medium == .pictures && models.contains(model)
    let name = Excerpt.of(model)
    throw EndpointFailure(
      .invalidRequest,
      isBlind ? "`\(name)` of `fal-ai/any-llm` sees no pictures" : "\(endpoint) no model `\(name)`",
      advice: isBlind ? "choose one that does, such as `google/gemini-2.5-flash`" : advice(for: model, known)
    ).refusing("model")
  }

  private static func advice(for model: String, _ known: Set<String>) -> String {
    known.sorted().nearest(to: model).map { "did you mean `\($0)`?" }
      ?? """
      ask `fal`, which has every model of OpenRouter, or choose one of this endpoint's own, such as \
      `google/gemini-2.5-flash`
      """
  }
}
