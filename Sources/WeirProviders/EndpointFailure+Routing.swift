import WeirEndpoint

extension EndpointFailure {
  static func noRouting(at site: String) -> EndpointFailure {
    EndpointFailure(
      .invalidRequest, "\(site) has no `routing`",
      advice: "ask OpenRouter itself (`--provider openrouter`), or leave `routing` out"
    ).refusing("routing")
  }
}
