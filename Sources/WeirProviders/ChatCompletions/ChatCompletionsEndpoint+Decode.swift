package import WeirEndpoint
import WeirValues

extension ChatCompletionsEndpoint {
  /// `now` is in seconds since 1970, for a `Retry-After` with a date.
  package func decode(_ response: HTTPResponse, now: Double) throws(EndpointFailure) -> EndpointReply {
    guard response.status == 200 else { throw words.failure(Complaint(response, now: now)) }
    guard let body = try? Value(json: response.body), body.record != nil else {
      throw words.bad("with what is not a JSON object", response)
    }
    try words.throwIfError(body, provider: nil)
    guard let choice = body["choices"]?.list?.first, choice.record != nil else {
      throw words.bad("without a choice", response)
    }
    try words.throwIfError(choice, provider: body["provider"]?.string)
    var answer = ChatAnswer()
    answer.takeEnvelope(body)
    answer.take(choice) { _ in }
    guard let reply = answer.reply else { throw words.bad("without content", response, advice: nil) }
    return reply
  }

  package func streamedAnswer(to request: EndpointRequest) -> (any StreamedAnswer)? {
    ChatStream(words)
  }

  /// What messages about this server need to know.
  var words: ChatWords {
    ChatWords(service: service.words, secrets: [key].compactMap { $0 } + headers.compactMap(\.secret))
  }
}

/// How an answer of chat completions is told to have failed.
struct ChatWords: Sendable {
  let service: ServiceWords
  let secrets: [Secret]

  func failure(_ complaint: Complaint) -> EndpointFailure {
    EndpointFailure(complaint, from: service, hiding: secrets)
  }

  func bad(
    _ reason: String, _ response: HTTPResponse,
    advice: String? = EndpointFailure.wrongKind
  ) -> EndpointFailure {
    .badReply(reason, response, from: service, hiding: secrets, advice: advice)
  }

  /// An answer, a piece of one or a choice may hold an error, whatever the status was.
  func throwIfError(_ body: Value, provider: String?) throws(EndpointFailure) {
    let provider = body["provider"]?.string ?? provider
    if let error = body["error"], !error.isNull {
      throw failure(Complaint(error: error, status: 200, provider: provider))
    }
    if body["finish_reason"]?.string == "error" {
      throw failure(Complaint(status: 200, message: "the model stopped with an error", provider: provider))
    }
  }
}
