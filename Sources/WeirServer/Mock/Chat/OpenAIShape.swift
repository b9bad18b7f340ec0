import WeirValues

/// What a plain OpenAI-compatible server sends back. It charges nothing, so there is no cost.
enum OpenAIShape {
  static func reply(_ answer: MockAnswer) -> HTTPServerReply {
    var message: Record = [
      "role": .string("assistant"), "content": answer.content, "refusal": .null, "annotations": .list([]),
    ]
    message["reasoning"] = answer.reasoning.map { .string($0) }
    message["tool_calls"] = answer.toolCalls
    let choice: Record = [
      "index": .int(0), "message": .record(message), "logprobs": .null,
      "finish_reason": .string(answer.finish),
    ]
    return HTTPServerReply(
      json: .record([
        "id": .string("chatcmpl-mock\(answer.number)"), "object": .string("chat.completion"),
        "created": .int(answer.time), "model": .string(answer.model), "choices": .list([.record(choice)]),
        "usage": .record(usage(answer)), "service_tier": .string("default"), "system_fingerprint": .null,
      ]),
      fields: fields(answer))
  }

  static func fields(_ answer: MockAnswer) -> HTTPFields { ["x-request-id": "req_mock\(answer.number)"] }

  static func usage(_ answer: MockAnswer) -> Record {
    let zero = Value.int(0)
    return [
      "prompt_tokens": .int(answer.promptTokens), "completion_tokens": .int(answer.completionTokens),
      "total_tokens": .int(answer.totalTokens),
      "prompt_tokens_details": .record(["cached_tokens": zero, "audio_tokens": zero]),
      "completion_tokens_details": .record([
        "reasoning_tokens": .int(answer.reasoningTokens), "audio_tokens": zero,
        "accepted_prediction_tokens": zero,
        "rejected_prediction_tokens": zero,
      ]),
    ]
  }

  static func refusal(_ status: Int, _ message: String, param: String?, code: String?) -> MockRefusal {
    let type =
      switch status {
      case 401: "authentication_error"
      case 403: "permission_error"
      case 404: "not_found_error"
      case 429: "rate_limit_error"
      case 500...: "server_error"
      default: "invalid_request_error"
      }
    let error: Record = [
      "message": .string(message), "type": .string(type), "param": param.map { .string($0) } ?? .null,
      "code": code.map { .string($0) } ?? .null,
    ]
    return MockRefusal(status, .record(["error": .record(error)]), message: message)
  }

  static var models: HTTPServerReply {
    let models = MockModel.all.map { model -> Value in
      .record([
        "id": .string(model.id), "object": .string("model"), "created": .int(MockModel.created),
        "owned_by": .string("weir-mock"),
      ])
    }
    return HTTPServerReply(json: .record(["object": .string("list"), "data": .list(models)]))
  }
}
