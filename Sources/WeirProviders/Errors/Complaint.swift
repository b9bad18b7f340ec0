import WeirEndpoint
import WeirValues

/// What a service says is wrong, as facts and before it is judged.
struct Complaint: Hashable {
  /// The status of the answer; an error inside a 200 has its own, or 200 when it says none.
  var status: Int
  /// In the service's words; empty when it has none.
  var message = ""
  /// The words that name the error: `error_type`, `type`, `code`.
  var words: [String] = []
  /// The fields of the request that it names, where it names them.
  var fields: [String] = []
  /// Who failed behind the service.
  var provider: String?
  /// It names the fields of the request that are wrong, whatever the status.
  var isAboutFields = false
  /// Whether the service says that asking again may help.
  var mayRetry: Bool?
  var retryAfter: Duration?
  /// The limit is the service's own, and not that of a provider behind it.
  var isOwnLimit = false

  /// Whether too many requests are too many for one model only: for a provider behind the service, or for models
  /// that cost nothing (OpenRouter: api_reference/limits).
  var isAboutModel: Bool { provider != nil && !isOwnLimit || message.contains("free-models-per-") }
  /// Why no provider serves the model, where the service says so.
  var availability: Availability?

  /// OpenRouter: errors.
  struct Availability: Hashable {
    var code: String?
    /// The preference that left no provider over.
    var constraint: String?
    var fallbackModels: [String] = []
  }
}

extension Complaint {
  /// Reads what all services here say in one of these ways, every field optional:
  ///
  ///     {"error": {"message": …, "type": …, "code": 429, "metadata": {…}}}   OpenAI, OpenRouter, llama.cpp, vLLM
  ///     {"error": "text"}                                                    Ollama
  ///     {"detail": "text", "error_type": …}                                  fal: request errors
  ///     {"detail": [{"loc": […], "msg": …, "type": …}]}                      fal: model errors, FastAPI
  ///     {"message": …, "code": 400}                                          older vLLM
  ///     a web page, plain text, nothing                                      whatever stands in front
  init(_ response: HTTPResponse, now: RetryAfter.Seconds) {
    self.init(status: response.status)
    retryAfter = RetryAfter.read(response, now: now)
    isOwnLimit = response.header("x-ratelimit-limit") != nil
    switch response.header("x-should-retry") {
    case "true": mayRetry = true
    case "false": mayRetry = false
    default: break
    }
    if let value = try? Value(json: response.body) {
      read(value)
    } else {
      message =
        WebPage.title(of: response.body) ?? String(decoding: response.body.prefix(1 << 16), as: UTF8.self)
    }
  }

  /// An error that stands inside an answer.
  init(error: Value, status: Int, provider: String?) {
    self.init(status: status, provider: provider)
    readError(error)
  }

  private mutating func read(_ body: Value) {
    if let error = body["error"], !error.isNull {
      readError(error)
    } else if let detail = body["detail"], !detail.isNull {
      readDetail(detail)
    } else {
      message = body["message"]?.string ?? body.string ?? ""
      readWords(body)
    }
    addWord(body["error_type"]?.string)
  }

  private mutating func readError(_ error: Value) {
    message = error.string ?? error["message"]?.string ?? ""
    readWords(error)
    if let code = error["code"]?.number?.int ?? error["http_status"]?.number?.int, status == 200,
      (400..<600).contains(code)
    {
      status = code
    }
    readMetadata(error["metadata"] ?? .null)
    readAvailability(error["availability"] ?? .null)
  }

  private mutating func readWords(_ error: Value) {
    if let field = error["param"]?.string { fields.append(field) }
    for name in ["error_type", "type", "code"] { addWord(error[name]?.string) }
  }

  mutating func addWord(_ word: String?) {
    if let word, !words.contains(word) { words.append(word) }
  }

  private mutating func readDetail(_ detail: Value) {
    guard let entries = detail.list else {
      message = detail.string ?? detail["message"]?.string ?? detail.json()
      readWords(detail)
      return
    }
    isAboutFields = true
    message = entries.prefix(3).map(Self.describe).joined(separator: "; ")
    if entries.count > 3 { message += "; and \(entries.count - 3) more" }
    for entry in entries {
      addWord(entry["type"]?.string)
      fields.append(Self.place(of: entry))
    }
  }

  /// `prompt: Field required (missing)`. Never the `input`, which is what the user sent.
  private static func describe(_ entry: Value) -> String {
    let place = place(of: entry)
    let text = entry["msg"]?.string ?? entry.string ?? ""
    let type = entry["type"]?.string.map { " (\($0))" } ?? ""
    return (place.isEmpty ? "" : "\(place): ") + text + type
  }

  private static func place(of entry: Value) -> String {
    (entry["loc"]?.list ?? []).compactMap { $0.string ?? $0.number.map { "\($0)" } }
      .filter { $0 != "body" }.joined(separator: ".")
  }
}
