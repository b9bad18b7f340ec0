import WeirEndpoint
import WeirValues

// What a list of models says of one. OpenRouter says all; the others little, each in words of its own:
//
//     {"id": "…", "owned_by": "library"}                                          OpenAI, Ollama
//     {"id": "…", "max_model_len": 8192}                                          vLLM
//     {"id": "…", "meta": {"n_ctx_train": 8192}, "architecture": {…}}             llama.cpp
//     {"id": "…", "type": "vlm", "max_context_length": 8192, "capabilities": […]}  LM Studio
//     {"name": "…", "model": "…", "capabilities": […]}                            lists of servers' own

extension CatalogueModel {
  /// nil for what has no id. What is not said, or makes no sense, is nil.
  init?(lenient model: Value) {
    guard let id = model["id"]?.string ?? model["model"]?.string ?? model["name"]?.string, !id.isEmpty else {
      return nil
    }
    self.init(id: id)
    name = model["name"]?.string
    aliases = Self.aliases(of: model, id)
    readLengths(model)
    readKinds(model)
    readParameters(model)
    prices = Prices(lenient: model["pricing"])
    expiration = model["expiration_date"]?.string
  }

  /// `alias_target` is what the id stands for, `canonical_slug` how it is called in full.
  private static func aliases(of model: Value, _ id: String) -> [String] {
    let one = ["canonical_slug", "alias_target"].compactMap { model[$0]?.string ?? model[$0]?["id"]?.string }
    let many = model["aliases"]?.list?.compactMap(\.string) ?? []
    var seen: Set = [id]
    return (one + many).filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private mutating func readLengths(_ model: Value) {
    let top = model["top_provider"] ?? .null
    let meta = model["meta"] ?? .null
    contextLength = Self.first([
      model["context_length"], top["context_length"], model["max_model_len"], model["loaded_context_length"],
      model["max_context_length"], model["context_window"], meta["n_ctx"], meta["n_ctx_train"],
    ])
    maxCompletionTokens = Self.first([
      top["max_completion_tokens"], model["max_completion_tokens"], model["max_output_tokens"],
    ])
  }

  private static func first(_ numbers: [Value?]) -> Int? {
    numbers.lazy.compactMap { $0?.number?.int }.first { $0 > 0 }
  }

  private mutating func readKinds(_ model: Value) {
    let architecture = model["architecture"] ?? .null
    inputs = Self.words(architecture["input_modalities"]) ?? Self.words(model["input_modalities"])
    outputs = Self.words(architecture["output_modalities"]) ?? Self.words(model["output_modalities"])
    guard inputs == nil else { return }
    switch model["type"]?.string {
    case "vlm": inputs = ["text", "image"]
    case "llm": inputs = ["text"]
    default:
      let said = Self.capabilities(model) ?? []
      if said.contains("multimodal") || said.contains("vision") { inputs = ["text", "image"] }
    }
  }

  private mutating func readParameters(_ model: Value) {
    // A router that lists none takes what the model takes that it chooses.
    parameters = Self.words(model["supported_parameters"]).flatMap { $0.isEmpty ? nil : $0 }
    if parameters == nil, let said = Self.capabilities(model), said.contains(where: { $0.hasPrefix("tool") })
    {
      parameters = ["tools"]
    }
  }

  private static func capabilities(_ model: Value) -> [String]? { words(model["capabilities"]) }

  private static func words(_ list: Value?) -> [String]? { list?.list.map { $0.compactMap(\.string) } }
}

extension CatalogueModel.Prices {
  /// Decimal texts, or numbers, in dollars. What is below 0 is not known: a router's price is that of the
  /// model which it chooses.
  init(lenient pricing: Value?) {
    func price(_ name: String) -> Number? {
      guard let said = pricing?[name] else { return nil }
      let number = said.number ?? said.string.flatMap { Number(jsonLiteral: $0) }
      return number.flatMap { $0.double.isFinite && $0.double >= 0 ? $0 : nil }
    }
    self.init()
    prompt = price("prompt")
    completion = price("completion")
    request = price("request")
    image = price("image")
  }
}
