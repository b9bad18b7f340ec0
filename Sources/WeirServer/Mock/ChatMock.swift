import WeirValues

/// `chat/completions`, as OpenRouter or as plain OpenAI-compatible servers speak it.
struct ChatMock: MockDialect {
  let vendor: Vendor

  enum Vendor: Sendable {
    case openRouter, openAI
  }

  func keyProblem(_ fields: HTTPRequestFields) -> String? { fields.keyProblem(scheme: "Bearer") }

  func question(_ body: [UInt8]) throws(MockRefusal) -> MockQuestion {
    do throws(ChatRequestError) {
      return try ChatRequestReader(needsVendorInModel: vendor == .openRouter).question(body)
    } catch {
      throw refusal(of: error)
    }
  }

  private func refusal(of error: ChatRequestError) -> MockRefusal {
    switch vendor {
    case .openRouter:
      OpenRouterShape.refusal(400, error.message, type: error.isPicture ? "invalid_image" : "invalid_request")
    case .openAI:
      OpenAIShape.refusal(
        400, error.message, param: error.param, code: error.isPicture ? "invalid_image" : error.code)
    }
  }

  func failure(_ status: Int, _ message: String) -> MockRefusal {
    switch vendor {
    case .openRouter: OpenRouterShape.refusal(status, message, type: OpenRouterShape.errorType(status))
    case .openAI:
      OpenAIShape.refusal(status, message, param: nil, code: status == 401 ? "invalid_api_key" : nil)
    }
  }

  func failureInSuccess(_ message: String) -> HTTPServerReply {
    var reply = failure(502, message).reply
    reply.status = 200
    return reply
  }

  func reply(_ answer: MockAnswer, to question: MockQuestion) -> HTTPServerReply {
    switch vendor {
    case .openRouter: OpenRouterShape.reply(answer)
    case .openAI: OpenAIShape.reply(answer)
    }
  }
}
