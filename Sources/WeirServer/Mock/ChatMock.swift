import WeirEndpoint

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

  /// OpenRouter looks for a provider that knows all that is asked for only where it is told to.
  func refusal(of question: MockQuestion, taking none: Set<AnswerForm>) -> MockRefusal? {
    guard let form = question.form.answerForm, none.contains(form) else { return nil }
    switch vendor {
    case .openRouter:
      guard question.requiresParameters else { return nil }
      return OpenRouterShape.refusal(
        404, "No endpoints found that can handle the requested parameters.", type: nil)
    case .openAI:
      let words =
        none.isSuperset(of: [.schema, .json])
        ? "Unsupported parameter: 'response_format' is not supported with this model."
        : "Invalid parameter: 'response_format' of type '\(form.word)' is not supported with this model."
      return OpenAIShape.refusal(400, words, param: "response_format", code: nil)
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

extension MockQuestion.Form {
  /// Nil where there is nothing in it that a server could refuse.
  fileprivate var answerForm: AnswerForm? {
    switch self {
    case .json: .json
    case .schema: .schema
    case .text, .instructions: nil
    }
  }
}

extension AnswerForm {
  /// What `response_format` calls it.
  fileprivate var word: String {
    switch self {
    case .schema: "json_schema"
    case .json: "json_object"
    case .instructions: "text"
    }
  }
}
