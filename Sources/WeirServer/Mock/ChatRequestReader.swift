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
  /// OpenRouter's models are named `vendor/model`.
  let needsVendorInModel: Bool
  private static let roles: Set<String> = ["system", "developer", "user", "assistant", "tool"]

  func question(_ body: [UInt8]) throws(ChatRequestError) -> MockQuestion {
    let record = try object(body)
    if record["stream"] == .bool(true) { throw ChatRequestError(FalMock.noStreams, param: "stream") }
    let model = try model(record)
    guard let messages = record["messages"]?.list, !messages.isEmpty else {
      throw record["messages"] == nil
        ? ChatRequestError(
          "you must provide `messages`", param: "messages", code: "missing_required_parameter")
        : ChatRequestError(
          "`messages` must be a list that is not empty", param: "messages", code: "invalid_type")
    }
    try checkNumbers(record)
    var conversation = Conversation()
    for (index, message) in messages.enumerated() {
      try add(message, at: "messages[\(index)]", to: &conversation)
    }
    var question = MockQuestion(model: model, system: conversation.system, prompt: conversation.prompt)
    question.turns = conversation.turns
    question.pictures = conversation.pictures
    question.length = conversation.length
    if let form = try form(record) { question.add(form) }
    question.requiresParameters = record["provider"]?["require_parameters"] == .bool(true)
    return question
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

  private func model(_ record: Record) throws(ChatRequestError) -> String {
    guard let value = record["model"] else {
      throw ChatRequestError(
        "you must provide a `model` parameter", param: "model", code: "missing_required_parameter")
    }
    guard let model = value.string, !model.isEmpty else {
      throw ChatRequestError("`model` must be a string", param: "model", code: "invalid_type")
    }
    if needsVendorInModel, !model.utf8.contains(UInt8(ascii: "/")) {
      throw ChatRequestError("\(model) is not a valid model ID", param: "model")
    }
    return model
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

  // MARK: Messages

  /// The messages so far; a new one of the user takes the place of the prompt, which becomes a turn
  /// where it was answered.
  private struct Conversation {
    var systems: [String] = []
    var turns: [TapeTurn] = []
    var prompt = ""
    var promptPictures: [MockPicture] = []
    var turnPictures: [MockPicture] = []
    var length = 0

    var pictures: [MockPicture] { turnPictures + promptPictures }
    var system: String? { systems.isEmpty ? nil : systems.joined(separator: "\n\n") }
  }

  private func add(
    _ message: Value, at path: String, to conversation: inout Conversation
  ) throws(ChatRequestError) {
    guard let record = message.record else {
      throw ChatRequestError("`\(path)` must be an object", param: path, code: "invalid_type")
    }
    guard let role = record["role"]?.string, Self.roles.contains(role) else {
      let known = Self.roles.sorted().map { "`\($0)`" }.joined(separator: ", ")
      throw ChatRequestError(
        "`\(path).role` must be one of \(known)", param: "\(path).role", code: "invalid_value")
    }
    let isAnswer = role == "assistant"
    let (text, pictures) = try content(record["content"], mayBeNull: isAnswer, at: "\(path).content")
    conversation.length += text.utf8.count
    switch role {
    case "system", "developer": conversation.systems.append(text)
    case "user":
      (conversation.prompt, conversation.promptPictures) = (text, pictures)
    case "assistant":
      conversation.turns.append(TapeTurn(ask: conversation.prompt, answer: text))
      conversation.turnPictures += conversation.promptPictures
      conversation.promptPictures = []
    default: break
    }
  }

  private func content(
    _ value: Value?, mayBeNull: Bool, at path: String
  ) throws(ChatRequestError) -> (String, [MockPicture]) {
    if let text = value?.string { return (text, []) }
    if mayBeNull, value?.isNull ?? true { return ("", []) }
    guard let parts = value?.list else {
      throw ChatRequestError(
        "`\(path)` must be a string or a list of parts", param: path, code: "invalid_type")
    }
    var text = ""
    var media: [MockPicture] = []
    var (pictures, files) = (0, 0)
    for (index, part) in parts.enumerated() {
      switch part["type"]?.string {
      case "text":
        guard let piece = part["text"]?.string else {
          throw ChatRequestError(
            "`\(path)[\(index)].text` must be a string", param: path, code: "invalid_type")
        }
        text += piece
      case "image_url":
        media.append(try picture(part["image_url"], at: "\(path)[\(index)].image_url"))
        pictures += 1
        text += "[image \(pictures)]"
      case let type? where Self.files.keys.contains(type):
        media.append(try file(part, type, at: "\(path)[\(index)].\(type)"))
        files += 1
        text += "[file \(files)]"
      default:
        throw ChatRequestError(
          "`\(path)[\(index)].type` must be `text`, `image_url`, `file`, `input_audio` or `video_url`",
          param: path, code: "invalid_value")
      }
    }
    return (text, media)
  }

  /// The parts that hold a file, and where in them it is.
  private static let files = ["file": "file_data", "input_audio": "data", "video_url": "url"]

  private func file(_ part: Value, _ type: String, at path: String) throws(ChatRequestError) -> MockPicture {
    let name = Self.files[type] ?? ""
    guard let content = part[type]?[name]?.string else {
      throw ChatRequestError("`\(path).\(name)` must be a string", param: path, code: "invalid_type")
    }
    do throws(MockPictureError) {
      return type == "input_audio" ? try MockPicture(base64: content) : try MockPicture(file: content)
    } catch {
      throw ChatRequestError(error.message, param: path)
    }
  }

  /// The object form, or a bare address as some clients send it.
  private func picture(_ value: Value?, at path: String) throws(ChatRequestError) -> MockPicture {
    guard let url = value?["url"]?.string ?? value?.string else {
      throw ChatRequestError("`\(path).url` must be a string", param: path, code: "invalid_type")
    }
    do throws(MockPictureError) {
      return try MockPicture(url: url)
    } catch {
      var failure = ChatRequestError(error.message, param: path)
      failure.isPicture = true
      throw failure
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
    guard let name = value?["name"]?.string, (1...64).contains(name.utf8.count),
      name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
      )
    else {
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
