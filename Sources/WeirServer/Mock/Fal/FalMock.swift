import WeirValues

/// fal's prompt-string endpoints, called directly: those of `openrouter/router` and of `fal-ai/any-llm`.
///
/// fal: model-apis/errors (fields), model-apis/request-errors (everything else).
struct FalMock: MockDialect {
  let kind: Kind

  enum Kind: Sendable {
    case router, vision, audio, video, anyLLM, anyLLMVision

    fileprivate var isAnyLLM: Bool { self == .anyLLM || self == .anyLLMVision }
    /// Whether `reasoning`, `partial` and `error` are fields of the output.
    fileprivate var tellsOfReasoning: Bool { self == .router || isAnyLLM }
  }

  func keyProblem(_ fields: HTTPRequestFields) -> String? { fields.keyProblem(scheme: "Key") }

  func failure(_ status: Int, _ message: String) -> MockRefusal {
    failure(status, message, type: Self.errorType(status))
  }

  func failure(_ status: Int, _ message: String, type: String?) -> MockRefusal {
    var body: Record = ["detail": .string(message)]
    var fields: HTTPFields = [:]
    if let type {
      body["error_type"] = .string(type)
      fields.append("x-fal-error-type", type)
    }
    return MockRefusal(status, .record(body), fields: fields, message: message)
  }

  private static func errorType(_ status: Int) -> String? {
    switch status {
    case 401, 403: "auth_error"
    case 404: "not_found"
    case 400, 405: "bad_request"
    case 500: "internal_error"
    case 502, 503: "runner_server_error"
    case 504: "request_timeout"
    default: nil
    }
  }

  func failureInSuccess(_ message: String) -> HTTPServerReply {
    HTTPServerReply(json: .record(Self.failed(message)))
  }

  static func failed(_ message: String) -> Record {
    ["output": .string(""), "reasoning": .null, "partial": .bool(false), "error": .string(message)]
  }

  // MARK: Answers

  func reply(_ answer: MockAnswer, to question: MockQuestion) -> HTTPServerReply {
    HTTPServerReply(json: .record(output(answer, answer.text, isWhole: true)), fields: Self.fields(answer))
  }

  func stream(
    _ answer: MockAnswer, to question: MockQuestion, _ shape: MockStreamShape
  ) -> (fields: HTTPFields, events: any IteratorProtocol<MockEvent>) {
    (Self.fields(answer), FalEvents(answer, self, shape))
  }

  private static func fields(_ answer: MockAnswer) -> HTTPFields {
    ["x-fal-request-id": "mock-\(answer.number)"]
  }

  /// The output with the text until now. In a stream every output says whether it is whole.
  func output(
    _ answer: MockAnswer, _ text: String, isWhole: Bool, isStreamed: Bool = false, hasUsage: Bool = true
  ) -> Record {
    var body: Record = ["output": .string(text)]
    if kind.tellsOfReasoning { body["reasoning"] = answer.reasoning.map { .string($0) } ?? .null }
    if kind.tellsOfReasoning || isStreamed {
      body["partial"] = .bool(!isWhole)
      body["error"] = .null
    }
    guard isWhole, hasUsage, !kind.isAnyLLM else { return body }
    body["usage"] = .record([
      "prompt_tokens": .int(answer.promptTokens), "completion_tokens": .int(answer.completionTokens),
      "total_tokens": .int(answer.totalTokens), "cost": .number(answer.cost),
    ])
    return body
  }

  // MARK: Questions

  func question(_ body: [UInt8], files: MockFiles) throws(MockRefusal) -> MockQuestion {
    let record = try Self.object(body)
    var fields = FalFields(record, files: files)
    let prompt = fields.text("prompt", isRequired: true)
    let model =
      kind.isAnyLLM ? fields.choice("model", of: Self.anyModels) : fields.text("model", isRequired: true)
    let system = fields.text("system_prompt", isRequired: false)
    if kind.isAnyLLM { _ = fields.choice("priority", of: ["latency", "throughput"]) }
    fields.checkOptions()
    let pictures = media(&fields, record)
    if let refusal = fields.refusal { throw refusal }
    guard let prompt, let model else { throw failure(500, "a field is neither read nor refused") }
    var question = MockQuestion(model: model, system: system, prompt: prompt)
    question.pictures = pictures
    question.wantsReasoning = kind.tellsOfReasoning && record["reasoning"] == .bool(true)
    return question
  }

  private func media(_ fields: inout FalFields, _ record: Record) -> [MockPicture] {
    switch kind {
    case .router, .anyLLM: []
    case .vision, .anyLLMVision: fields.pictures("image_urls")
    case .audio: fields.file("audio_url")
    case .video: record["video_url"] == nil ? fields.files("video_urls") : fields.file("video_url")
    }
  }

  private static func object(_ body: [UInt8]) throws(MockRefusal) -> Record {
    let value: Value
    do throws(JSONError) {
      value = try Value(json: body)
    } catch {
      throw FalFields.refusal([
        FalFields.problem(
          ["body", error.offset], "json_invalid", "JSON decode error", ctx: ["error": .string(error.message)])
      ])
    }
    guard let record = value.record else {
      throw FalFields.refusal([
        FalFields.problem(["body"], "model_attributes_type", "Input should be a valid dictionary")
      ])
    }
    return record
  }

  /// Those that `fal-ai/any-llm` has, the first if none is asked for.
  static let anyModels = [
    "google/gemini-2.5-flash-lite", "deepseek/deepseek-r1", "anthropic/claude-3.7-sonnet",
    "anthropic/claude-3.5-sonnet", "anthropic/claude-3-5-haiku", "anthropic/claude-3-haiku",
    "google/gemini-pro-1.5", "google/gemini-flash-1.5", "google/gemini-flash-1.5-8b",
    "google/gemini-2.0-flash-001", "google/gemini-2.5-flash", "google/gemini-2.5-pro",
    "meta-llama/llama-3.2-1b-instruct", "meta-llama/llama-3.2-3b-instruct",
    "meta-llama/llama-3.1-8b-instruct", "meta-llama/llama-3.1-70b-instruct", "openai/gpt-oss-120b",
    "openai/gpt-4o-mini", "openai/gpt-4o", "openai/gpt-4.1", "openai/o3", "openai/gpt-5-chat",
    "openai/gpt-5-mini", "openai/gpt-5-nano", "meta-llama/llama-4-maverick", "meta-llama/llama-4-scout",
  ]
}
