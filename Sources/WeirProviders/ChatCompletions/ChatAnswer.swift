import WeirEndpoint
import WeirValues

// OpenRouter: api_reference/overview, api_reference/streaming; OpenAI: api-reference/chat/object,
// api-reference/chat-streaming. Fields that are missing, null or new are no reason to fail, as long as
// there is an answer.

/// What has come of a chat completion, whole or in pieces: a message and the pieces of one have the same
/// fields, and what is added up piece by piece is what stands in the whole.
struct ChatAnswer: Sendable {
  private(set) var finish: String?
  private var id: String?
  private var model: String?
  private(set) var provider: String?
  /// nil where no content has come, not even an empty one.
  private var text: String?
  private var refusal = ""
  private var reasoning = ReasoningPieces()
  private var calls = CallPieces()
  private var pictures: [Picture] = []
  private var usage: Value?

  /// In bytes of text, for messages.
  var length: Int { (text?.utf8.count ?? 0) + refusal.utf8.count }

  /// Whether anything has come that was paid for.
  var hasBegun: Bool { length > 0 || !reasoning.isEmpty || !calls.isEmpty || !pictures.isEmpty }

  /// Takes what stands around the choices.
  mutating func takeEnvelope(_ body: Value) {
    id = body["id"]?.string ?? id
    model = body["model"]?.string ?? model
    provider = body["provider"]?.string ?? provider
    // Some send it with every piece, counting on, and Groq in a field of its own.
    let counted = [body["usage"], body["x_groq"]?["usage"]].compactMap { $0 }.first { $0.record != nil }
    usage = counted ?? usage
  }

  /// Takes a choice: its message, or a piece of one.
  mutating func take(_ choice: Value, tell: (AnswerEvent) -> Void) {
    finish = choice["finish_reason"]?.string ?? finish
    let piece = choice["delta"].flatMap { $0.record == nil ? nil : $0 }
    guard let message = piece ?? choice["message"], message.record != nil else { return }
    if let thought = reasoning.take(message, isWhole: piece == nil) { tell(.reasoning(thought)) }
    takeContent(message["content"], tell)
    if let words = message["refusal"]?.string, !words.isEmpty {
      refusal += words
      tell(.text(words))
    }
    calls.take(message["tool_calls"]?.list ?? [])
    for picture in message["images"]?.list ?? [] { takePicture(picture) }
  }

  /// A text, or parts of several kinds.
  private mutating func takeContent(_ content: Value?, _ tell: (AnswerEvent) -> Void) {
    if let words = content?.string { return takeText(words, tell) }
    for part in content?.list ?? [] {
      if let words = part.string ?? part["text"]?.string {
        takeText(words, tell)
      } else if let thought = reasoning.take(part: part) {
        tell(.reasoning(thought))
      } else {
        takePicture(part)
      }
    }
  }

  private mutating func takeText(_ words: String, _ tell: (AnswerEvent) -> Void) {
    if text == nil { text = words } else { text?.append(words) }
    if !words.isEmpty { tell(.text(words)) }
  }

  /// `{"type": "image_url", "image_url": {"url": …}}`; a picture that came in a piece may come again.
  private mutating func takePicture(_ part: Value) {
    let image = part["image_url"] ?? .null
    guard let address = image["url"]?.string ?? image.string, let picture = Picture(address: address),
      !pictures.contains(picture)
    else { return }
    pictures.append(picture)
  }

  // MARK: - The reply

  /// nil where no answer is in it: neither text nor anything in its place.
  var reply: EndpointReply? {
    // A refusal was paid for as well: the usage must not be lost. So was what a filter took, and what
    // all went into the reasoning.
    let isRefusal = !refusal.isEmpty && (text ?? "").isEmpty
    let isWithoutText = ["length", "content_filter"].contains(finish)
    guard text != nil || isRefusal || isWithoutText || !calls.isEmpty || !pictures.isEmpty else { return nil }
    var reply = EndpointReply(
      text: isRefusal ? refusal : text ?? "", usage: Usage(lenient: usage),
      finish: isRefusal ? .refusal : finishReason)
    (reply.id, reply.model, reply.provider) = (id, model, provider)
    reply.reasoning = reasoning.text
    reply.calls = calls.calls
    reply.reasoningDetails = reasoning.details(forCalls: !calls.isEmpty)
    reply.pictures = pictures
    return reply
  }

  private var finishReason: EndpointReply.FinishReason {
    switch finish {
    case "length": .length
    case "content_filter": .contentFilter
    case "tool_calls", "function_call": .toolCalls
    // Not every server says so.
    case "stop" where !calls.isEmpty, nil where !calls.isEmpty: .toolCalls
    case "stop": .stop
    case nil: .unknown
    case .some(let word): .other(word)
    }
  }
}
