package import WeirEndpoint
import WeirValues

// OpenRouter: api_reference/parameters; OpenAI: api-reference/chat. A field is sent only where the
// step says it, so that everything else is as the model's provider has it.

extension ChatCompletionsEndpoint {
  package func encode(_ request: EndpointRequest) throws(EndpointFailure) -> HTTPRequest {
    try encode(request, [])
  }

  func encode(
    _ request: EndpointRequest, _ habits: Set<ServerHabits.Habit>
  ) throws(EndpointFailure) -> HTTPRequest {
    try refuseUnsayable(request)
    var request = request
    let given: [HTTPHeader]
    (given, request.options) = try request.splitOptions()
    let streams = request.delivery == .stream
    var http = HTTPRequest(
      .post, service.address.appending("/chat/completions"),
      headers: HTTPHeader.json(
        key, prefix: service.keyPrefix, adding: headers,
        accepting: streams ? "text/event-stream, application/json" : "application/json"
      ).replaced(by: given))
    http.body = HTTPBody(json: .record(try body(request, habits)))
    http.timeouts.whole = request.timeout
    http.timeouts.idle = streams ? service.longestSilence(within: request.timeout) : nil
    return http
  }

  private func body(
    _ request: EndpointRequest, _ habits: Set<ServerHabits.Habit>
  ) throws(EndpointFailure) -> Record {
    let messages = try messages(request, withReasoning: !habits.contains(.leavesOutReasoningOfBefore))
    var body: Record = ["model": .string(request.model), "messages": .list(messages)]
    if !request.fallbacks.isEmpty { body["models"] = .list(request.fallbacks.map { .string($0) }) }
    try addSettings(of: request, habits, to: &body)
    addTools(of: request, areStrict: !habits.contains(.leavesOutStrictTools), to: &body)
    body["response_format"] = responseFormat(request)
    if request.wantsPicture { body["modalities"] = .list([.string("image"), .string("text")]) }
    if !request.routing.fields.isEmpty { body["provider"] = .record(request.routing) }
    for field in request.options.fields where !isOverruled(field.name, request) {
      body[field.name] = field.value
    }
    mergeRouting(of: request, into: &body)
    if form(request) == .schema { requireParameters(in: &body, unless: request.options) }
    addStream(of: request, habits, to: &body)
    return body
  }

  /// `tool_choice: "required"` is meant for the first round: later ones could never end.
  private func isOverruled(_ option: String, _ request: EndpointRequest) -> Bool {
    option == "tool_choice" && (request.toolChoice == .none || !request.rounds.isEmpty)
  }

  private func addSettings(
    of request: EndpointRequest, _ habits: Set<ServerHabits.Habit>, to body: inout Record
  ) throws(EndpointFailure) {
    body["temperature"] = request.temperature.map { .number($0) }
    body["top_p"] = request.topP.map { .number($0) }
    body[wordForMaxTokens(habits)] = request.maxTokens.map { .int($0) }
    body["seed"] = request.seed.map { .int($0) }
    if !request.stop.isEmpty { body["stop"] = .list(request.stop.map { .string($0) }) }
    try addReasoning(request.reasoning, to: &body)
  }

  private func wordForMaxTokens(_ habits: Set<ServerHabits.Habit>) -> String {
    let usual = service.wordForMaxTokens
    guard habits.contains(.hasTheOtherWordForMaxTokens) else { return usual }
    return usual == "max_tokens" ? "max_completion_tokens" : "max_tokens"
  }

  /// OpenRouter sends what a stream cost without being asked.
  private func addStream(
    of request: EndpointRequest, _ habits: Set<ServerHabits.Habit>, to body: inout Record
  ) {
    guard request.delivery == .stream else { return }
    body["stream"] = .bool(true)
    guard !service.isOpenRouter, !habits.contains(.leavesOutStreamOptions) else { return }
    if body["stream_options"] == nil { body["stream_options"] = .record(["include_usage": .bool(true)]) }
  }

  // MARK: - The form of the answer

  func system(_ request: EndpointRequest) -> String? {
    switch form(request) {
    case nil, .schema: request.system
    case .json, .instructions: request.instructedSystem
    }
  }

  /// OpenAI: guides/structured-outputs; OpenRouter: guides/features/structured-outputs.
  private func responseFormat(_ request: EndpointRequest) -> Value? {
    guard let answer = request.answer else { return nil }
    switch form(request) {
    case .schema:
      var schema: Record = ["name": .string(answer.name)]
      if answer.isStrict { schema["strict"] = .bool(true) }
      schema["schema"] = answer.schema(tellingInWords: service.boundsToldInWords)
      return .record(["type": .string("json_schema"), "json_schema": .record(schema)])
    case .json: return .record(["type": .string("json_object")])
    case .instructions, nil: return nil
    }
  }

  /// Nil where any text will do.
  private func form(_ request: EndpointRequest) -> AnswerForm? { request.answer == nil ? nil : request.form }

  /// What the author says of `response_format` is sent as it is.
  package func answerForms(for request: EndpointRequest) -> [AnswerForm] {
    request.options["response_format"] == nil ? AnswerForm.allCases : [.schema]
  }

  // MARK: - Reasoning

  private func addReasoning(
    _ reasoning: EndpointRequest.Reasoning?, to body: inout Record
  ) throws(EndpointFailure) {
    guard let reasoning else { return }
    if service.leadsToOpenRouter {
      body["reasoning"] = .record(Self.openRouterReasoning(reasoning))
    } else {
      body["reasoning_effort"] = .string(try effort(reasoning))
    }
  }

  private static func openRouterReasoning(_ reasoning: EndpointRequest.Reasoning) -> Record {
    switch reasoning {
    case .enabled(let isOn): ["enabled": .bool(isOn)]
    case .effort(let effort): ["effort": .string(effort)]
    case .tokens(let count): ["max_tokens": .int(count)]
    }
  }

  private func effort(_ reasoning: EndpointRequest.Reasoning) throws(EndpointFailure) -> String {
    switch reasoning {
    case .enabled(let isOn): return isOn ? "medium" : "none"
    case .effort(let effort): return effort
    case .tokens:
      throw EndpointFailure(
        .invalidRequest, "`reasoning` as a number of tokens cannot be said to \(service.address.site)",
        advice: "say \"low\", \"medium\" or \"high\", or put what the server knows into `options`"
      ).refusing("reasoning")
    }
  }
}
