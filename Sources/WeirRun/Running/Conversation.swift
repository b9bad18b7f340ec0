import WeirEndpoint
import WeirValues

/// What a step has sent, for a step that carries on from there: without repairs, and without the answer,
/// which is the value of the step as others see it.
struct Conversation: Sendable {
  let prompt: RenderedPrompt
  let shape: AnswerShape

  func turns(answeredBy value: Value) -> [EndpointRequest.Turn] {
    prompt.turns + [.init(ask: prompt.parts, answer: shape.text(of: value))]
  }
}
