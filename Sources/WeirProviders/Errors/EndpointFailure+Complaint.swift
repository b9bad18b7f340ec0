import WeirEndpoint

/// What an advice needs to know about a service.
struct ServiceWords: Sendable, Hashable {
  /// The host, as messages name it.
  var site: String
  /// What to check when the key is refused: `FAL_KEY`.
  var keyName: String
  /// Where credit is bought.
  var billing: String?
}

extension EndpointFailure {
  /// A complaint as a failure: `openrouter.ai answered 429 (Google): Rate limit exceeded`.
  init(_ complaint: Complaint, from service: ServiceWords, hiding secrets: [Secret]) {
    let kind = complaint.kind
    let text = Excerpt.of(complaint.message, hiding: secrets)
    let provider = complaint.provider.map { " (\(Excerpt.of($0, hiding: secrets)))" } ?? ""
    let answered = (200..<300).contains(complaint.status) ? "with an error" : "\(complaint.status)"
    self.init(
      kind, "\(service.site) answered \(answered)\(provider)" + (text.isEmpty ? "" : ": \(text)"),
      advice: complaint.advice(for: kind, from: service), retryAfter: complaint.retryAfter)
    switch advice {
    case Complaint.leadsElsewhere: self = advising(Complaint.leadsElsewhere)
    case Complaint.modelOrAddress: self = advising(Complaint.modelOrAddress, builtIn: "check `model`")
    default: break
    }
    isFinal = complaint.mayRetry == false
    isAboutModel = kind == .rateLimited && complaint.isAboutModel
    refusedForm = complaint.refusedForm
    refusedField = complaint.refusedField
  }

  /// A 200 that is not what the protocol says.
  static func badReply(
    _ reason: String, _ response: HTTPResponse, from service: ServiceWords, hiding secrets: [Secret],
    advice: String? = wrongKind
  ) -> EndpointFailure {
    let body =
      WebPage.title(of: response.body) ?? String(decoding: response.body.prefix(1 << 16), as: UTF8.self)
    let shown = body.isEmpty ? "nothing" : Excerpt.of(body, hiding: secrets)
    let failure = EndpointFailure(
      .badReply, "\(service.site) answered \(response.status) \(reason): \(shown)", advice: advice)
    return advice == wrongKind ? failure.advising(wrongKind) : failure
  }

  /// The advice where a server does not speak the protocol that it should.
  static let wrongKind = "check that the `url` and the `kind` of the provider belong together"
}
