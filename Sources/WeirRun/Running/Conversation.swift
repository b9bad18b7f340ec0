import WeirEndpoint
import WeirValues

/// What a step has sent, for a step that carries on from there: without repairs, and without the answer,
/// which is the value of the step as others see it.
struct Conversation: Sendable {
  let prompt: RenderedPrompt
  let shape: AnswerShape
  /// What was called before the answer.
  var rounds: [ToolRound] = []
  var reasoningDetails: Value?

  func turns(answeredBy value: Value) -> [EndpointRequest.Turn] {
    var turn = EndpointRequest.Turn(ask: prompt.parts, answer: shape.text(of: value))
    turn.rounds = rounds
    turn.reasoningDetails = reasoningDetails
    return prompt.turns + [turn]
  }
}
