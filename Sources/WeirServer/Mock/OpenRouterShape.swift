import WeirValues

/// What OpenRouter sends back: with every key that its own SDK asks for (OpenRouter: api_reference).
enum OpenRouterShape {
  static func reply(_ answer: MockAnswer) -> HTTPServerReply {
    let id = "gen-\(answer.time)-mock\(answer.number)"
    let message: Record = [
      "role": .string("assistant"), "content": .string(answer.text), "refusal": .null, "reasoning": .null,
    ]
    let choice: Record = [
      "index": .int(0), "finish_reason": .string("stop"), "native_finish_reason": .string("STOP"),
      "logprobs": .null, "message": .record(message),
    ]
    let body: Record = [
      "id": .string(id), "object": .string("chat.completion"), "created": .int(answer.time),
      "model": .string(answer.model), "provider": .string("Weir Mock"), "system_fingerprint": .null,
      "service_tier": .null, "choices": .list([.record(choice)]), "usage": .record(usage(answer)),
    ]
    return HTTPServerReply(json: .record(body), fields: ["x-generation-id": id])
  }

  private static func usage(_ answer: MockAnswer) -> Record {
    let zero = Value.int(0)
    return [
      "prompt_tokens": .int(answer.promptTokens), "completion_tokens": .int(answer.completionTokens),
      "total_tokens": .int(answer.totalTokens),
      "prompt_tokens_details": .record([
        "cached_tokens": zero, "cache_write_tokens": zero, "audio_tokens": zero, "video_tokens": zero,
      ]),
      "completion_tokens_details": .record([
        "reasoning_tokens": zero, "audio_tokens": zero, "image_tokens": zero,
      ]),
      "cost": .number(answer.cost), "is_byok": .bool(false),
      "cost_details": .record([
        "upstream_inference_cost": .null,
        "upstream_inference_prompt_cost": .number(MockPrice.cost(prompt: answer.promptTokens, completion: 0)),
        "upstream_inference_completions_cost": .number(
          MockPrice.cost(prompt: 0, completion: answer.completionTokens)),
      ]),
    ]
  }

  static func refusal(_ status: Int, _ message: String, type: String?) -> MockRefusal {
    var error: Record = ["code": .int(status), "message": .string(message)]
    if let type { error["metadata"] = .record(["error_type": .string(type)]) }
    return MockRefusal(status, .record(["error": .record(error)]), message: message)
  }

  static func errorType(_ status: Int) -> String? {
    switch status {
    case 400: "invalid_request"
    case 401: "authentication"
    case 402: "payment_required"
    case 403: "permission_denied"
    case 404: "not_found"
    case 408: "timeout"
    case 413: "payload_too_large"
    case 422: "unprocessable"
    case 429: "rate_limit_exceeded"
    case 500: "server"
    case 502, 503: "provider_unavailable"
    case 529: "provider_overloaded"
    default: nil
    }
  }

  static var models: HTTPServerReply {
    let models = MockModel.all.map(entry)
    return HTTPServerReply(
      json: .record([
        "data": .list(models.map { .record($0) }), "total_count": .int(models.count),
        "links": .record(["next": .null]),
      ]))
  }

  private static func entry(_ model: MockModel) -> Record {
    let inputs = model.takesPictures ? ["text", "image"] : ["text"]
    return [
      "id": .string(model.id), "canonical_slug": .string(model.id), "name": .string(model.name),
      "created": .int(MockModel.created),
      "description": .string("A model of the mock; it makes up its answers."),
      "context_length": .int(MockModel.contextLength),
      "architecture": .record([
        "modality": .string(inputs.joined(separator: "+") + "->text"),
        "input_modalities": .list(inputs.map { .string($0) }), "output_modalities": .list([.string("text")]),
        "tokenizer": .string("Other"), "instruct_type": .null,
      ]),
      "pricing": .record([
        "prompt": .string(MockModel.price(MockPrice.prompt)),
        "completion": .string(MockModel.price(MockPrice.completion)), "request": .string("0"),
        "image": .string("0"),
      ]),
      "top_provider": .record([
        "context_length": .int(MockModel.contextLength), "max_completion_tokens": .int(65_536),
        "is_moderated": .bool(false),
      ]),
      "per_request_limits": .null,
      "supported_parameters": .list(MockModel.parameters.map { .string($0) }),
      "default_parameters": .null, "supported_voices": .null,
      "links": .record(["details": .string("/api/v1/models/\(model.id)/endpoints")]),
    ]
  }
}

/// A model that the mock lists. It answers for every other as well.
struct MockModel {
  let id: String
  let name: String
  let takesPictures: Bool

  static let created = 1_748_372_400
  static let contextLength = 1_048_576
  static let parameters = [
    "max_tokens", "temperature", "top_p", "seed", "stop", "response_format", "structured_outputs",
    "reasoning",
  ]

  static let all = [
    MockModel(id: "google/gemini-2.5-flash", name: "Google: Gemini 2.5 Flash", takesPictures: true),
    MockModel(id: "openai/gpt-4o-mini", name: "OpenAI: GPT-4o-mini", takesPictures: true),
    MockModel(id: "deepseek/deepseek-r1", name: "DeepSeek: R1", takesPictures: false),
  ]

  /// Dollars a token, as the catalogue has them: a decimal without zeros at the end.
  static func price(_ hundredMillionths: Int) -> String {
    let digits = String(hundredMillionths)
    var decimal = "0." + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    while decimal.last == "0" { decimal.removeLast() }
    return decimal
  }
}
