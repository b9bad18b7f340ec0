package import WeirEndpoint
import WeirValues

// OpenRouter: api_reference/overview, errors; OpenAI: api-reference/chat/object. Fields that are
// missing, null or new are no reason to fail, as long as there is an answer.

extension ChatCompletionsEndpoint {
  /// `now` is in seconds since 1970, for a `Retry-After` with a date.
  package func decode(_ response: HTTPResponse, now: Double) throws(EndpointFailure) -> EndpointReply {
    guard response.status == 200 else { throw failure(Complaint(response, now: now)) }
    guard let body = try? Value(json: response.body), body.record != nil else {
      throw bad("with what is not a JSON object", response)
    }
    let provider = body["provider"]?.string
    try throwIfError(body["error"], provider)
    guard let choice = body["choices"]?.list?.first, choice.record != nil else {
      throw bad("without a choice", response)
    }
    try throwIfError(choice["error"], provider)
    if choice["finish_reason"]?.string == "error" {
      throw failure(Complaint(status: 200, message: "the model stopped with an error", provider: provider))
    }
    var reply = try reply(choice, response)
    reply.model = body["model"]?.string
    reply.provider = provider
    reply.usage = Usage(lenient: body["usage"])
    return reply
  }

  private func reply(_ choice: Value, _ response: HTTPResponse) throws(EndpointFailure) -> EndpointReply {
    let message = choice["message"] ?? .null
    let finish = Self.finish(choice["finish_reason"]?.string)
    let text = Self.text(message["content"])
    // That was paid for as well: the usage must not be lost.
    if let refusal = message["refusal"]?.string, !refusal.isEmpty, (text ?? "").isEmpty {
      return EndpointReply(text: refusal, finish: .refusal)
    }
    // All of it went into the reasoning, or a filter took it; that was paid for and is told.
    guard text != nil || finish == .length || finish == .contentFilter else {
      throw .badReply("without content", response, from: service.words, hiding: secrets, advice: nil)
    }
    var reply = EndpointReply(text: text ?? "", finish: finish)
    reply.reasoning = Self.reasoning(message)
    return reply
  }

  private func throwIfError(_ error: Value?, _ provider: String?) throws(EndpointFailure) {
    guard let error, !error.isNull else { return }
    throw failure(Complaint(error: error, status: 200, provider: provider))
  }

  /// A text, or the texts of its parts; nil where there is none.
  private static func text(_ content: Value?) -> String? {
    if let text = content?.string { return text }
    let parts = content?.list?.compactMap { $0.string ?? $0["text"]?.string } ?? []
    return parts.isEmpty ? nil : parts.joined()
  }

  private static func reasoning(_ message: Value) -> String? {
    if let text = message["reasoning"]?.string ?? message["reasoning_content"]?.string { return text }
    let details = message["reasoning_details"]?.list?.compactMap {
      $0["text"]?.string ?? $0["summary"]?.string
    }
    return details.flatMap { $0.isEmpty ? nil : $0.joined() }
  }

  private static func finish(_ word: String?) -> EndpointReply.FinishReason {
    switch word {
    case nil: .unknown
    case "stop": .stop
    case "length": .length
    case "content_filter": .contentFilter
    case .some(let word): .other(word)
    }
  }

  private func failure(_ complaint: Complaint) -> EndpointFailure {
    EndpointFailure(complaint, from: service.words, hiding: secrets)
  }

  private func bad(_ reason: String, _ response: HTTPResponse) -> EndpointFailure {
    .badReply(reason, response, from: service.words, hiding: secrets)
  }

  private var secrets: [Secret] { [key].compactMap { $0 } + headers.compactMap(\.secret) }
}
