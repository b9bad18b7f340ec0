import WeirValues

/// fal's prompt-string endpoints `openrouter/router` and `openrouter/router/vision`, called directly.
///
/// fal: model-apis/errors (fields), model-apis/request-errors (everything else).
struct FalMock: MockDialect {
  let isVision: Bool

  func keyProblem(_ fields: HTTPRequestFields) -> String? { fields.keyProblem(scheme: "Key") }

  func failure(_ status: Int, _ message: String) -> MockRefusal {
    var body: Record = ["detail": .string(message)]
    let type: String? =
      switch status {
      case 401, 403: "auth_error"
      case 404: "not_found"
      case 400, 405: "bad_request"
      case 500: "internal_error"
      case 502, 503: "runner_server_error"
      case 504: "request_timeout"
      default: nil
      }
    var fields: HTTPFields = [:]
    if let type {
      body["error_type"] = .string(type)
      fields.append("x-fal-error-type", type)
    }
    return MockRefusal(status, .record(body), fields: fields, message: message)
  }

  func failureInSuccess(_ message: String) -> HTTPServerReply {
    HTTPServerReply(
      json: .record([
        "output": .string(""), "reasoning": .null, "partial": .bool(false), "error": .string(message),
      ]))
  }

  func reply(_ answer: MockAnswer, to question: MockQuestion) -> HTTPServerReply {
    var body: Record = ["output": .string(answer.text)]
    if !isVision {
      body["reasoning"] = .null
      body["partial"] = .bool(false)
      body["error"] = .null
    }
    body["usage"] = .record([
      "prompt_tokens": .int(answer.promptTokens), "completion_tokens": .int(answer.completionTokens),
      "total_tokens": .int(answer.totalTokens), "cost": .number(answer.cost),
    ])
    return HTTPServerReply(json: .record(body), fields: ["x-fal-request-id": "mock-\(answer.number)"])
  }

  // MARK: Questions

  func question(_ body: [UInt8]) throws(MockRefusal) -> MockQuestion {
    var fields = FalFields(try Self.object(body))
    let prompt = fields.text("prompt", isRequired: true)
    let model = fields.text("model", isRequired: true)
    let system = fields.text("system_prompt", isRequired: false)
    fields.checkOptions()
    let pictures = isVision ? fields.pictures("image_urls") : []
    if let refusal = fields.refusal { throw refusal }
    guard let prompt, let model else { throw failure(500, "a field is neither read nor refused") }
    var question = MockQuestion(model: model, system: system, prompt: prompt)
    question.pictures = pictures
    return question
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
    if record["stream"] == .bool(true) {
      throw FalMock(isVision: false).failure(400, Self.noStreams)
    }
    return record
  }

  static let noStreams = "streaming is not spoken by this server; send the request without it"
}
