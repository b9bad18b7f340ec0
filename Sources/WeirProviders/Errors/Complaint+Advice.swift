import WeirEndpoint

// What to do about a complaint, in one line that can be acted on. The words of an error say most, then what
// its message says, then its status.

extension Complaint {
  /// nil where there is nothing to do but wait.
  func advice(for kind: EndpointFailure.Kind, from service: ServiceWords) -> String? {
    if let advice = adviceForAvailability ?? adviceForWhatIsSaid(kind) { return advice }
    switch kind {
    case .unauthorized:
      return status == 403 ? "check what \(service.keyName) may be used for" : "check \(service.keyName)"
    case .quota:
      let billing =
        service.billing.map { "add credit or raise the limit at \($0)" } ?? "add credit to the account"
      return says("fewer max_tokens") ? "\(billing), or lower `max_tokens`" : billing
    case .rateLimited: return adviceForLimit
    // The server's own time, of which the `timeout` of a step says nothing.
    case .timedOut: return "choose a faster model, or try again later"
    case .refused: return "change the prompt, or choose another model"
    case .invalidRequest: return adviceForStatus
    case .unavailable: return says("loading model") ? "wait until the server has loaded the model" : nil
    case .unreachable, .badReply, .unsupported, .cancelled, .brokenOff: return nil
    }
  }

  // MARK: - By words

  /// OpenRouter: errors, `availability`: why no provider can serve the model, and which models can.
  private var adviceForAvailability: String? {
    guard let availability else { return nil }
    let others = availability.fallbackModels.prefix(3).map { "`\($0)`" }.joined(separator: " or ")
    let choose = others.isEmpty ? "choose another model" : "choose another model, such as \(others)"
    switch availability.code {
    case "model_not_found", "wrong_endpoint": return "check `model`: its name, and that the provider has it"
    case "free_variant_ended": return "leave `:free` away, or \(choose)"
    case "region_restricted": return "\(choose), which is offered in your region"
    case "privacy_restricted": return "allow the model at openrouter.ai/settings/privacy, or \(choose)"
    case "constraint_filtered":
      return availability.constraint.map { "loosen `\($0)`, or \(choose)" }
        ?? "loosen `routing`, or \(choose)"
    case "no_endpoints", "model_deprecated": return choose
    default: return others.isEmpty ? nil : "try again later, or \(choose)"
    }
  }

  /// The first of these that is said, in words or in the message.
  private func adviceForWhatIsSaid(_ kind: EndpointFailure.Kind) -> String? {
    let table: [(String, said: [String])]
    switch kind {
    case .invalidRequest:
      if (300..<400).contains(status) { return Self.leadsElsewhere }
      table = Self.advicesForRequests
    case .refused: table = Self.advicesForRefusals
    case .unauthorized: table = Self.advicesForPermissions
    case .rateLimited: table = Self.advicesForLimits
    case .unreachable, .timedOut, .unavailable, .quota, .badReply, .unsupported, .cancelled, .brokenOff:
      return nil
    }
    let text = message.lowercased()
    return table.first { $0.said.contains { text.contains($0) || words.contains($0) } }?.0
      ?? (kind == .invalidRequest ? adviceForSetting : nil)
  }

  private static let advicesForRequests: [(String, said: [String])] = [
    ("send less text or smaller pictures", ["payload_too_large"]),
    (
      "shorten the prompt, or choose a model with a longer context",
      [
        "context length", "context size", "context window", "maximum context", "too long",
        "context_length_exceeded",
        "exceed_context_size_error", "string_too_long", "token_limit_exceeded",
      ]
    ),
    (
      "lower `max_tokens`",
      ["max_tokens_exceeded", "max_tokens is too large", "max_completion_tokens is too large"]
    ),
    ("send a smaller picture", ["image_too_large"]),
    ("send a larger picture", ["image_too_small"]),
    ("send the picture as PNG, JPEG, GIF or WebP", ["unsupported_image_format", "invalid_image"]),
    (
      "check that the address of the picture is right and open to everyone",
      ["image_not_found", "image_download_failed"]
    ),
    ("choose a model with vision", ["image input", "support image", "does not support images"]),
    ("choose a model that hears sounds", ["audio input", "input audio", "support audio"]),
    ("choose a model that sees films", ["video input", "support video"]),
    ("start `llama-server` with `--jinja`", ["requires --jinja"]),
    (
      "choose a model with tools",
      ["support tool use", "support tools", "does not support tool"]
    ),
    (
      "choose a model with structured outputs, or set `require_parameters: false` in `routing`",
      ["requested parameters", "response_format", "response format"]
    ),
    ("allow the model at openrouter.ai/settings/privacy, or choose another", ["data policy", "privacy"]),
    (
      "check `model`: its name, and that the provider has it",
      ["not a valid model", "no endpoints found", "model not found", "model_not_found"]
    ),
  ]

  private static let advicesForRefusals: [(String, said: [String])] = [
    ("change the prompt, or the guardrail that the key has", ["guardrail"])
  ]

  private static let advicesForPermissions: [(String, said: [String])] = [
    ("choose a model that is offered in your region", ["in your region", "your country"])
  ]

  private static let advicesForLimits: [(String, said: [String])] = [
    (
      "free models have a limit for each day: buy credit, or ask the model without `:free`",
      ["free-models-per-day"]
    )
  ]

  // MARK: - By the status and what is left

  /// A limit of the service's own is told by its header; else it is one of a provider behind it.
  private var adviceForLimit: String {
    guard provider != nil, !isOwnLimit else { return "lower `concurrency` in `limits`" }
    return "lower `concurrency` in `limits`, or choose another model or provider"
  }

  /// A setting of the author's that the model does not know.
  private var adviceForSetting: String? {
    guard saysUnknown else { return nil }
    let settings = [
      "temperature", "top_p", "seed", "stop", "reasoning_effort", "reasoning", "detail", "modalities",
    ]
    let text = message.lowercased()
    let named = settings.first { text.contains("'\($0)'") || text.contains("`\($0)`") || fields.contains($0) }
    return named.map {
      "leave `\($0 == "reasoning_effort" ? "reasoning" : $0)` out: the model does not know it"
    }
  }

  private var adviceForStatus: String? {
    if status == 413 { return "send less text or smaller pictures" }
    if status == 404, says("model") { return "check `model`: its name, and that the provider has it" }
    return status == 404 || status == 405 ? Self.modelOrAddress : nil
  }

  // Of a provider that is built in something else is advised.
  static let leadsElsewhere = "check the `url` of the provider: it leads elsewhere"
  static let modelOrAddress = "check `model` and the `url` of the provider"
}
