import WeirEndpoint
import WeirValues

/// What is wrong with a body for `chat/completions`.
struct ChatRequestError: Error {
  let message: String
  /// The field, as a path: `messages[0].content`.
  var param: String?
  var code: String?
  var isPicture = false

  init(_ message: String, param: String? = nil, code: String? = nil) {
    self.message = message
    self.param = param
    self.code = code
  }
}

/// Reads the body of `chat/completions`: what every vendor of that protocol agrees on.
struct ChatRequestReader {
  let vendor: ChatMock.Vendor
  let files: MockFiles

  func question(_ body: [UInt8]) throws(ChatRequestError) -> MockQuestion {
    let record = try object(body)
    let models = try models(record)
    guard let messages = record["messages"]?.list, !messages.isEmpty else {
      throw record["messages"] == nil
        ? ChatRequestError(
          "you must provide `messages`", param: "messages", code: "missing_required_parameter")
        : ChatRequestError(
          "`messages` must be a list that is not empty", param: "messages", code: "invalid_type")
    }
    try checkNumbers(record)
    var conversation = ChatConversation(files: files)
    for (index, message) in messages.enumerated() { try conversation.add(message, at: "messages[\(index)]") }
    try conversation.checkCalls()
    var question = MockQuestion(model: models[0], system: conversation.system, prompt: conversation.prompt)
    question.fallbacks = Array(models.dropFirst())
    question.turns = conversation.turns
    question.pictures = conversation.pictures
    question.length = conversation.length
    if let form = try form(record) { question.add(form) }
    question.tools = try tools(record)
    question.tools.results = conversation.results
    question.tools.rounds = conversation.rounds
    readWishes(record, into: &question)
    return question
  }

  /// Settings that change what is answered, and cannot be wrong.
  private func readWishes(_ record: Record, into question: inout MockQuestion) {
    question.requiresParameters = record["provider"]?["require_parameters"] == .bool(true)
    question.greatestLength = (record["max_completion_tokens"] ?? record["max_tokens"])?.number?.int
    question.isStreamed = record["stream"] == .bool(true)
    question.wantsUsage = record["stream_options"]?["include_usage"] == .bool(true)
    question.wantsPicture = record["modalities"]?.list?.contains(.string("image")) ?? false
    question.wantsReasoning = wantsReasoning(record)
  }

  private func wantsReasoning(_ record: Record) -> Bool {
    if let effort = record["reasoning_effort"]?.string { return effort != "none" }
    if let wish = record["include_reasoning"]?.bool { return wish }
    guard let reasoning = record["reasoning"]?.record else { return false }
    return reasoning["exclude"] != .bool(true) && reasoning["enabled"] != .bool(false)
      && reasoning["effort"] != .string("none")
  }

  private func object(_ body: [UInt8]) throws(ChatRequestError) -> Record {
    do throws(JSONError) {
      if let record = try Value(json: body).record { return record }
    } catch {
      throw ChatRequestError(
        "we could not parse the JSON body of your request: \(error.message), at byte \(error.offset + 1)")
    }
    throw ChatRequestError("the body of a request must be a JSON object")
  }

  /// The model, and those that may answer instead.
  private func models(_ record: Record) throws(ChatRequestError) -> [String] {
    var models: [String] = []
    if let value = record["model"], vendor == .openAI || !value.isNull {
      guard let model = value.string, !model.isEmpty else {
        throw ChatRequestError("`model` must be a string", param: "model", code: "invalid_type")
      }
      models.append(model)
    }
    if vendor != .openAI, let value = record["models"], !value.isNull {
      guard let names = value.list?.map(\.string), !names.contains(nil) else {
        throw ChatRequestError("`models` must be a list of strings", param: "models", code: "invalid_type")
      }
      for case let name? in names where !models.contains(name) { models.append(name) }
    }
    if models.isEmpty {
      throw ChatRequestError(
        "you must provide a `model` parameter", param: "model", code: "missing_required_parameter")
    }
    // The models of OpenRouter are named `vendor/model`.
    for model in models where vendor != .openAI && !model.utf8.contains(UInt8(ascii: "/")) {
      throw ChatRequestError("\(model) is not a valid model ID", param: "model")
    }
    return models
  }

  private func checkNumbers(_ record: Record) throws(ChatRequestError) {
    let ranges: KeyValuePairs<String, ClosedRange<Double>> = [
      "temperature": 0...2, "top_p": 0...1, "frequency_penalty": -2...2, "presence_penalty": -2...2,
      "max_tokens": 1...1e9, "max_completion_tokens": 1...1e9,
    ]
    for (name, range) in ranges {
      guard let value = record[name], !value.isNull else { continue }
      guard let number = value.number else {
        throw ChatRequestError("`\(name)` must be a number", param: name, code: "invalid_type")
      }
      guard range.contains(number.double) else {
        let bounds = "\(Number(range.lowerBound)) to \(Number(range.upperBound))"
        throw ChatRequestError("`\(name)` must be from \(bounds)", param: name, code: "invalid_value")
      }
    }
  }

  // MARK: response_format

  private func form(_ record: Record) throws(ChatRequestError) -> MockQuestion.Form? {
    guard let format = record["response_format"], !format.isNull else { return nil }
    switch format["type"]?.string {
    case "text": return nil
    case "json_object": return .json(nil)
    case "json_schema": return .schema(try schema(format["json_schema"]))
    default:
      throw ChatRequestError(
        "`response_format.type` must be `text`, `json_object` or `json_schema`",
        param: "response_format.type",
        code: "invalid_value")
    }
  }

  private func schema(_ value: Value?) throws(ChatRequestError) -> AnswerSchema {
    let path = "response_format.json_schema"
    guard let name = value?["name"]?.string, name.isFunctionName else {
      throw ChatRequestError(
        "`\(path).name` must be 1 to 64 letters, digits, `_` or `-`", param: "\(path).name",
        code: "invalid_value")
    }
    guard let schema = value?["schema"], schema.record != nil else {
      throw ChatRequestError(
        "`\(path).schema` must be an object", param: "\(path).schema", code: "invalid_type")
    }
    return AnswerSchema(name: name, schema: schema, isStrict: value?["strict"] == .bool(true))
      .readingBoundsInWords
  }
}
