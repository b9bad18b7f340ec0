import WeirValues

/// What OpenRouter sends back: with every key that its own SDK asks for (OpenRouter: api_reference).
enum OpenRouterShape {
  static func reply(_ answer: MockAnswer) -> HTTPServerReply {
    var message: Record = [
      "role": .string("assistant"), "content": answer.content, "refusal": .null,
      "reasoning": answer.reasoning.map { .string($0) } ?? .null,
    ]
    message["reasoning_details"] = answer.reasoning.map { .list([reasoningDetail(.string($0))]) }
    message["tool_calls"] = answer.toolCalls
    message["images"] = answer.paints ? .list([picture]) : nil
    let choice: Record = [
      "index": .int(0), "finish_reason": .string(answer.finish),
      "native_finish_reason": .string(native(answer.finish)),
      "logprobs": .null, "message": .record(message),
    ]
    let body: Record = [
      "id": .string(answer.id), "object": .string("chat.completion"), "created": .int(answer.time),
      "model": .string(answer.model), "provider": .string("Weir Mock"), "system_fingerprint": .null,
      "service_tier": .null, "choices": .list([.record(choice)]), "usage": .record(usage(answer)),
    ]
    return HTTPServerReply(json: .record(body), fields: fields(answer))
  }

  static func fields(_ answer: MockAnswer) -> HTTPFields { ["x-generation-id": answer.id] }

  /// What the provider behind OpenRouter calls it.
  static func native(_ finish: String) -> String {
    String(decoding: finish.utf8.map { $0.isLetter ? $0 & 0xDF : $0 }, as: UTF8.self)
  }

  static func reasoningDetail(_ text: Value) -> Value {
    .record([
      "type": .string("reasoning.text"), "text": text, "signature": .null, "id": .null,
      "format": .string("unknown"), "index": .int(0),
    ])
  }

  /// A picture of one grey point, as models that paint send theirs.
  static let picture = Value.record([
    "type": .string("image_url"),
    "image_url": .record([
      "url": .string(
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
      )
    ]),
  ])

  static func usage(_ answer: MockAnswer) -> Record {
    let zero = Value.int(0)
    return [
      "prompt_tokens": .int(answer.promptTokens), "completion_tokens": .int(answer.completionTokens),
      "total_tokens": .int(answer.totalTokens),
      "prompt_tokens_details": .record([
        "cached_tokens": zero, "cache_write_tokens": zero, "audio_tokens": zero, "video_tokens": zero,
      ]),
      "completion_tokens_details": .record([
        "reasoning_tokens": .int(answer.reasoningTokens), "audio_tokens": zero, "image_tokens": zero,
      ]),
      "cost": .number(answer.cost), "is_byok": .bool(false),
      "cost_details": .record([
        "upstream_inference_cost": .null,
        "upstream_inference_prompt_cost": .number(
          answer.price.cost(prompt: answer.promptTokens, completion: 0)),
        "upstream_inference_completions_cost": .number(
          answer.price.cost(prompt: 0, completion: answer.completionTokens)),
      ]),
    ]
  }

  /// What no provider of the model can do; nil for a model that the mock does not list.
  static func refusal(of question: MockQuestion, by id: String) -> MockRefusal? {
    guard let model = MockModel.find(id) else { return nil }
    if question.pictures.contains(where: \.isImage), !model.inputs.contains("image") {
      return refusal(404, "No endpoints found that support image input", type: "not_found")
    }
    if !question.tools.offered.isEmpty, !model.abilities.contains(.tools) {
      return refusal(404, "No endpoints found that support tool use.", type: "not_found")
    }
    return refusal(of: question, beyond: model.contextLength)
  }

  private static func refusal(of question: MockQuestion, beyond limit: Int) -> MockRefusal? {
    let prompt =
      MockPrice.tokens(ofBytes: question.length) + MockPrice.tokensOfAPicture * question.pictures.count
    let answer = question.greatestLength ?? 0
    guard prompt + answer > limit else { return nil }
    let message =
      "This endpoint's maximum context length is \(limit) tokens. However, you requested about "
      + "\(prompt + answer) tokens (\(prompt) of text input, \(answer) in the output)."
    return refusal(400, message, type: "context_length_exceeded")
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
}
