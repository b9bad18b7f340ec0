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
      ("text", text), ("id", id), ("model", model), ("provider", provider), ("reasoning", reasoning),
      ("reasoning details", reasoningDetails?.json()),
    ])
      + calls.map { "call: \($0.name) \($0.arguments) (\($0.id))\n" }.joined()
      + pictures.map { "picture: \($0.rendered)\n" }.joined()
      + lines([
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
      ("refused form", refusedForm.map { "\($0)" }), ("refused field", refusedField),
    ])
  }
}

extension Picture {
  /// The address, or what the bytes are.
  fileprivate var rendered: String {
    switch self {
    case .address(let address): address
    case .bytes(let data, let format): "\(data.count) bytes of \(format.rawValue)"
    }
  }
}

extension AnswerEvent {
  /// For a golden: what who watches hears, in a line.
  var rendered: String {
    switch self {
    case .text(let text): "text \(Value.string(text).json())"
    case .rewritten(let text): "rewritten \(Value.string(text).json())"
    case .reasoning(let text): "reasoning \(Value.string(text).json())"
    case .submitted(let job): "submitted \(job.id)"
    case .position(let position): "position \(position)"
    case .begun: "begun"
    case .unheard(let why): "unheard: \(why)"
    case .log(let line): "log \(line)"
    case .held(let time, let why): "held \(time.words): \(why)"
    }
  }
}

private func lines(_ fields: [(String, String?)]) -> String {
  fields.compactMap { name, value in value.map { "\(name): \($0)\n" } }.joined()
}
