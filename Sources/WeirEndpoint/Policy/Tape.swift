package import WeirValues

/// Answers that are played instead of asking a model, and what they are answers to.
///
/// Knows how an entry is put as JSON, but not where a tape lies.
package struct Tape: Sendable {
  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  /// One answer. What an entry does not say (nil) fits every request.
  package struct Entry: Sendable, Hashable {
    package var step: String?
    /// The prompt as one text, `[image 1]` where a picture stands.
    package var prompt: String?
    /// Pictures and other files by their `tapeName`, in order.
    package var pictures: [String]?
    /// What was said before the prompt.
    package var turns: [TapeTurn]?
    /// As the model said it.
    package var answer: String
    /// What the model called instead of answering, or beside it.
    package var calls: [TapeCall] = []
    /// The model that answered. It says who it was, and keeps no other model's request away.
    package var model: String?
    package var usage: Usage?

    package init(step: String? = nil, prompt: String? = nil, pictures: [String]? = nil, answer: String) {
      self.step = step
      self.prompt = prompt
      self.pictures = pictures
      self.answer = answer
    }

    /// The entry that plays `reply` again when `request` comes again.
    package init(recording reply: EndpointReply, to request: EndpointRequest) {
      let question = TapeQuestion(request)
      self.init(
        step: question.step, prompt: question.prompt, pictures: question.pictures, answer: reply.text)
      calls = reply.calls.map { TapeCall($0.name, $0.arguments) }
      turns = question.turns.isEmpty ? nil : question.turns
      model = reply.model
      usage = reply.usage == Usage() ? nil : reply.usage
    }
  }
}

/// A turn before the prompt, as tapes compare it: `[image 1]` where a picture stands.
package struct TapeTurn: Sendable, Hashable {
  package let ask: String
  package let answer: String

  package init(ask: String, answer: String) {
    self.ask = ask
    self.answer = answer
  }
}

/// A call of a tool, as the model made it.
package struct TapeCall: Sendable, Hashable {
  package let name: String
  /// JSON, or what the model took for it.
  package let arguments: String

  package init(_ name: String, _ arguments: String) {
    self.name = name
    self.arguments = arguments
  }
}

/// A request as tapes compare it.
package struct TapeQuestion: Sendable, Hashable {
  /// Nil where it is not known which step asks; then it does not matter.
  package let step: String?
  package let prompt: String
  /// Those of the turns first.
  package let pictures: [String]
  package let turns: [TapeTurn]
  /// How many answers to it were calls of tools, which were answered. The same question plays one entry after
  /// another with every round.
  package var rounds = 0

  package init(step: String?, prompt: String, pictures: [String], turns: [TapeTurn] = []) {
    self.step = step
    self.prompt = prompt
    self.pictures = pictures
    self.turns = turns
  }

  package init(_ request: EndpointRequest) {
    self.init(
      step: request.step, prompt: request.prompt.text,
      pictures: (request.turns.flatMap(\.ask) + request.prompt).tapeNames,
      turns: request.turns.map { TapeTurn(ask: $0.ask.text, answer: $0.answer) })
    rounds = request.rounds.count
  }

  func fits(_ entry: Tape.Entry) -> Bool {
    (entry.step == nil || step == nil || entry.step == step)
      && (entry.pictures == nil || entry.pictures == pictures) && saysTheSame(as: entry)
  }

  /// Where the question came as one text (`EndpointRequest.conversation`), so does the entry.
  private func saysTheSame(as entry: Tape.Entry) -> Bool {
    guard let wanted = entry.prompt else { return entry.turns == nil || entry.turns == turns }
    if wanted == prompt { return entry.turns == nil || entry.turns == turns }
    return turns.isEmpty && entry.conversation == prompt
  }
}

extension Picture {
  /// What a picture is known by: its address, or the SHA-256 of its bytes as `sha256:…`.
  package var tapeName: String {
    switch self {
    case .address(let address): address
    case .bytes(let data, _): "sha256:\(SHA256.hex(of: data))"
    }
  }
}

extension Document {
  /// What a file is known by: its address, or the SHA-256 of its bytes as `sha256:…`.
  package var tapeName: String {
    switch content {
    case .address(let address): address
    case .bytes(let data): "sha256:\(SHA256.hex(of: data))"
    }
  }
}

extension Tape.Entry {
  /// How much the entry asks of a request. The prompt says most, the step least.
  var specificity: Int {
    (prompt == nil ? 0 : 8) + (turns == nil ? 0 : 4) + (pictures == nil ? 0 : 2) + (step == nil ? 0 : 1)
  }

  /// The turns and the prompt as endpoints without messages are sent them; nil without turns or prompt.
  var conversation: String? {
    guard let prompt, let turns, !turns.isEmpty else { return nil }
    var request = EndpointRequest(step: "", model: "", prompt: [.text(prompt)])
    request.turns = turns.map { .init(ask: [.text($0.ask)], answer: $0.answer) }
    return request.conversation.text
  }
}
