/// A model that the mock lists. It answers for every other as well.
struct MockModel: Sendable {
  let id: String
  let name: String
  let price: MockPrice
  let contextLength: Int
  let greatestAnswer: Int
  /// `text`, `image`, `file`, `audio`, `video`.
  let inputs: [String]
  var outputs = ["text"]
  /// Beside those that every model takes.
  let abilities: Set<Ability>

  enum Ability: Sendable {
    case tools, schema, reasoning
  }

  static let created = 1_748_372_400

  /// As the catalogue calls them, in one order for all models.
  var parameters: [String] {
    var names = [
      "frequency_penalty", "max_tokens", "presence_penalty", "seed", "stop", "temperature", "top_p",
    ]
    if abilities.contains(.reasoning) { names += ["include_reasoning", "reasoning"] }
    if abilities.contains(.schema) { names += ["response_format", "structured_outputs"] }
    if abilities.contains(.tools) { names += ["tool_choice", "tools"] }
    return names
  }

  /// The model under an id, with or without a variant behind a colon.
  static func find(_ id: String) -> MockModel? { byID[id] ?? byID[String(id.prefix { $0 != ":" })] }

  /// What a model costs that answers itself and leaves it to no other.
  static func price(of id: String) -> MockPrice {
    guard let price = find(id)?.price, price.prompt >= 0 else { return .standard }
    return price
  }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  private init(
    _ id: String, _ name: String, _ prompt: Int, _ completion: Int, context: Int, answer: Int,
    inputs: [String] = ["text"], outputs: [String] = ["text"], _ abilities: Set<Ability>
  ) {
    self.id = id
    self.name = name
    price = MockPrice(prompt: prompt, completion: completion)
    contextLength = context
    greatestAnswer = answer
    self.inputs = inputs
    self.outputs = outputs
    self.abilities = abilities
  }

  static let all = [
    MockModel(
      "google/gemini-2.5-flash", "Google: Gemini 2.5 Flash", 30, 250, context: 1_048_576, answer: 65_535,
      inputs: ["file", "image", "text", "audio", "video"], [.tools, .schema, .reasoning]),
    MockModel(
      "google/gemini-2.5-flash-image", "Google: Gemini 2.5 Flash Image", 30, 250, context: 32_768,
      answer: 32_768, inputs: ["image", "text"], outputs: ["image", "text"], [.schema]),
    MockModel(
      "openai/gpt-4o-mini", "OpenAI: GPT-4o-mini", 15, 60, context: 128_000, answer: 16_384,
      inputs: ["text", "image", "file"], [.tools, .schema]),
    MockModel(
      "openai/gpt-5-mini", "OpenAI: GPT-5 Mini", 25, 200, context: 400_000, answer: 128_000,
      inputs: ["text", "image", "file"], [.tools, .schema, .reasoning]),
    MockModel(
      "anthropic/claude-sonnet-4.5", "Anthropic: Claude Sonnet 4.5", 300, 1500, context: 1_000_000,
      answer: 64_000, inputs: ["text", "image", "file"], [.tools, .schema, .reasoning]),
    MockModel(
      "mistralai/mistral-small-3.2-24b-instruct", "Mistral: Mistral Small 3.2 24B", 6, 18, context: 131_072,
      answer: 131_072, inputs: ["image", "text"], [.tools, .schema]),
    MockModel(
      "deepseek/deepseek-chat-v3.1", "DeepSeek: DeepSeek V3.1", 20, 80, context: 163_840, answer: 163_840,
      [.tools, .schema, .reasoning]),
    MockModel(
      "deepseek/deepseek-r1", "DeepSeek: R1", 70, 240, context: 163_840, answer: 163_840,
      [.schema, .reasoning]),
    MockModel(
      "meta-llama/llama-3.3-70b-instruct:free", "Meta: Llama 3.3 70B Instruct (free)", 0, 0, context: 65_536,
      answer: 65_536, [.tools]),
    MockModel(
      "meta-llama/llama-3.2-1b-instruct", "Meta: Llama 3.2 1B Instruct", 1, 2, context: 8_192, answer: 8_192,
      []),
    MockModel(
      "openrouter/auto", "Auto Router", -1, -1, context: 2_000_000, answer: 65_535,
      inputs: ["text", "image", "audio", "file", "video"], [.tools, .schema, .reasoning]),
  ]
}
