import WeirEndpoint
import WeirValues

// fal: model-apis, openrouter/router, fal-ai/any-llm. The fields are those of the published schemas: `prompt`,
// `system_prompt`, `model`, `reasoning`, `temperature`, `max_tokens`, and one field for what stands beside the
// text: `image_urls`, `audio_url` or `video_urls`.

/// What is asked of fal: the endpoint, the fields, and the files that are still to be put in.
///
/// Making one has no effect, and throws where fal has no word for what is asked.
struct FalQuestion: Sendable {
  /// `openrouter/router/vision`.
  let endpoint: String
  let medium: FalFamily.Medium
  let attachments: [FalAttachment]
  /// What the author puts into the header of the request.
  let headers: [HTTPHeader]
  /// What a submit to the queue takes in its address.
  let query: [(name: String, value: String)]
  private let fields: Record
  private let options: Record

  init(_ request: EndpointRequest, to family: FalFamily) throws(EndpointFailure) {
    let conversation = request.conversation.map(\.withTextInPlace)
    medium = try family.medium(of: conversation)
    try request.refuseUnsayable(to: family)
    guard let endpoint = family.endpoint(for: medium) else {
      preconditionFailure("the medium is the family's")
    }
    self.endpoint = endpoint
    (headers, options) = try Self.options(of: request, family)
    if family == .anyLLM, options["model"] == nil {
      // Without a prompt it is asked before the run, when pictures may still come.
      try FalAnyLLM.check(request.model, for: request.prompt.isEmpty ? nil : medium)
    }
    query = try request.queueQuery()
    fields = Self.fields(of: request, conversation.text)
    switch medium {
    case .text: attachments = []
    case .pictures: attachments = FalAttachment.pictures(of: conversation)
    case .sound, .films: attachments = conversation.documents.map { FalAttachment($0) }
    }
    for case .file(let file) in attachments { try file.checkSize() }
  }

  /// The fields with the attachments, each an address or a file of which the bytes go along.
  func body(with attachments: [Value]) -> Value {
    var body = fields
    switch medium {
    case .text: break
    case .pictures: body["image_urls"] = .list(attachments)
    case .sound: body["audio_url"] = attachments.first
    case .films: body["video_urls"] = .list(attachments)
    }
    for field in options.fields { body[field.name] = field.value }
    return .record(body)
  }

  /// The endpoint knows no messages: the turns go into the prompt.
  private static func fields(of request: EndpointRequest, _ prompt: String) -> Record {
    var body: Record = ["prompt": .string(prompt)]
    body["system_prompt"] = request.instructedSystem.map { .string($0) }
    body["model"] = .string(request.model)
    body["reasoning"] = request.reasoning.map { .bool($0.isOn) }
    body["temperature"] = request.temperature.map { .number($0) }
    body["max_tokens"] = request.maxTokens.map { .int($0) }
    return body
  }

  private static func options(
    of request: EndpointRequest, _ family: FalFamily
  ) throws(EndpointFailure) -> ([HTTPHeader], Record) {
    var (headers, options) = try request.splitOptions()
    options["fal_max_queue_length"] = nil
    try headers.checkForFal()
    guard family == .anyLLM, let priority = options["priority"] else { return (headers, options) }
    guard ["throughput", "latency"].contains(priority.string) else {
      throw EndpointFailure(
        .invalidRequest, "`priority` of `fal-ai/any-llm` is \(priority.json())",
        advice: "say \"throughput\" or \"latency\""
      ).refusing("options")
    }
    return (headers, options)
  }
}

extension EndpointRequest.Reasoning {
  /// An effort or a number of tokens cannot be said here, but that there shall be reasoning can.
  fileprivate var isOn: Bool {
    switch self {
    case .enabled(let isOn): isOn
    case .effort, .tokens: true
    }
  }
}

extension PromptPart {
  /// A document that is a text, as that text.
  fileprivate var withTextInPlace: PromptPart {
    if case .document(let document) = self, let text = document.text { .text(text) } else { self }
  }
}
