import WeirDiagnostics
import WeirEndpoint
import WeirProviders
import WeirRun
import WeirValues

extension Command {
  static let schema = Command(
    name: "schema", summary: "Show how endpoints are told what an answer must be",
    operands: "--type EXPR [options]", options: SchemaOption.all,
    details: """
      Without `--endpoint` it prints the JSON Schema of the type; with it, what is sent with a request for an
      answer of the type: fields of the body for `openrouter` and `openai`, words of the system prompt for
      `fal`. A plain `string` is asked for without a schema.

      With `--types` the type may name what the flow FILE declares and uses. Exit code 0 when it was printed, 2
      when the type or the flow is wrong.
      """
  ) { words, environment in
    let arguments = try Arguments(words, SchemaOption.all + Option.everywhere)
    if let surplus = arguments.operands.first {
      throw UsageError(
        "`weir schema` takes no operand, found `\(surplus)`", help: "a flow is given as `--types FILE`")
    }
    let kind = try SchemaOption.kind(of: arguments)
    guard let type = try TypeOption.read(arguments, for: "schema", environment) else { return .invalid }
    guard let kind else {
      environment.console.print(type.bareSchema.json(indent: 2))
      return .done
    }
    guard let schema = type.schema(name: "answer") else {
      environment.console.note("no schema is sent: the answer is the text itself")
      return .done
    }
    environment.console.print(try schema.asSent(to: kind))
    return .done
  }
}

private enum SchemaOption {
  static let endpoint = Option.value(
    "endpoint", "NAME", "Show what is sent to openrouter, openai or fal")

  static let all = TypeOption.all + [endpoint]

  static func kind(of arguments: Arguments) throws(UsageError) -> ProviderKind? {
    guard let name = arguments.value(endpoint) else { return nil }
    guard let kind = ProviderKind(rawValue: name) else {
      let known = ProviderKind.allCases.map(\.rawValue)
      throw UsageError(
        "there is no endpoint `\(name)`",
        help: known.nearest(to: name).map { "did you mean `\($0)`?" }
          ?? "it is one of " + known.map { "`\($0)`" }.joined(separator: ", "))
    }
    return kind
  }
}

extension AnswerSchema {
  /// What a request holds for its sake.
  fileprivate func asSent(to kind: ProviderKind) throws(EndpointFailure) -> String {
    let address = try WebAddress(kind.usualAddress)
    switch kind {
    case .fal, .falAnyLLM: return instructions
    case .falOpenAI: return try fields(in: .falOpenAI(at: address))
    case .openrouter: return try fields(in: .openRouter(at: address))
    case .openai: return try fields(in: .openAI(at: address))
    }
  }

  /// The body of a request with the schema, without what every request has.
  private func fields(in service: ChatService) throws(EndpointFailure) -> String {
    var request = EndpointRequest(step: name, model: "", prompt: [])
    request.answer = self
    let http = try ChatCompletionsEndpoint(service, key: nil, over: NoTransport()).encode(request)
    guard case .record(var fields)? = try? Value(json: http.body.bytes) else {
      preconditionFailure("the body of a request is a JSON object")
    }
    fields["model"] = nil
    fields["messages"] = nil
    return Value.record(fields).json(indent: 2)
  }
}

/// For a request that is looked at and never sent.
private struct NoTransport: Transport {
  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    throw EndpointFailure(.unsupported, "nothing is sent")
  }
}
