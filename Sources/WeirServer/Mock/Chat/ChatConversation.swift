import WeirEndpoint
import WeirValues

/// The messages so far; a new one of the user takes the place of the prompt, which becomes a turn where it
/// was answered.
struct ChatConversation {
  private let files: MockFiles
  private var systems: [String] = []
  private(set) var turns: [TapeTurn] = []
  private(set) var prompt = ""
  private var promptPictures: [MockPicture] = []
  private var turnPictures: [MockPicture] = []
  /// What the tools said since the prompt.
  private(set) var results: [MockTools.Result] = []
  /// How many answers since the prompt were calls.
  private(set) var rounds = 0
  /// Calls that wait for their result.
  private var openCalls: [(id: String, name: String)] = []
  /// In bytes, of everything that is text.
  private(set) var length = 0
  private static let roles: Set<String> = ["system", "developer", "user", "assistant", "tool"]

  init(files: MockFiles) { self.files = files }

  var pictures: [MockPicture] { turnPictures + promptPictures }
  var system: String? { systems.isEmpty ? nil : systems.joined(separator: "\n\n") }

  mutating func add(_ message: Value, at path: String) throws(ChatRequestError) {
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
    length += text.utf8.count
    if role != "tool" { try checkCalls() }
    switch role {
    case "system", "developer": systems.append(text)
    case "user":
      (prompt, promptPictures) = (text, pictures)
      (results, rounds) = ([], 0)
    case "assistant": try addAnswer(record, text, at: path)
    default: try addResult(record, text, at: path)
    }
  }

  /// An answer that calls is a part of the turn; the turn ends with one that does not.
  private mutating func addAnswer(_ record: Record, _ text: String, at path: String) throws(ChatRequestError)
  {
    guard let calls = record["tool_calls"], !calls.isNull else {
      turns.append(TapeTurn(ask: prompt, answer: text))
      turnPictures += promptPictures
      promptPictures = []
      return
    }
    guard let calls = calls.list, !calls.isEmpty else {
      throw ChatRequestError(
        "`\(path).tool_calls` must be a list that is not empty", param: "\(path).tool_calls",
        code: "invalid_type")
    }
    for (index, call) in calls.enumerated() {
      guard let id = call["id"]?.string, let name = call["function"]?["name"]?.string,
        let arguments = call["function"]?["arguments"]?.string
      else {
        throw ChatRequestError(
          "`\(path).tool_calls[\(index)]` must have `id`, `function.name` and `function.arguments`, all strings",
          param: "\(path).tool_calls[\(index)]", code: "invalid_type")
      }
      length += arguments.utf8.count
      openCalls.append((id, name))
    }
    rounds += 1
  }

  private mutating func addResult(_ record: Record, _ text: String, at path: String) throws(ChatRequestError)
  {
    guard let id = record["tool_call_id"]?.string else {
      throw ChatRequestError(
        "`\(path).tool_call_id` must be a string", param: "\(path).tool_call_id",
        code: "missing_required_parameter")
    }
    guard let place = openCalls.firstIndex(where: { $0.id == id }) else {
      throw ChatRequestError(
        "messages with role 'tool' must be a response to a preceding message with 'tool_calls'; no call `\(id)` waits",
        param: path)
    }
    results.append(MockTools.Result(name: openCalls.remove(at: place).name, content: text))
  }

  /// Every call has to be answered before anything else is said.
  func checkCalls() throws(ChatRequestError) {
    guard !openCalls.isEmpty else { return }
    throw ChatRequestError(
      "an assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'; "
        + "missing: \(openCalls.map(\.id).joined(separator: ", "))",
      param: "messages")
  }

  // MARK: Parts

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
      case let type? where Self.fileFields.keys.contains(type):
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
  private static let fileFields = ["file": "file_data", "input_audio": "data", "video_url": "url"]

  private func file(_ part: Value, _ type: String, at path: String) throws(ChatRequestError) -> MockPicture {
    let name = Self.fileFields[type] ?? ""
    guard let content = part[type]?[name]?.string else {
      throw ChatRequestError("`\(path).\(name)` must be a string", param: path, code: "invalid_type")
    }
    do throws(MockPictureError) {
      return type == "input_audio"
        ? try MockPicture(base64: content) : try MockPicture(file: content, in: files)
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
      return try MockPicture(url: url, in: files)
    } catch {
      var failure = ChatRequestError(error.message, param: path)
      failure.isPicture = true
      throw failure
    }
  }
}
