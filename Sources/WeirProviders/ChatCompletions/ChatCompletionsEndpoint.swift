package import WeirEndpoint

/// A server that speaks OpenAI's chat completions: OpenRouter, OpenAI, llama.cpp, vLLM, Ollama,
/// LM Studio and many more.
package struct ChatCompletionsEndpoint: Dialect {
  let service: ChatService
  let key: Secret?
  let headers: [HTTPHeader]
  package let transport: any Transport

  package init(
    _ service: ChatService, key: Secret?, headers: [HTTPHeader] = [], over transport: any Transport
  ) {
    self.service = service
    self.key = key
    self.headers = headers
    self.transport = transport
  }
}
