import WeirEndpoint
import WeirValues

// OpenRouter: api_reference/streaming; OpenAI: api-reference/chat-streaming.

/// A chat completion that comes in pieces, until `[DONE]`.
///
/// The pieces say why the answer ends before the stream does: with that, or with `[DONE]`, it is whole, and
/// without both it was cut off. What an answer cost may come with any piece, most often in one of its own
/// behind the last.
struct ChatStream: StreamedAnswer {
  private let words: ChatWords
  private var answer = ChatAnswer()
  private(set) var isDone = false

  init(_ words: ChatWords) { self.words = words }

  var isWhole: Bool { isDone || answer.finish != nil }

  mutating func take(_ event: ServerSentEvent, tell: (AnswerEvent) -> Void) throws(EndpointFailure) {
    guard !event.isDone else { return isDone = true }
    guard let piece = event.json, piece.record != nil else { return try takeOddity(event) }
    answer.takeEnvelope(piece)
    try words.throwIfError(piece, provider: answer.provider)
    if event.name == "error" {
      throw words.failure(Complaint(error: piece, status: 200, provider: answer.provider))
    }
    // Of several answers that `options` asked for the first is the one.
    let first = piece["choices"]?.list?.first { ($0["index"]?.number?.int ?? 0) == 0 }
    guard let choice = first, choice.record != nil else { return }
    try words.throwIfError(choice, provider: answer.provider)
    answer.take(choice, tell: tell)
  }

  /// What is no JSON object: nothing, or words of a proxy.
  private func takeOddity(_ event: ServerSentEvent) throws(EndpointFailure) {
    let said = event.text
    guard said.utf8.contains(where: { $0 > 0x20 }) else { return }
    if event.name == "error" {
      throw words.failure(Complaint(error: .string(said), status: 200, provider: answer.provider))
    }
    let shown = Excerpt.of(said, hiding: words.secrets)
    throw EndpointFailure(
      .badReply, "\(words.service.site) sent an event that is not a JSON object: \(shown)")
  }

  func finished() throws(EndpointFailure) -> EndpointReply {
    guard isWhole else { throw cutOff }
    guard let reply = answer.reply else {
      throw EndpointFailure(.badReply, "\(words.service.site) ended its stream without content")
    }
    return reply
  }

  private var cutOff: EndpointFailure {
    let site = words.service.site
    guard answer.hasBegun else {
      return EndpointFailure(.unreachable, "\(site) ended its stream before an answer had come")
    }
    let length = answer.length == 1 ? "1 byte" : "\(answer.length) bytes"
    return EndpointFailure(
      .brokenOff, "\(site) ended its stream in the middle of the answer, after \(length) of text")
  }
}
