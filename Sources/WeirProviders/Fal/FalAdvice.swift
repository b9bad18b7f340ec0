import WeirEndpoint

/// What to do about fal's errors, by the word that names each (fal: model-apis/errors, request-errors).
enum FalAdvice {
  /// Nil where the kind of the failure says enough.
  static func advice(forType type: String) -> String? {
    switch type {
    case "image_too_large", "file_too_large": "make the file smaller"
    case "image_too_small": "send a larger picture"
    case "image_aspect_ratio_error": "send a picture that is less long or less high"
    case "image_load_error", "file_download_error":
      "check that the address can be reached from everywhere, or give the file itself"
    case "face_detection_error": "send a picture with a face that can be seen"
    case "unsupported_image_format": "convert the picture to PNG, JPEG, GIF or WebP"
    case "unsupported_audio_format": "convert the sound to MP3 or WAV"
    case "unsupported_video_format": "convert the film to MP4"
    case "audio_duration_too_long", "video_duration_too_long": "cut the file into shorter ones"
    case "audio_duration_too_short", "video_duration_too_short": "send a longer one"
    case "sequence_too_long": "send less: there is too much of something in the prompt"
    case "concurrent_requests_limit":
      "lower `concurrency` in `limits`, or say `via: \"queue\"`: what waits in the queue does not count"
    case "startup_timeout": "raise `X-Fal-Request-Start-Timeout` in `options.headers`, or try again later"
    default: nil
    }
  }
}

extension EndpointFailure {
  /// With what is known of the greatest length, where the prompt is longer and that may be the reason.
  func explained(for request: EndpointRequest) -> EndpointFailure {
    switch kind {
    case .invalidRequest, .badReply, .unavailable: break
    case .unreachable, .timedOut, .rateLimited, .unauthorized, .quota, .refused, .unsupported, .cancelled,
      .brokenOff:
      return self
    }
    let prompt = request.conversation.text.unicodeScalars.count
    let system = request.instructedSystem?.unicodeScalars.count ?? 0
    let longest = max(prompt, system)
    guard longest > FalAnyLLM.longestPrompt else { return self }
    var failure = self
    let which = prompt >= system ? "prompt" : "system prompt"
    let long = """
      `fal-ai/any-llm` is said to read \(FalAnyLLM.longestPrompt) characters, and the \(which) has \(longest): \
      shorten it, or ask `--provider fal`
      """
    failure.advice = [advice, long].compactMap { $0 }.joined(separator: "; ")
    return failure
  }
}
