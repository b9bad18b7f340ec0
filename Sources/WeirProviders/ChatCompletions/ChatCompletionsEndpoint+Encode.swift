package import WeirEndpoint
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// OpenRouter: api_reference/parameters; OpenAI: api-reference/chat. A field is sent only where the
// step says it, so that everything else is as the model's provider has it.

extension ChatCompletionsEndpoint {
  package func encode(_ request: EndpointRequest) throws(EndpointFailure) -> HTTPRequest {
    try request.refuseStream()
    try refuseRouting(request)
    var http = HTTPRequest(
      .post, service.address.appending("/chat/completions"),
      headers: HTTPHeader.json(key, prefix: service.keyPrefix, adding: headers))
    http.body = HTTPBody(json: .record(try body(request)))
    http.timeouts.whole = request.timeout
    return http
  }

  private func body(_ request: EndpointRequest) throws(EndpointFailure) -> Record {
    var body: Record = ["model": .string(request.model), "messages": .list(try messages(request))]
    body["temperature"] = request.temperature.map { .number($0) }
    body["top_p"] = request.topP.map { .number($0) }
    body[service.wordForMaxTokens] = request.maxTokens.map { .int($0) }
    body["seed"] = request.seed.map { .int($0) }
    if !request.stop.isEmpty { body["stop"] = .list(request.stop.map { .string($0) }) }
    try addReasoning(request.reasoning, to: &body)
    body["response_format"] = responseFormat(request)
    if !request.routing.fields.isEmpty { body["provider"] = .record(request.routing) }
    for field in request.options.fields { body[field.name] = field.value }
    mergeRouting(of: request, into: &body)
    if form(request) == .schema { requireParameters(in: &body, unless: request.options) }
    return body
  }

  private func messages(_ request: EndpointRequest) throws(EndpointFailure) -> [Value] {
    var messages: [Value] = []
    if let system = system(request) { messages.append(message("system", .string(system))) }
    for turn in request.turns {
      messages.append(message("user", try content(turn.ask)))
      messages.append(message("assistant", .string(turn.answer)))
    }
    return messages + [message("user", try content(request.prompt))]
  }

  private func message(_ role: String, _ content: Value) -> Value {
    .record(["role": .string(role), "content": content])
  }

  /// A plain text where there is nothing else, which every server takes.
  private func content(_ prompt: [PromptPart]) throws(EndpointFailure) -> Value {
    guard !prompt.pictures.isEmpty || !prompt.documents.isEmpty else { return .string(prompt.text) }
    var parts: [Value] = []
    for part in prompt {
      switch part {
      case .text(let text): parts.append(self.part("text", .string(text)))
      case .picture(let picture): parts.append(self.part("image_url", ["url": .string(picture.url)]))
      case .document(let document): parts.append(try self.part(document))
      }
    }
    return .list(parts)
  }

  private func part(_ type: String, _ content: Value) -> Value {
    .record(["type": .string(type), type: content])
  }

  private func part(_ type: String, _ content: Record) -> Value { part(type, .record(content)) }

  /// OpenRouter: features/multimodal; OpenAI: api-reference/chat, whose servers hear MP3 and WAV only
  /// and see no films.
  private func part(_ document: Document) throws(EndpointFailure) -> Value {
    switch document.kind {
    case .pdf:
      return part("file", ["filename": .string(document.name), "file_data": .string(document.url)])
    case .text, .markdown, .csv, .json:
      return part("text", .string(document.text ?? ""))
    case .mp3, .wav: return sound(document)
    case .m4a, .ogg, .flac:
      guard service.isOpenRouter else { throw unsayable(document, "convert it to MP3 or WAV") }
      return sound(document)
    case .mp4, .webm, .mov:
      guard service.isOpenRouter else {
        throw unsayable(document, "ask a model that sees films by OpenRouter (`--provider openrouter`)")
      }
      return part("video_url", ["url": .string(document.url)])
    }
  }

  private func sound(_ document: Document) -> Value {
    part(
      "input_audio",
      ["data": .string(document.bytes.base64EncodedString()), "format": .string(document.kind.rawValue)])
  }

  private func unsayable(_ document: Document, _ advice: String) -> EndpointFailure {
    EndpointFailure(
      .invalidRequest,
      "\(service.address.site) takes no \(document.kind.mediaType), as `\(document.name)` is",
      advice: advice)
  }

  private func system(_ request: EndpointRequest) -> String? {
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

  /// OpenRouter otherwise also asks providers that ignore the schema. Of JSON mode it is not asked: the
  /// instructions say it all, and no model shall be refused twice.
  private func requireParameters(in body: inout Record, unless options: Record) {
    guard service.isOpenRouter, options["response_format"] == nil else { return }
    guard body["provider"] == nil || body["provider"]?.record != nil else { return }
    var provider = body["provider"]?.record ?? [:]
    if provider["require_parameters"] == nil { provider["require_parameters"] = .bool(true) }
    body["provider"] = .record(provider)
  }

  /// Of the preferences in `options` each wins over the same of `routing`.
  private func mergeRouting(of request: EndpointRequest, into body: inout Record) {
    guard let own = request.options["provider"]?.record else { return }
    var provider = request.routing
    for field in own.fields { provider[field.name] = field.value }
    body["provider"] = .record(provider)
  }

  private func refuseRouting(_ request: EndpointRequest) throws(EndpointFailure) {
    guard !service.isOpenRouter, !request.routing.fields.isEmpty else { return }
    throw .noRouting(at: service.address.site)
  }

  private func addReasoning(
    _ reasoning: EndpointRequest.Reasoning?, to body: inout Record
  ) throws(EndpointFailure) {
    guard let reasoning else { return }
    if service.isOpenRouter {
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
        advice: "say \"low\", \"medium\" or \"high\", or put what the server knows into `options`")
    }
  }
}
