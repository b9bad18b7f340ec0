import WeirEndpoint
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// The conversation: the system prompt, the turns before, the prompt, and what was called since.
// Pictures and files stand in it as values, which become base64 only while they are sent.

extension ChatCompletionsEndpoint {
  func messages(_ request: EndpointRequest, withReasoning: Bool) throws(EndpointFailure) -> [Value] {
    var messages: [Value] = []
    if let system = system(request) { messages.append(message("system", .string(system))) }
    for turn in request.turns {
      messages.append(message("user", try content(turn.ask, request.detail)))
      messages += self.messages(turn.rounds, withReasoning)
      messages.append(answer(turn, withReasoning))
    }
    messages.append(message("user", try content(request.prompt, request.detail)))
    return messages + self.messages(request.rounds, withReasoning)
  }

  private func message(_ role: String, _ content: Value) -> Value {
    .record(["role": .string(role), "content": content])
  }

  private func answer(_ turn: EndpointRequest.Turn, _ withReasoning: Bool) -> Value {
    var answer: Record = ["role": .string("assistant"), "content": .string(turn.answer)]
    if withReasoning { Self.add(turn.reasoningDetails, to: &answer) }
    return .record(answer)
  }

  // MARK: - Tools

  /// What was called, and what each call was told.
  private func messages(_ rounds: [ToolRound], _ withReasoning: Bool) -> [Value] {
    rounds.flatMap { round in
      var asked: Record = ["role": .string("assistant")]
      asked["content"] = round.text.isEmpty ? .null : .string(round.text)
      asked["tool_calls"] = .list(round.calls.map(call))
      if withReasoning { Self.add(round.reasoningDetails, to: &asked) }
      return [.record(asked)] + zip(round.calls, round.results).map(result)
    }
  }

  /// As it came: a list of details, or fields of the message.
  private static func add(_ details: Value?, to message: inout Record) {
    if let fields = details?.record?.fields {
      for field in fields { message[field.name] = field.value }
    } else if let details, !details.isNull {
      message["reasoning_details"] = details
    }
  }

  private func call(_ call: ToolCall) -> Value {
    .record([
      "id": .string(call.id), "type": .string("function"),
      "function": .record(["name": .string(call.name), "arguments": .string(call.arguments)]),
    ])
  }

  private func result(_ call: ToolCall, _ text: String) -> Value {
    .record(["role": .string("tool"), "tool_call_id": .string(call.id), "content": .string(text)])
  }

  /// The tools go along on the last round as well, where none may be called.
  func addTools(of request: EndpointRequest, areStrict: Bool, to body: inout Record) {
    guard !request.tools.isEmpty else { return }
    body["tools"] = .list(request.tools.map { tool($0, isStrict: areStrict) })
    switch request.toolChoice {
    case .auto: break
    case .none: body["tool_choice"] = .string("none")
    }
  }

  private func tool(_ offer: ToolOffer, isStrict: Bool) -> Value {
    var function: Record = ["name": .string(offer.name)]
    if !offer.about.isEmpty { function["description"] = .string(offer.about) }
    function["parameters"] = offer.parameters.schema(tellingInWords: service.boundsToldInWords)
    if isStrict, offer.parameters.isStrict { function["strict"] = .bool(true) }
    return .record(["type": .string("function"), "function": .record(function)])
  }

  // MARK: - Parts

  /// A plain text where there is nothing else, which every server takes.
  private func content(_ prompt: [PromptPart], _ detail: String?) throws(EndpointFailure) -> Value {
    guard !prompt.pictures.isEmpty || !prompt.documents.isEmpty else { return .string(prompt.text) }
    var parts: [Value] = []
    for part in prompt {
      switch part {
      case .text(let text): parts.append(self.part("text", .string(text)))
      case .picture(let picture): parts.append(self.part(picture, detail))
      case .document(let document): parts.append(try self.part(document))
      }
    }
    return .list(parts)
  }

  private func part(_ type: String, _ content: Value) -> Value {
    .record(["type": .string(type), type: content])
  }

  private func part(_ picture: Picture, _ detail: String?) -> Value {
    var image: Record = ["url": .image(picture)]
    image["detail"] = detail.map { .string($0) }
    return part("image_url", .record(image))
  }

  /// OpenRouter: features/multimodal, where a PDF and a film may be addresses and a sound may not; OpenAI:
  /// api-reference/chat, whose servers hear MP3 and WAV only, see no films and take no address of a file.
  private func part(_ document: Document) throws(EndpointFailure) -> Value {
    switch document.kind {
    case .pdf:
      if case .address = document.content, !service.leadsToOpenRouter { throw notAtHand(document) }
      return part("file", .record(["filename": .string(document.name), "file_data": .file(document)]))
    case .text, .markdown, .csv, .json:
      return part("text", .string(document.text ?? ""))
    case .mp3, .wav: return try sound(document)
    case .m4a, .ogg, .flac:
      guard service.leadsToOpenRouter else { throw unsayable(document, "convert it to MP3 or WAV") }
      return try sound(document)
    case .mp4, .webm, .mov:
      guard service.leadsToOpenRouter else {
        throw unsayable(document, "ask a model that sees films by OpenRouter (`--provider openrouter`)")
      }
      return part("video_url", .record(["url": .file(document)]))
    }
  }

  private func sound(_ document: Document) throws(EndpointFailure) -> Value {
    guard case .bytes(let bytes) = document.content else { throw notAtHand(document) }
    let sound: Record = [
      "data": .string(bytes.base64EncodedString()), "format": .string(document.kind.rawValue),
    ]
    return part("input_audio", .record(sound))
  }

  private func notAtHand(_ document: Document) -> EndpointFailure {
    EndpointFailure(
      .invalidRequest,
      "\(service.address.site) takes no \(document.kind.mediaType) by its address, as `\(document.name)` is given",
      advice: "save the file, and give its path")
  }

  private func unsayable(_ document: Document, _ advice: String) -> EndpointFailure {
    EndpointFailure(
      .invalidRequest,
      "\(service.address.site) takes no \(document.kind.mediaType), as `\(document.name)` is",
      advice: advice)
  }
}
