package import WeirValues

/// One question to a model, in no vendor's words.
package struct EndpointRequest: Sendable {
  /// The step that asks, for messages and tapes; nothing of it is sent.
  package var step: String
  /// The pass of the loops around the step, the outermost first; for messages, and made-up answers that
  /// differ from pass to pass. Nothing of it is sent.
  package var pass: [Int] = []
  /// As the endpoint knows it, without the provider's prefix.
  package var model: String
  package var system: String?
  /// What was said before the prompt, in order.
  package var turns: [Turn] = []
  package var prompt: [PromptPart]
  /// What the model may call.
  package var tools: [ToolOffer] = []
  /// What it has called since the prompt, and was told.
  package var rounds: [ToolRound] = []
  /// Whether it may call them now. The tools go with the request all the same, for some services want to
  /// know them where calls stand in the conversation.
  package var toolChoice = ToolChoice.auto
  /// What the answer must be; nil when it is plain text.
  package var answer: AnswerSchema?
  /// How the endpoint is told of it. One that has only a weaker form uses that.
  package var form = AnswerForm.schema
  /// Whether the answer is a picture, which a model that paints gives beside its text.
  package var wantsPicture = false
  package var temperature: Number?
  package var topP: Number?
  package var maxTokens: Int?
  package var seed: Int?
  package var stop: [String] = []
  package var reasoning: Reasoning?
  /// Merged into the body as they are; they win over what Weir would send.
  package var options: Record = [:]
  /// The provider preferences of OpenRouter; no other endpoint knows them.
  package var routing: Record = [:]
  /// Models to turn to where `model` cannot answer, in order. Only for an endpoint that takes several
  /// models in one request (`Endpoint.takesFallbacks`).
  package var fallbacks: [String] = []
  /// How closely pictures are looked at: `auto`, `low` or `high`.
  package var detail: String?
  /// How the answer is to come; nil for what suits the endpoint, the watching and the time that there is.
  package var delivery: Delivery?
  /// Whether somebody reads the answer while it comes.
  package var isWatched = false
  /// Where a queue is to send the answer as well.
  package var webhook: String?
  /// Files of more bytes than this are uploaded and sent by their address, where the endpoint can.
  package var uploadOver: Int?
  /// Hears what happens until the answer is whole; from any thread, in order.
  package var observe: (@Sendable (AnswerEvent) -> Void)?
  /// For one attempt as a whole.
  package var timeout: Duration = .seconds(120)
  /// How often a failed attempt may be repeated.
  package var retries = 3

  package init(step: String, model: String, prompt: [PromptPart]) {
    self.step = step
    self.model = model
    self.prompt = prompt
  }

  /// A question that was asked, or is told to have been, and its answer.
  package struct Turn: Sendable, Hashable {
    package let ask: [PromptPart]
    package let answer: String
    /// The tools that were called before the answer.
    package var rounds: [ToolRound] = []
    /// The reasoning before the answer in the endpoint's own form, which it is sent back as it came.
    package var reasoningDetails: Value?

    package init(ask: [PromptPart], answer: String) {
      self.ask = ask
      self.answer = answer
    }
  }

  /// The ways in which an answer comes.
  package enum Delivery: String, Sendable, CaseIterable {
    /// Whole, on the connection on which it was asked for.
    case sync
    /// Through the endpoint's queue: asked for, waited for and fetched by requests of their own.
    case queue
    /// Piece by piece, while it is made.
    case stream
  }

  package enum Reasoning: Sendable, Hashable {
    case enabled(Bool)
    /// `low`, `medium` or `high`.
    case effort(String)
    /// At most this many tokens.
    case tokens(Int)
  }
}

/// A piece of a prompt, in the order in which the author put them.
package enum PromptPart: Sendable, Hashable {
  case text(String)
  case picture(Picture)
  /// What is no text: that goes in as text.
  case document(Document)
}

extension [PromptPart] {
  /// The pictures, in order.
  package var pictures: [Picture] {
    compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
  }

  /// The other files, in order.
  package var documents: [Document] {
    compactMap { if case .document(let document) = $0 { document } else { nil } }
  }

  /// What stands between the texts, in order, by the names that tapes know it by.
  var tapeNames: [String] {
    compactMap { part in
      switch part {
      case .text: nil
      case .picture(let picture): picture.tapeName
      case .document(let document): document.tapeName
      }
    }
  }

  /// The prompt as one text, `[image 1]` where the first picture stands, and `[file 1]` where the first
  /// other file does. What endpoints without content parts are sent, and what tapes are compared by.
  package var text: String {
    var text = ""
    var pictures = 0
    var documents = 0
    for part in self {
      switch part {
      case .text(let piece): text += piece
      case .picture:
        pictures += 1
        text += "[image \(pictures)]"
      case .document:
        documents += 1
        text += "[file \(documents)]"
      }
    }
    return text
  }
}

/// What an answer must be, as JSON Schema (the common denominator of the vendors' strict modes).
package struct AnswerSchema: Sendable, Hashable {
  /// Letters, digits, `_` and `-`, at most 64.
  package let name: String
  /// An object schema. What is not a record travels as `{"value": …}`.
  package let schema: Value
  /// False where the type holds something that strict modes refuse (`json`, dictionaries).
  package let isStrict: Bool

  package init(name: String, schema: Value, isStrict: Bool) {
    self.name = name
    self.schema = schema
    self.isStrict = isStrict
  }
}
