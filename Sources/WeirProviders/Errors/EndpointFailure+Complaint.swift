import WeirEndpoint

/// What an advice needs to know about a service.
struct ServiceWords: Sendable, Hashable {
  /// The host, as messages name it.
  var site: String
  /// What to check when the key is refused: `FAL_KEY`.
  var keyName: String
  /// Where credit is bought.
  var billing: String?
}

extension EndpointFailure {
  /// A complaint as a failure: `openrouter.ai answered 429 (Google): Rate limit exceeded`.
  init(_ complaint: Complaint, from service: ServiceWords, hiding secrets: [Secret]) {
    let kind = complaint.kind
    let text = Excerpt.of(complaint.message, hiding: secrets)
    let provider = complaint.provider.map { " (\(Excerpt.of($0, hiding: secrets)))" } ?? ""
    let answered = (200..<300).contains(complaint.status) ? "with an error" : "\(complaint.status)"
    self.init(
      kind, "\(service.site) answered \(answered)\(provider)" + (text.isEmpty ? "" : ": \(text)"),
      advice: complaint.advice(for: kind, from: service), retryAfter: complaint.retryAfter)
    isFinal = complaint.mayRetry == false
    refusedForm = complaint.refusedForm
    refusedField = complaint.refusedField
  }

  /// A 200 that is not what the protocol says.
  static func badReply(
    _ reason: String, _ response: HTTPResponse, from service: ServiceWords, hiding secrets: [Secret],
    advice: String? = "check that the `url` and the `kind` of the provider belong together"
  ) -> EndpointFailure {
    let body =
      WebPage.title(of: response.body) ?? String(decoding: response.body.prefix(1 << 16), as: UTF8.self)
    let shown = body.isEmpty ? "nothing" : Excerpt.of(body, hiding: secrets)
    return EndpointFailure(
      .badReply, "\(service.site) answered \(response.status) \(reason): \(shown)", advice: advice)
  }
}

extension Complaint {
  /// One line that can be acted on; nil where there is nothing to do but wait.
  fileprivate func advice(for kind: EndpointFailure.Kind, from service: ServiceWords) -> String? {
    switch kind {
    case .unauthorized:
      status == 403 ? "check what \(service.keyName) may be used for" : "check \(service.keyName)"
    case .quota:
      service.billing.map { "add credit or raise the limit at \($0)" } ?? "add credit to the account"
    case .rateLimited: "lower `concurrency` in `limits`"
    case .timedOut: "raise `timeout`, or choose a faster model"
    case .refused: "change the prompt, or choose another model"
    case .invalidRequest: adviceForRequest
    case .unavailable: says("loading model") ? "wait until the server has loaded the model" : nil
    case .unreachable, .badReply, .unsupported, .cancelled, .brokenOff: nil
    }
  }

  private var adviceForRequest: String? {
    if (300..<400).contains(status) { return "check the `url` of the provider: it leads elsewhere" }
    if status == 413 { return "send less text or smaller pictures" }
    let isTooLong = ["context length", "context size", "context window", "maximum context", "too long"]
    if isTooLong.contains(where: says) || words.contains("exceed_context_size_error") {
      return "shorten the prompt, or choose a model with a longer context"
    }
    if says("image input") || says("support image") { return "choose a model with vision" }
    if says("requested parameters") || says("response_format") || says("response format") {
      return "choose a model with structured outputs, or set `require_parameters: false` in `routing`"
    }
    if says("data policy") || says("privacy") {
      return "allow the model at openrouter.ai/settings/privacy, or choose another"
    }
    let isModel = ["not a valid model", "no endpoints found", "model not found", "model_not_found"]
    if isModel.contains(where: says) || (status == 404 && says("model")) {
      return "check `model`: its name, and that the provider has it"
    }
    return status == 404 || status == 405 ? "check `model` and the `url` of the provider" : nil
  }
}
