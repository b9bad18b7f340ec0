package import WeirDiagnostics
package import WeirEndpoint
package import WeirProgram
package import WeirValues

/// A step with all its settings, but the prompts and examples, which may wait for others.
///
/// A class, because every step under way refers to one. What most steps of a flow have alike, or not at
/// all, they share or leave out.
package final class PreparedStep: Sendable {
  package let id: ValueID
  package let name: String
  /// What the model must answer.
  package let type: ValueType
  /// Where the name stands.
  package let span: Span
  let prompt: Expression
  let system: Expression?
  let answer: WantedAnswer
  /// Whether the answer is a picture.
  private let wantsPicture: Bool
  let asking: Asking
  /// Nil where the step says nothing of the kind.
  let extras: Extras?

  /// What the endpoint is told about the answer.
  indirect enum WantedAnswer: Sendable {
    /// Nothing: any text will do.
    case text
    case known(AnswerSchema)
    /// A condition of the type reads a value that is not there yet, so that the schema waits for it.
    case later
  }

  /// Whom a step asks, and how.
  final class Asking: Sendable {
    /// At least one; the next is asked where the one before has failed.
    let models: [ModelChoice]
    let settings: RequestSettings

    init(models: [ModelChoice], settings: RequestSettings) {
      self.models = models
      self.settings = settings
    }
  }

  /// What few steps have.
  final class Extras: Sendable {
    let examples: [StepSettings.Example]
    let exampleList: Expression?
    let ensures: [Step.Ensure]
    let otherwise: Expression?
    let continued: ValueID?
    let tools: [OfferedTool]

    init?(_ step: Step) {
      examples = step.settings.examples
      exampleList = step.settings.exampleList
      ensures = step.ensures
      otherwise = step.settings.otherwise
      continued = step.continued
      tools = step.settings.tools
      if examples.isEmpty, exampleList == nil, ensures.isEmpty, otherwise == nil, continued == nil,
        tools.isEmpty
      {
        return nil
      }
    }
  }

  init(_ step: Step, _ asking: Asking, answer: WantedAnswer, wantsPicture: Bool) {
    id = step.id
    name = step.name
    type = step.type
    span = step.span
    prompt = step.settings.prompt
    system = step.settings.system
    extras = Extras(step)
    self.asking = asking
    self.answer = answer
    self.wantsPicture = wantsPicture
  }

  package var models: [ModelChoice] { asking.models }
  package var settings: RequestSettings { asking.settings }
  /// What the model may call.
  package var tools: [OfferedTool] { extras?.tools ?? [] }

  /// The question to one of the models.
  func request(to choice: ModelChoice, _ prompt: RenderedPrompt, answer: AnswerSchema?) -> EndpointRequest {
    let settings = asking.settings
    var request = EndpointRequest(step: name, model: choice.model, prompt: prompt.parts)
    request.system = prompt.system
    request.turns = prompt.turns
    request.answer = answer
    request.wantsPicture = wantsPicture
    request.temperature = settings.temperature
    request.topP = settings.topP
    request.maxTokens = settings.maxTokens
    request.seed = settings.seed
    request.stop = settings.stop
    request.reasoning = settings.reasoning
    request.options = settings.options
    request.routing = settings.routing
    request.delivery = settings.delivery
    request.webhook = settings.webhook
    request.uploadOver = settings.uploadOver
    request.detail = settings.detail
    if let timeout = settings.timeout { request.timeout = timeout }
    if let retries = settings.retries { request.retries = retries }
    return request
  }
}

/// What an author wrote about a request, checked. What is nil is the endpoint's to choose.
package struct RequestSettings: Sendable, Hashable {
  package var temperature: Number?
  package var topP: Number?
  package var maxTokens: Int?
  package var seed: Int?
  package var stop: [String] = []
  package var reasoning: EndpointRequest.Reasoning?
  package var options: Record = [:]
  package var routing: Record = [:]
  package var timeout: Duration?
  package var retries: Int?
  /// How often an answer that does not fit is sent back, by each model.
  package var repairs = 2
  /// How often tools may be called before the model has to answer.
  package var rounds = 8
  package var delivery: EndpointRequest.Delivery?
  package var webhook: String?
  package var uploadOver: Int?
  package var detail: String?
  /// Whether a stored answer will do, once answers are stored.
  package var cache = true
}

/// The texts of one step, as they will be sent.
struct RenderedPrompt: Sendable {
  var turns: [EndpointRequest.Turn] = []
  let parts: [PromptPart]
  let system: String?
}
