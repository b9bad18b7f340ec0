import WeirEndpoint

/// Where an answer comes from: most answers of a run have the same.
final class AnswerOrigin: Sendable, Equatable {
  let choice: ModelChoice
  let model: String
  let provider: String?
  let form: AnswerForm?
  let source: EndpointReply.Source

  init(
    choice: ModelChoice, model: String, provider: String?, form: AnswerForm?, source: EndpointReply.Source
  ) {
    self.choice = choice
    self.model = model
    self.provider = provider
    self.form = form
    self.source = source
  }

  static func == (left: AnswerOrigin, right: AnswerOrigin) -> Bool {
    left.choice == right.choice && left.model == right.model && left.provider == right.provider
      && left.form == right.form && left.source == right.source
  }
}

/// The origins of the answers of a run, the latest few of which are each kept once.
///
/// A list and no set, for there are about as many as there are models, and most answers have the first.
struct AnswerOrigins {
  private var latest: [AnswerOrigin] = []
  private var next = 0

  private static let most = 16

  /// One that is equal to this, where it is among the latest.
  mutating func shared(_ origin: AnswerOrigin) -> AnswerOrigin {
    if let known = latest.first(where: { $0 == origin }) { return known }
    if latest.count < Self.most {
      latest.append(origin)
    } else {
      latest[next] = origin
      next = (next + 1) % Self.most
    }
    return origin
  }
}
