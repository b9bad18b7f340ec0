import WeirEndpoint
import WeirProgram

/// The questions to one model, or to several that one request names, until an answer fits: what has been
/// said so far, and how often more may be said.
struct Inquiry {
  /// Those that the request names, in order.
  let models: [ModelChoice]
  private(set) var request: EndpointRequest
  /// The place of the one that is asked first, which is the one that has answered last.
  private(set) var place = 0
  /// What was called since the prompt of the step, repairs or not.
  private(set) var rounds: [ToolRound] = []
  private let repairs: Int
  private var repairsLeft: Int
  private var mayDouble = true
  private var roundsLeft: Int

  /// OpenRouter takes so many beside the first one (guides: model fallbacks).
  static let mostFallbacks = 3

  init(_ models: [ModelChoice], _ request: EndpointRequest, _ settings: RequestSettings) {
    self.models = models
    self.request = request
    repairs = settings.repairs
    repairsLeft = settings.repairs
    roundsLeft = settings.rounds
    self.request.fallbacks = models.dropFirst().map(\.model)
  }

  /// Whether the models are asked one by one, since a request that named several was refused: one name
  /// that a service does not know would else keep all of them from answering.
  private(set) var isAlone = false

  var model: ModelChoice { models[place] }

  /// Takes the other models out of the request. False where there are none in it.
  mutating func goAlone() -> Bool {
    guard !request.fallbacks.isEmpty else { return false }
    request.fallbacks = []
    isAlone = true
    return true
  }

  var mayCall: Bool { roundsLeft > 0 }

  /// Who has answered. From now on it is asked, and those behind it where it cannot: what it has said
  /// means nothing to those before. Returns it where it is another than before.
  mutating func note(_ reply: EndpointReply) -> ModelChoice? {
    guard !isAlone, let name = reply.model, let answering = place(of: name), answering > place else {
      return nil
    }
    place = answering
    repairsLeft = repairs
    request.model = model.model
    request.fallbacks = models[(place + 1)...].map(\.model)
    return model
  }

  /// Services answer with the name of a version, or without what stands behind the `:`. Of names that it
  /// may be a version of, the longest is meant.
  private func place(of name: String) -> Int? {
    let left = models.indices.dropFirst(place)
    if let exact = left.first(where: { models[$0].model == name }) { return exact }
    return left.filter { name.hasPrefix(models[$0].model.withoutVariant) }
      .max { models[$0].model.withoutVariant.utf8.count < models[$1].model.withoutVariant.utf8.count }
  }

  mutating func add(_ round: ToolRound) {
    roundsLeft -= 1
    rounds.append(round)
    request.rounds.append(round)
    if roundsLeft == 0 { request.toolChoice = .none }
  }

  // MARK: Answers that do not fit

  enum Retry {
    /// Sent back with this account; nil where the question is asked again.
    case repair(sent: String?)
    case longer(Int)
  }

  /// What can be done about an answer; nil where nothing can.
  ///
  /// What was cut off is not sent back, for it would be cut off again: it is asked for anew with room for
  /// twice as much, once. It is not carried on from where it broke off: a word or an element that the model
  /// says again at the seam could not be told from one that it means.
  mutating func retry(after reply: EndpointReply, _ mismatch: AnswerMismatch) -> Retry? {
    if mismatch.reason == .cutOff, mayDouble, let length = request.maxTokens ?? reply.length {
      mayDouble = false
      let longer = length.multipliedReportingOverflow(by: 2).overflow ? .max : 2 * length
      request.maxTokens = longer
      return .longer(longer)
    }
    guard mismatch.isRepairable, repairsLeft > 0 else { return nil }
    repairsLeft -= 1
    return .repair(sent: sendBack(reply, mismatch))
  }

  /// Tells the model what is wrong with its answer. An empty answer cannot be sent back, for endpoints
  /// refuse an empty message: the question is asked again. Returns what the model is told.
  private mutating func sendBack(_ reply: EndpointReply, _ mismatch: AnswerMismatch) -> String? {
    guard mismatch.reason != .empty, !reply.text.isEmpty else { return nil }
    let account = mismatch.account
    var turn = EndpointRequest.Turn(ask: request.prompt, answer: reply.text)
    turn.rounds = request.rounds
    turn.reasoningDetails = reply.reasoningDetails
    request.turns.append(turn)
    request.rounds = []
    request.prompt = [.text(account)]
    return account
  }
}

extension EndpointReply {
  /// In tokens, or about; nil where there is nothing to tell it by.
  fileprivate var length: Int? {
    if let count = usage.completionTokens, count > 0 { return count }
    return text.isEmpty ? nil : max(1, text.utf8.count / 3)
  }
}

extension String {
  /// `a/b:free` is the model `a/b`.
  fileprivate var withoutVariant: String {
    utf8.firstIndex(of: UInt8(ascii: ":")).map { String(self[..<$0]) } ?? self
  }
}
