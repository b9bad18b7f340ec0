package import WeirEndpoint
import WeirValues

/// A server that speaks OpenAI's chat completions: OpenRouter, OpenAI, fal, llama.cpp, vLLM, Ollama,
/// LM Studio and many more.
///
/// Who the server is nobody has to say: a field that Weir sends of itself and the server refuses is said
/// otherwise or left out, the request sent again, and that remembered for the run.
package struct ChatCompletionsEndpoint: Dialect {
  let service: ChatService
  let key: Secret?
  let headers: [HTTPHeader]
  package let transport: any Transport
  private let habits = ServerHabits()

  package init(
    _ service: ChatService, key: Secret?, headers: [HTTPHeader] = [], over transport: any Transport
  ) {
    self.service = service
    self.key = key
    self.headers = headers
    self.transport = transport
  }

  package var takesFallbacks: Bool { service.isOpenRouter }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let request = delivered(request)
    var refused = 0
    while true {
      let habits = habits.habits(of: request.model)
      let http: HTTPRequest
      do {
        http = try encode(request, habits)
      } catch {
        throw error.ofUnsent.advised(on: request, after: refused)
      }
      do {
        var reply = try await exchange(http, for: request)
        reply.attempts += refused
        return reply
      } catch {
        try learn(from: error, to: request, habits, after: refused)
        refused += error.attempts
      }
    }
  }

  /// Throws what is not to be mended by asking otherwise.
  @inline(never)
  private func learn(
    from failure: EndpointFailure, to request: EndpointRequest, _ habits: Set<ServerHabits.Habit>,
    after refused: Int
  ) throws(EndpointFailure) {
    let habit = failure.refusedField.flatMap { ServerHabits.Habit(refusing: $0) }
    guard let habit, habit.concerns(request), self.habits.learn(habit, of: request.model, from: habits) else {
      throw failure.advised(on: request, after: refused)
    }
  }
}

extension EndpointFailure {
  /// What only the request tells: that it was the address of a picture which was not taken.
  fileprivate func advised(on request: EndpointRequest, after refused: Int) -> EndpointFailure {
    var failure = self
    failure.attempts += refused
    let isOfPicture = kind == .invalidRequest && ["image", "url", "picture"].contains(where: says)
    let hasAddress = request.conversation.pictures.contains { if case .address = $0 { true } else { false } }
    guard isOfPicture, hasAddress, !says("support image"), !says("image input is not supported") else {
      return failure
    }
    failure.advice =
      "if the server takes no addresses of pictures, save the picture and name the file instead"
    return failure
  }

  private func says(_ words: String) -> Bool { message.lowercased().contains(words) }
}
