package import WeirDiagnostics
package import WeirEndpoint
package import WeirProgram
package import WeirValues

/// A step with all its settings, but the prompts and examples, which may wait for others.
///
/// Two references: what the step says itself, and what it shares with all that ask alike.
package struct PreparedStep: Sendable {
  let written: Step
  private let way: Way

  /// Most steps want a text, and need no more room than to say whom they ask.
  private enum Way: Sendable {
    case text(Asking)
    indirect case other(Asking, WantedAnswer)
  }

  /// What the endpoint is told about the answer.
  indirect enum WantedAnswer: Sendable {
    /// Nothing: any text will do.
    case text
    /// That it is to be a picture.
    case picture
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

  init(_ step: Step, _ asking: Asking, answer: WantedAnswer) {
    written = step
    way = if case .text = answer { .text(asking) } else { .other(asking, answer) }
  }

  var asking: Asking {
    switch way {
    case .text(let asking), .other(let asking, _): asking
    }
  }

  var answer: WantedAnswer {
    switch way {
    case .text: .text
    case .other(_, let answer): answer
    }
  }

  package var id: ValueID { written.id }
  package var name: String { written.name }
  /// What the model must answer.
  package var type: ValueType { written.type }
  /// Where the name stands.
  package var span: Span { written.span }
  package var models: [ModelChoice] { asking.models }
  package var settings: RequestSettings { asking.settings }
  /// What the model may call.
  package var tools: [OfferedTool] { written.settings.tools }

  /// Where it is written that this model is asked: in the step, in `defaults` or in `models`; else the step's name.
  func place(of choice: ModelChoice) -> Span {
    guard let model = written.settings.model else { return span }
    let names = [choice.model, "\(choice.provider):\(choice.model)"]
    return names.map { model.part(giving: .string($0)).span }.first { $0 != model.span } ?? model.span
  }

  /// The question to one of the models.
  func request(to choice: ModelChoice, _ prompt: RenderedPrompt, answer: AnswerSchema?) -> EndpointRequest {
    let settings = asking.settings
    var request = EndpointRequest(step: name, model: choice.model, prompt: prompt.parts)
    request.system = prompt.system
    request.turns = prompt.turns
    request.answer = answer
    if case .picture = self.answer { request.wantsPicture = true }
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
