/// Why an endpoint gave no answer, in words for a person. Never holds a key.
package struct EndpointFailure: Error, Sendable {
  package let kind: Kind
  /// What happened, in a line: `openrouter.ai answered 429: Rate limit exceeded`.
  package var message: String
  /// What to do about it, in a line.
  package var advice: String?
  /// How long the endpoint asks to wait before the next attempt.
  package var retryAfter: Duration?
  /// How many requests were made, this one included; 0 where it was not sent.
  package var attempts = 1
  /// The endpoint says itself that asking again is of no use, whatever the kind.
  package var isFinal = false
  /// The request did not get as far as the server, so it cannot have had an effect there.
  package var neverArrived = false
  /// It is about this model's provider behind the endpoint, not about the endpoint or the account.
  package var isAboutModel = false
  /// The request that is left in a queue, and whose answer can still be fetched.
  package var job: QueueJob?
  /// The endpoint may still be at work on the request: to ask anew might be to pay twice.
  package var isUnderWay = false
  /// Where it is about the form in which the answer was asked for: what of it is refused.
  package var refusedForm: RefusedForm?
  /// The field of the request that the endpoint does not take, where it names one.
  package var refusedField: String?
  /// The setting of the step that the endpoint has no word for, where nothing was sent.
  package private(set) var refusedSetting: String?
  /// An attempt before this one may have been paid for.
  package var mayHaveCostBefore = false
  /// Where the advice is to look at how the flow declares the provider.
  package private(set) var isAboutDeclaration = false
  /// What to do about it in its place, where no flow declares the provider.
  private var adviceForBuiltIn: String?

  package init(
    _ kind: Kind, _ message: String, advice: String? = nil, retryAfter: Duration? = nil
  ) {
    self.kind = kind
    self.message = message
    self.advice = advice
    self.retryAfter = retryAfter
  }

  /// The same, saying which setting is refused.
  package func refusing(_ setting: String) -> EndpointFailure {
    var failure = self
    failure.refusedSetting = setting
    return failure
  }

  /// The same of a request that was refused here, before it was sent.
  package var ofUnsent: EndpointFailure {
    var failure = self
    failure.attempts = 0
    failure.neverArrived = true
    return failure
  }

  /// The same with an advice that is about the `url` or `kind` of a provider. One that is built in has neither,
  /// and may have another advice.
  package func advising(_ advice: String, builtIn: String? = nil) -> EndpointFailure {
    var failure = self
    failure.advice = advice
    failure.isAboutDeclaration = true
    failure.adviceForBuiltIn = builtIn
    return failure
  }

  /// As it is told of a provider that no flow declares.
  package var ofBuiltIn: EndpointFailure {
    guard isAboutDeclaration else { return self }
    var failure = self
    failure.advice = adviceForBuiltIn
    failure.isAboutDeclaration = false
    return failure
  }

  package enum RefusedForm: Sendable, Hashable {
    /// The field that every form but instructions needs.
    case field
    /// The form, whatever is asked for.
    case form
    /// This schema; another may be taken.
    case schema
  }

  package enum Kind: String, Sendable, CaseIterable {
    /// No connection, or it broke off.
    case unreachable
    case timedOut = "timed-out"
    /// 429: too many requests for now.
    case rateLimited = "rate-limited"
    /// The service is down or overloaded for now.
    case unavailable
    /// The key is missing, wrong, or may not do this.
    case unauthorized
    /// No credit left, or a limit of the account is reached.
    case quota
    /// The request itself is wrong: model, field, size.
    case invalidRequest = "invalid-request"
    /// The model or a filter refuses this content.
    case refused
    /// The answer stopped after a part of it had come, which was most likely paid for.
    case brokenOff = "broken-off"
    /// An answer that is not what the protocol says.
    case badReply = "bad-reply"
    /// The transport cannot work on this machine at all.
    case unsupported
    case cancelled
  }

  /// Whether the endpoint may have done work that is paid for, in this attempt or in one before it.
  package var mayHaveCost: Bool {
    if isUnderWay || mayHaveCostBefore { return true }
    switch kind {
    case .timedOut, .unreachable, .brokenOff, .badReply, .cancelled: return !neverArrived
    case .rateLimited, .unavailable, .unauthorized, .quota, .invalidRequest, .refused, .unsupported:
      return false
    }
  }

  /// Whether the same request may succeed when it is sent again. The one place where this is decided.
  package var isRetryable: Bool {
    switch kind {
    case .unreachable, .timedOut, .rateLimited, .unavailable: !isFinal
    // The network's bad moment, as for an answer that is read whole; what was shown is taken back.
    case .brokenOff: !isFinal
    // A bad reply was most likely paid for; to ask again is the author's decision.
    case .unauthorized, .quota, .invalidRequest, .refused, .badReply, .unsupported, .cancelled: false
    }
  }
}
