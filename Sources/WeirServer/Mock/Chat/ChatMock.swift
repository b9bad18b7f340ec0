import WeirEndpoint
import WeirValues

/// `chat/completions`, as OpenRouter, fal and plain OpenAI-compatible servers speak it.
struct ChatMock: MockDialect {
  let vendor: Vendor

  enum Vendor: Sendable {
    case openRouter, openAI
    /// OpenRouter behind fal's door: its key, and its own words for what happens at the door.
    case fal
  }

  func keyProblem(_ fields: HTTPRequestFields) -> String? {
    fields.keyProblem(scheme: vendor == .fal ? "Key" : "Bearer")
  }

  func question(_ body: [UInt8], files: MockFiles) throws(MockRefusal) -> MockQuestion {
    do throws(ChatRequestError) {
      return try ChatRequestReader(vendor: vendor, files: files).question(body)
    } catch {
      throw refusal(of: error)
    }
  }

  private func refusal(of error: ChatRequestError) -> MockRefusal {
    switch vendor {
    case .openRouter, .fal:
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
    case .openRouter, .fal:
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

  func refusal(of question: MockQuestion, by model: String) -> MockRefusal? {
    vendor == .openAI ? nil : OpenRouterShape.refusal(of: question, by: model)
  }

  func failure(_ status: Int, _ message: String) -> MockRefusal {
    switch vendor {
    case .openRouter: OpenRouterShape.refusal(status, message, type: OpenRouterShape.errorType(status))
    case .fal: FalMock(kind: .router).failure(status, message)
    case .openAI:
      OpenAIShape.refusal(status, message, param: nil, code: status == 401 ? "invalid_api_key" : nil)
    }
  }

  func failureInSuccess(_ message: String) -> HTTPServerReply {
    var reply =
      vendor == .openAI
      ? failure(502, message).reply
      : OpenRouterShape.refusal(502, message, type: OpenRouterShape.errorType(502)).reply
    reply.status = 200
    return reply
  }

  func reply(_ answer: MockAnswer, to question: MockQuestion) -> HTTPServerReply {
    switch vendor {
    case .openRouter, .fal: OpenRouterShape.reply(answer)
    case .openAI: OpenAIShape.reply(answer)
    }
  }

  func stream(
    _ answer: MockAnswer, to question: MockQuestion, _ shape: MockStreamShape
  ) -> (fields: HTTPFields, events: any IteratorProtocol<MockEvent>) {
    let events = ChatEvents(answer, vendor, wantsUsage: question.wantsUsage, shape)
    return (vendor == .openAI ? OpenAIShape.fields(answer) : OpenRouterShape.fields(answer), events)
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

extension MockAnswer {
  var finish: String { calls.isEmpty ? "stop" : "tool_calls" }

  func callID(_ index: Int) -> String { "call_mock\(number)_\(index + 1)" }

  /// What every vendor calls `tool_calls`; nil where nothing is called.
  var toolCalls: Value? {
    if calls.isEmpty { return nil }
    return .list(
      calls.enumerated().map { index, call in
        .record([
          "id": .string(callID(index)), "type": .string("function"),
          "function": .record(["name": .string(call.name), "arguments": .string(call.arguments)]),
        ])
      })
  }

  /// Null where nothing but calls is said.
  var content: Value { text.isEmpty && !calls.isEmpty ? .null : .string(text) }
}
