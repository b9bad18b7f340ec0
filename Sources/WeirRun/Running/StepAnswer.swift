package import WeirEndpoint
package import WeirValues

/// The answer of a model and how it came.
///
/// Small, because a run keeps one for every step: what many answers have alike is kept once for all of them,
/// and what few have is not there in the others.
package struct StepAnswer: Sendable {
  package let value: Value
  /// Whether the endpoint stopped it at the greatest length.
  package let isCutOff: Bool
  private let requests: Int32
  private(set) var origin: AnswerOrigin
  private let extras: Extras?
  private let packedUsage: PackedUsage
  package let duration: Duration

  /// What few answers have.
  private final class Extras: Sendable {
    let reasoning: String?
    let rejected: [RejectedAnswer]
    let calls: [CalledTool]
    let reading: ReadingNote?

    init?(
      _ reasoning: String?, _ rejected: [RejectedAnswer], _ calls: [CalledTool], _ reading: ReadingNote?
    ) {
      if reasoning == nil, rejected.isEmpty, calls.isEmpty, reading == nil { return nil }
      self.reasoning = reasoning
      self.rejected = rejected
      self.calls = calls
      self.reading = reading
    }
  }

  package init(
    value: Value, choice: ModelChoice, model: String, provider: String?, reasoning: String?, usage: Usage,
    attempts: Int, rejected: [RejectedAnswer], calls: [CalledTool] = [], reading: ReadingNote?,
    form: AnswerForm?,
    source: EndpointReply.Source, isCutOff: Bool, duration: Duration
  ) {
    self.value = value
    self.isCutOff = isCutOff
    requests = Int32(clamping: attempts)
    origin = AnswerOrigin(choice: choice, model: model, provider: provider, form: form, source: source)
    extras = Extras(reasoning, rejected, calls, reading)
    packedUsage = PackedUsage(usage)
    self.duration = duration
  }

  /// Whom the step asked.
  package var choice: ModelChoice { origin.choice }
  /// The model that answered: what the endpoint says, or else what it was asked for.
  package var model: String { origin.model }
  /// Who ran the model behind the endpoint, where it says so.
  package var provider: String? { origin.provider }
  package var reasoning: String? { extras?.reasoning }
  /// Of all requests of the step that were answered; nil where one of them does not say.
  package var usage: Usage { packedUsage.usage }
  /// How many requests were made, to all models together.
  package var attempts: Int { Int(requests) }
  /// The answers before it that could not be used, in order.
  package var rejected: [RejectedAnswer] { extras?.rejected ?? [] }
  /// The tools that were called before it, in order.
  package var calls: [CalledTool] { extras?.calls ?? [] }
  /// What was forgiven in it; nil where the value stood in it as it is.
  package var reading: ReadingNote? { extras?.reading }
  /// How an answer of a type was asked for; nil where any text would do.
  package var form: AnswerForm? { origin.form }
  package var source: EndpointReply.Source { origin.source }

  /// The same with an origin that is equal.
  func sharing(_ origins: inout AnswerOrigins) -> StepAnswer {
    var shared = self
    shared.origin = origins.shared(origin)
    return shared
  }
}

/// `Usage` in half its room, as far as its counts are those of any model there is.
private enum PackedUsage: Sendable {
  /// Negative for what is not known.
  case usual(prompt: Int32, completion: Int32, total: Int32, cost: Number?)
  indirect case other(Usage)

  init(_ usage: Usage) {
    func packed(_ count: Int?) -> Int32? {
      guard let count else { return -1 }
      return count < 0 ? nil : Int32(exactly: count)
    }
    if let prompt = packed(usage.promptTokens), let completion = packed(usage.completionTokens),
      let total = packed(usage.totalTokens)
    {
      self = .usual(prompt: prompt, completion: completion, total: total, cost: usage.cost)
    } else {
      self = .other(usage)
    }
  }

  var usage: Usage {
    func count(_ packed: Int32) -> Int? { packed < 0 ? nil : Int(packed) }
    switch self {
    case .usual(let prompt, let completion, let total, let cost):
      return Usage(
        promptTokens: count(prompt), completionTokens: count(completion), totalTokens: count(total),
        cost: cost)
    case .other(let usage): return usage
    }
  }
}
