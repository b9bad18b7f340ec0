import WeirEndpoint
import WeirProviders
import WeirValues

extension HTTPRequest {
  /// For a golden: what is sent, with `<key>` for the key.
  var rendered: String {
    var headerFields = Record()
    for header in headers { headerFields[header.name] = .string(header.shown) }
    let fields: Record = [
      "method": .string(method.rawValue), "path": .string(address.path), "headers": .record(headerFields),
      "body": (try? Value(json: body.bytes)) ?? .string("not JSON"),
    ]
    return Value.record(fields).json(indent: 2) + "\n"
  }
}

extension EndpointReply {
  /// For a golden: what was read.
  var rendered: String {
    lines([
      ("text", text), ("model", model), ("provider", provider), ("reasoning", reasoning),
      ("prompt tokens", usage.promptTokens.map { "\($0)" }),
      ("completion tokens", usage.completionTokens.map { "\($0)" }),
      ("total tokens", usage.totalTokens.map { "\($0)" }), ("cost", usage.cost.map { "\($0)" }),
      ("finish", "\(finish)"),
    ])
  }
}

extension EndpointFailure {
  /// For a golden: how it failed.
  var rendered: String {
    lines([
      ("failure", "\(kind.rawValue), \(isRetryable ? "may be sent again" : "final")"), ("message", message),
      ("advice", advice), ("retry after", retryAfter?.words),
      ("refused form", refusedForm.map { "\($0)" }),
    ])
  }
}

private func lines(_ fields: [(String, String?)]) -> String {
  fields.compactMap { name, value in value.map { "\(name): \($0)\n" } }.joined()
}
