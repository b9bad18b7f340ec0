package import WeirValues

/// What a model answered, and what it cost.
package struct EndpointReply: Sendable {
  /// The answer as text; for a typed step the JSON is somewhere in it.
  package var text: String
  /// The model that answered, where the endpoint says so.
  package var model: String?
  /// The provider behind the endpoint, where it says so.
  package var provider: String?
  package var reasoning: String?
  /// The reasoning in the endpoint's own form, for what is sent back to it.
  package var reasoningDetails: Value?
  /// What the model calls instead of answering, or beside it.
  package var calls: [ToolCall] = []
  /// What a model that paints has painted.
  package var pictures: [Picture] = []
  /// By which the endpoint knows the answer later.
  package var id: String?
  /// What the endpoint counts for its bill, in units of its own, where it says so.
  package var billableUnits: Number?
  package var usage: Usage
  package var finish: FinishReason
  /// How many requests were made for it.
  package var attempts = 1
  package var source: Source = .endpoint
  /// In which form an answer of a type was asked for; nil where that is not known, or any text would do.
  package var form: AnswerForm?

  package init(text: String, usage: Usage = Usage(), finish: FinishReason = .stop) {
    self.text = text
    self.usage = usage
    self.finish = finish
  }

  /// Where the answer comes from.
  package enum Source: String, Sendable {
    case endpoint, tape
    case madeUp = "made up"
  }

  package enum FinishReason: Sendable, Hashable {
    case stop
    /// Cut off at the greatest length.
    case length
    case contentFilter
    /// The model would not answer; the text is what it said instead.
    case refusal
    /// The model waits for what it has called.
    case toolCalls
    /// Anything else, in the endpoint's words.
    case other(String)
    /// The endpoint did not say.
    case unknown
  }
}

/// Tokens and money. What an endpoint does not say is nil, never 0.
package struct Usage: Sendable, Hashable {
  package var promptTokens: Int?
  package var completionTokens: Int?
  package var totalTokens: Int?
  /// US dollars.
  package var cost: Number?

  package init(
    promptTokens: Int? = nil, completionTokens: Int? = nil, totalTokens: Int? = nil, cost: Number? = nil
  ) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.totalTokens = totalTokens
    self.cost = cost
  }
}
