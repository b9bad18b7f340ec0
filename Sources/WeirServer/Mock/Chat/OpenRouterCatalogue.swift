import WeirValues

/// What OpenRouter tells of its models, of a key, and of what was answered (OpenRouter: api_reference).
enum OpenRouterCatalogue {
  static var models: HTTPServerReply {
    let models = MockModel.all.map(entry)
    return HTTPServerReply(
      json: .record([
        "data": .list(models.map { .record($0) }), "total_count": .int(models.count),
        "links": .record(["next": .null]),
      ]))
  }

  private static func entry(_ model: MockModel) -> Record {
    func list(_ names: [String]) -> Value { .list(names.map { .string($0) }) }
    return [
      "id": .string(model.id), "canonical_slug": .string(model.id), "name": .string(model.name),
      "created": .int(MockModel.created),
      "description": .string("A model of the mock; it makes up its answers."),
      "context_length": .int(model.contextLength),
      "architecture": .record([
        "modality": .string(
          "\(model.inputs.joined(separator: "+"))->\(model.outputs.joined(separator: "+"))"),
        "input_modalities": list(model.inputs), "output_modalities": list(model.outputs),
        "tokenizer": .string("Other"), "instruct_type": .null,
      ]),
      "pricing": .record([
        "prompt": .string(MockPrice.text(model.price.prompt)),
        "completion": .string(MockPrice.text(model.price.completion)), "request": .string("0"),
        "image": .string("0"),
      ]),
      "top_provider": .record([
        "context_length": .int(model.contextLength), "max_completion_tokens": .int(model.greatestAnswer),
        "is_moderated": .bool(false),
      ]),
      "per_request_limits": .null,
      "supported_parameters": list(model.parameters),
      "default_parameters": .null, "supported_voices": .null,
      "links": .record(["details": .string("/api/v1/models/\(model.id)/endpoints")]),
    ]
  }

  /// `/key`: a key without a limit.
  static func key(usage: Number) -> HTTPServerReply {
    var data: Record = [
      "label": .string("sk-or-v1-mock"), "limit": .null, "limit_remaining": .null, "limit_reset": .null,
      "include_byok_in_limit": .bool(false),
    ]
    for name in ["usage", "usage_daily", "usage_weekly", "usage_monthly"] { data[name] = .number(usage) }
    for name in ["byok_usage", "byok_usage_daily", "byok_usage_weekly", "byok_usage_monthly"] {
      data[name] = .int(0)
    }
    data["is_free_tier"] = .bool(false)
    data["is_management_key"] = .bool(true)
    data["is_provisioning_key"] = .bool(true)
    data["free_model_daily_requests"] = .record([
      "limit": .int(1000), "remaining": .int(1000), "used": .int(0),
    ])
    data["allowed_data_regions"] = .list([.string("global")])
    data["budgets"] = .list([])
    for name in ["effective_budget", "creator_user_id", "organization_id", "workspace_id"] {
      data[name] = .null
    }
    data["expires_at"] = .null
    data["rate_limit"] = .record([
      "requests": .int(-1), "interval": .string("10s"), "note": .string("This field is deprecated."),
    ])
    return HTTPServerReply(json: .record(["data": .record(data)]))
  }

  static func credits(usage: Number) -> HTTPServerReply {
    HTTPServerReply(
      json: .record(["data": .record(["total_credits": .int(100), "total_usage": .number(usage)])]))
  }

  /// `/generation`: the record of one answer.
  static func generation(_ answer: MockAnswer, isStreamed: Bool) -> HTTPServerReply {
    let prompt = Value.int(answer.promptTokens)
    let completion = Value.int(answer.completionTokens)
    let cost = Value.number(answer.cost)
    let data: Record = [
      "id": .string(answer.id), "upstream_id": .null, "model": .string(answer.model),
      "provider_name": .string("Weir Mock"), "created_at": .string(MockTime.text(answer.time)),
      "total_cost": cost, "usage": cost, "cache_discount": .null, "upstream_inference_cost": .int(0),
      "is_byok": .bool(false), "app_id": .null, "origin": .string(""), "streamed": .bool(isStreamed),
      "cancelled": .bool(false), "latency": .int(0), "moderation_latency": .null, "generation_time": .int(0),
      "tokens_prompt": prompt, "tokens_completion": completion, "native_tokens_prompt": prompt,
      "native_tokens_completion": completion, "native_tokens_reasoning": .int(answer.reasoningTokens),
      "native_tokens_cached": .int(0), "native_tokens_completion_images": .null, "num_media_prompt": .null,
      "num_media_completion": .null, "num_search_results": .null, "num_input_audio_prompt": .null,
      "finish_reason": .string(answer.finish),
      "native_finish_reason": .string(OpenRouterShape.native(answer.finish)), "external_user": .null,
      "api_type": .string("completions"), "router": .null, "service_tier": .null, "session_id": .null,
      "data_region": .string("global"), "http_referer": .null, "num_fetches": .null, "preset_id": .null,
      "provider_responses": .null, "user_agent": .null, "web_search_engine": .null, "workspace_id": .null,
    ]
    return HTTPServerReply(json: .record(["data": .record(data)]))
  }
}
