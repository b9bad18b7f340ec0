/// How an endpoint is told what an answer must be, the strongest way first.
package enum AnswerForm: String, Sendable, Hashable, CaseIterable {
  /// The endpoint gets the JSON Schema and holds the model to it.
  case schema
  /// The endpoint sees to it that the answer is JSON; its form is told in the system prompt.
  case json
  /// All is told in the system prompt.
  case instructions

  /// What an endpoint takes, for a message that it does not.
  package var noun: String {
    switch self {
    case .schema: "schema"
    case .json: "JSON mode"
    case .instructions: "instructions"
    }
  }

  /// By what a model is asked, for a message.
  package var words: String {
    switch self {
    case .schema: "schema"
    case .json: "JSON mode and instructions"
    case .instructions: "instructions"
    }
  }
}

extension EndpointRequest {
  /// The system prompt, with the form of the answer where the endpoint is told of it in words.
  package var instructedSystem: String? {
    guard let answer else { return system }
    return [system, answer.instructions].compactMap { $0 }.joined(separator: "\n\n")
  }
}
