import WeirEndpoint
import WeirValues

// OpenRouter: guides/routing/provider-selection. What only OpenRouter knows, and what no server here does.

extension ChatCompletionsEndpoint {
  /// OpenRouter otherwise also asks providers that ignore the schema. Of JSON mode it is not asked: the
  /// instructions say it all, and no model shall be refused twice.
  func requireParameters(in body: inout Record, unless options: Record) {
    guard service.isOpenRouter, options["response_format"] == nil else { return }
    guard body["provider"] == nil || body["provider"]?.record != nil else { return }
    var provider = body["provider"]?.record ?? [:]
    if provider["require_parameters"] == nil { provider["require_parameters"] = .bool(true) }
    body["provider"] = .record(provider)
  }

  /// Of the preferences in `options` each wins over the same of `routing`.
  func mergeRouting(of request: EndpointRequest, into body: inout Record) {
    guard let own = request.options["provider"]?.record else { return }
    var provider = request.routing
    for field in own.fields { provider[field.name] = field.value }
    body["provider"] = .record(provider)
  }

  func refuseUnsayable(_ request: EndpointRequest) throws(EndpointFailure) {
    try request.refuseStream()
    let site = service.address.site
    if !service.isOpenRouter, !request.routing.fields.isEmpty { throw .noRouting(at: site) }
    if !takesFallbacks, !request.fallbacks.isEmpty {
      throw EndpointFailure(
        .invalidRequest, "\(site) takes one model in a request",
        advice: "ask the others when it fails, or ask OpenRouter (`--provider openrouter`)")
    }
    guard request.delivery == .queue || request.webhook != nil else { return }
    let what = request.delivery == .queue ? "has no queue" : "has no queue that calls a `webhook`"
    throw EndpointFailure(
      .invalidRequest, "\(site) \(what)",
      advice: "say `via: \"sync\"` or `via: \"stream\"`, or ask a model of fal's (`--provider fal`)"
    ).refusing(request.delivery == .queue ? "via" : "webhook")
  }
}
