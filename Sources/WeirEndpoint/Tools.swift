package import WeirValues

/// Something that a model may call: what it is told of it.
package struct ToolOffer: Sendable, Hashable {
  /// Letters, digits, `_` and `-`, at most 64.
  package let name: String
  /// What it does, in words for the model.
  package let about: String
  /// An object schema; its fields are the arguments.
  package let parameters: AnswerSchema

  package init(name: String, about: String, parameters: AnswerSchema) {
    self.name = name
    self.about = about
    self.parameters = parameters
  }
}

/// What a model may do about the tools that it is offered.
package enum ToolChoice: String, Sendable, CaseIterable {
  case auto
  /// It must answer now.
  case none
}

/// A call of a tool, as the model wrote it.
package struct ToolCall: Sendable, Hashable {
  /// By which the endpoint knows the call when it is answered.
  package let id: String
  package let name: String
  /// JSON, or what the model takes for it.
  package let arguments: String

  package init(id: String, name: String, arguments: String) {
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

/// What a model called in one answer, and what it was told.
package struct ToolRound: Sendable, Hashable {
  /// What the model said beside.
  package var text = ""
  package let calls: [ToolCall]
  /// One for each call, in their order.
  package let results: [String]
  /// The reasoning in the endpoint's own form, which it is sent back as it came.
  package var reasoningDetails: Value?

  package init(calls: [ToolCall], results: [String]) {
    self.calls = calls
    self.results = results
  }
}
