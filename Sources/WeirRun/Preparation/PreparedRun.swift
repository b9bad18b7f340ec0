package import WeirDiagnostics
package import WeirEndpoint
package import WeirGraph
package import WeirProgram
package import WeirValues

/// A flow that is ready to run: everything that can be known without asking a model is known, and
/// nothing of it is wrong. Made by `prepare`.
///
/// Immutable. A class because every step of a run refers to it, and a copy of so much would cost
/// more than the step itself.
package final class PreparedRun: Sendable {
  package let program: Program
  package let graph: Graph
  /// The inputs, and every `let` that needs no step.
  package let known: Bindings
  /// The steps in the order of the source.
  package let steps: [PreparedStep]

  init(program: Program, graph: Graph, known: Bindings, steps: [PreparedStep]) {
    self.program = program
    self.graph = graph
    self.known = known
    self.steps = steps
  }
}

/// A step with all its settings, but the prompt and the system prompt, which may wait for others.
/// A class for the same reason.
package final class PreparedStep: Sendable {
  package let id: ValueID
  package let name: String
  package let type: ValueType
  /// Where the name stands.
  package let span: Span
  package let prompt: Expression
  package let system: Expression?
  /// At least one; the next is asked where the one before has failed.
  package let models: [ModelChoice]
  package let settings: RequestSettings
  package let answer: WantedAnswer

  /// What the endpoint is told about the answer.
  package enum WantedAnswer: Sendable {
    /// The schema, or nil for plain text.
    case known(AnswerSchema?)
    /// A condition of the type reads the answer of another step, so that the schema waits for it.
    case afterOthers
  }

  init(_ step: Step, models: [ModelChoice], settings: RequestSettings, answer: WantedAnswer) {
    id = step.id
    name = step.name
    type = step.type
    span = step.span
    prompt = step.settings.prompt
    system = step.settings.system
    self.models = models
    self.settings = settings
    self.answer = answer
  }

  /// The question to one of the models.
  func request(to choice: ModelChoice, _ prompt: RenderedPrompt, answer: AnswerSchema?) -> EndpointRequest {
    var request = EndpointRequest(step: name, model: choice.model, prompt: prompt.parts)
    request.system = prompt.system
    request.answer = answer
    request.temperature = settings.temperature
    request.topP = settings.topP
    request.maxTokens = settings.maxTokens
    request.seed = settings.seed
    request.stop = settings.stop
    request.reasoning = settings.reasoning
    request.options = settings.options
    if let timeout = settings.timeout { request.timeout = timeout }
    if let retries = settings.retries { request.retries = retries }
    return request
  }
}

/// What an author wrote about a request, checked. What is nil is the endpoint's to choose.
package struct RequestSettings: Sendable {
  package var temperature: Number?
  package var topP: Number?
  package var maxTokens: Int?
  package var seed: Int?
  package var stop: [String] = []
  package var reasoning: EndpointRequest.Reasoning?
  package var options: Record = [:]
  package var timeout: Duration?
  package var retries: Int?
}

/// The texts of one step, as they will be sent.
struct RenderedPrompt {
  let parts: [PromptPart]
  let system: String?
}
