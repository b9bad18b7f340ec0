import WeirEndpoint

// The one place where a status and the words beside it become a kind of failure.
//
// A word counts before the status where it says more than a status can: that a filter refused, that
// a limit of money and not of speed is reached. Words that say no more than "invalid" do not count,
// because services use them beside every status.

extension Complaint {
  var kind: EndpointFailure.Kind {
    // That the credit is used up is said in the text alone, beside words of a wrong key.
    let isQuota = kindOfMessage == .quota
    let kind =
      isQuota ? .quota : words.lazy.compactMap(Self.kind(ofWord:)).first ?? kindOfMessage ?? kindOfStatus
    // The service knows better than the table, but not that there is credit after all.
    guard mayRetry == true else { return kind }
    switch kind {
    case .invalidRequest, .refused, .badReply: return .unavailable
    case .unreachable, .timedOut, .rateLimited, .unavailable, .unauthorized, .quota, .unsupported, .cancelled,
      .brokenOff:
      return kind
    }
  }

  private var kindOfStatus: EndpointFailure.Kind {
    switch status {
    case 401, 403: .unauthorized
    case 402: .quota
    case 408, 504, 524: .timedOut
    case 409, 425: .unavailable
    case 429: .rateLimited
    case 451: .refused
    case 500...: .unavailable
    case 300..<500: .invalidRequest
    // An error inside a 200 that says neither a status nor a word; most are a provider's bad moment.
    case 200..<300: isAboutFields ? .invalidRequest : .unavailable
    default: .badReply
    }
  }

  private static func kind(ofWord word: String) -> EndpointFailure.Kind? {
    switch word {
    // fal: model-apis/errors; OpenRouter: errors
    case "content_policy_violation", "no_media_generated", "refusal", "moderation", "content_filter",
      "guardrail":
      .refused
    case "payment_required", "insufficient_quota", "billing_hard_limit_reached": .quota
    case "authentication", "authentication_error", "auth_error", "invalid_api_key", "permission_denied",
      "permission_error":
      .unauthorized
    case "rate_limit_exceeded", "concurrent_requests_limit": .rateLimited
    case "timeout", "request_timeout", "startup_timeout", "generation_timeout": .timedOut
    case "provider_overloaded", "provider_unavailable", "server", "overloaded_error", "unavailable_error",
      "internal_server_error", "downstream_service_error", "downstream_service_unavailable",
      "capacity_exhausted", "temporarily_unavailable", "model_unavailable_upstream",
      // fal: model-apis/request-errors
      "runner_scheduling_failure", "runner_connection_timeout", "runner_disconnected",
      "runner_connection_refused", "runner_connection_error", "runner_incomplete_response",
      "runner_server_error", "internal_error":
      .unavailable
    case "context_length_exceeded", "exceed_context_size_error", "max_tokens_exceeded",
      "token_limit_exceeded", "string_too_long", "payload_too_large", "invalid_prompt", "bad_request",
      "url_error", "not_found", "model_not_found", "wrong_endpoint", "no_endpoints", "model_deprecated",
      "region_restricted", "privacy_restricted", "constraint_filtered", "free_variant_ended",
      "client_disconnected", "client_cancelled", "invalid_image", "image_too_large", "image_too_small",
      "unsupported_image_format", "image_not_found", "image_download_failed", "image_load_error",
      "file_download_error", "file_too_large", "feature_not_supported", "not_supported_error",
      "image_aspect_ratio_error",
      "face_detection_error", "unsupported_audio_format", "unsupported_video_format",
      "audio_duration_too_long", "audio_duration_too_short", "video_duration_too_long",
      "video_duration_too_short", "sequence_too_short", "sequence_too_long":
      .invalidRequest
    default: nil
    }
  }

  /// Where the status means two things, or there is none, and only the text tells them apart.
  private var kindOfMessage: EndpointFailure.Kind? {
    switch status {
    case 400, 403:
      if says("exhausted balance") || says("user is locked") || says("insufficient credit") { return .quota }
      if says("key limit exceeded") { return .quota }
      let isRefusal = ["moderation", "flagged", "content policy", "guardrail"].contains(where: says)
      return isRefusal ? .refused : nil
    case 200..<300:
      if says("rate limit") || says("429") { return .rateLimited }
      if says("timed out") || says("timeout") { return .timedOut }
      if says("exhausted balance") || says("insufficient credit") { return .quota }
      if says("flagged") || says("moderation") || says("content policy") { return .refused }
      let isRequest = ["no endpoints found", "not a valid model", "context length", "not found", "invalid"]
      return isRequest.contains(where: says) ? .invalidRequest : nil
    // llama.cpp says so of what it cannot do at all.
    case 500, 501:
      return ["is not supported", "requires --jinja"].contains(where: says) ? .invalidRequest : nil
    default: return nil
    }
  }

  /// Whether the message has the words, which are given in lower case.
  func says(_ words: String) -> Bool { message.lowercased().contains(words) }
}
