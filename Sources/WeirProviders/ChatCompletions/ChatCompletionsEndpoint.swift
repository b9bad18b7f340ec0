package import WeirEndpoint

/// A server that speaks OpenAI's chat completions: OpenRouter, OpenAI, llama.cpp, vLLM, Ollama,
/// LM Studio and many more.
package struct ChatCompletionsEndpoint: Endpoint {
  let service: ChatService
  let key: Secret?
  let headers: [HTTPHeader]
  private let transport: any Transport

  package init(
    _ service: ChatService, key: Secret?, headers: [HTTPHeader] = [], over transport: any Transport
  ) {
    self.service = service
    self.key = key
    self.headers = headers
    self.transport = transport
  }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    try decode(try await transport.send(try encode(request)), now: RetryAfter.now)
  }

  package func objection(to request: EndpointRequest) -> EndpointFailure? {
    do {
      _ = try encode(request)
      return nil
    } catch {
      return error
    }
  }
}
