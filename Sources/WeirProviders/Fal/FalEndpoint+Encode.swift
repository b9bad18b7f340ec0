package import WeirEndpoint
import WeirValues

// fal: model-apis, openrouter/router. The fields are those of its published schema: `prompt`,
// `system_prompt`, `model`, `reasoning`, `temperature`, `max_tokens`, and `image_urls` for vision.

extension FalEndpoint {
  package func encode(_ request: EndpointRequest) throws(EndpointFailure) -> HTTPRequest {
    try request.refuseStream()
    try refuseUnsayable(request)
    let conversation = request.conversation
    let path = conversation.pictures.isEmpty ? "/openrouter/router" : "/openrouter/router/vision"
    var http = HTTPRequest(
      .post, address.appending(path), headers: HTTPHeader.json(key, prefix: "Key ", adding: headers))
    http.body = HTTPBody(json: .record(body(request, conversation)))
    http.timeouts.whole = request.timeout
    return http
  }

  /// The endpoint knows no messages: the turns go into the prompt.
  private func body(_ request: EndpointRequest, _ conversation: [PromptPart]) -> Record {
    var body: Record = ["prompt": .string(conversation.text)]
    body["system_prompt"] = request.instructedSystem.map { .string($0) }
    body["model"] = .string(request.model)
    body["reasoning"] = request.reasoning.map { .bool(isOn($0)) }
    body["temperature"] = request.temperature.map { .number($0) }
    body["max_tokens"] = request.maxTokens.map { .int($0) }
    let pictures = conversation.pictures
    if !pictures.isEmpty { body["image_urls"] = .list(pictures.map { .string($0.url) }) }
    for field in request.options.fields { body[field.name] = field.value }
    return body
  }

  package func answerForms(for request: EndpointRequest) -> [AnswerForm] { [.instructions] }

  /// An effort or a number of tokens cannot be said here, but that there shall be reasoning can.
  private func isOn(_ reasoning: EndpointRequest.Reasoning) -> Bool {
    switch reasoning {
    case .enabled(let isOn): isOn
    case .effort, .tokens: true
    }
  }

  private func refuseUnsayable(_ request: EndpointRequest) throws(EndpointFailure) {
    guard request.routing.fields.isEmpty else { throw .noRouting(at: "fal's `openrouter/router`") }
    if let document = request.conversation.documents.first {
      throw EndpointFailure(
        .invalidRequest,
        "fal's `openrouter/router` takes pictures, but no other file such as `\(document.name)`",
        advice: "ask OpenRouter itself (`--provider openrouter`)")
    }
    let setting: String? =
      if request.topP != nil { "top_p" } else if request.seed != nil { "seed" } else if !request.stop.isEmpty
      {
        "stop"
      } else { nil }
    guard let setting else { return }
    throw EndpointFailure(
      .invalidRequest, "fal's `openrouter/router` has no `\(setting)`",
      advice:
        "ask OpenRouter itself (`--provider openrouter`), or put it into `options` if the endpoint takes it now"
    )
  }
}
