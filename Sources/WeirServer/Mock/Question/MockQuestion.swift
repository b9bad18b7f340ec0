import WeirEndpoint
import WeirValues

/// What a client asks, read out of a vendor's body.
struct MockQuestion {
  var model: String
  var system: String?
  /// The last message of the user, `[image 1]` where a picture stands.
  var prompt: String
  /// What was said before it.
  var turns: [TapeTurn] = []
  /// Those of the turns first.
  var pictures: [MockPicture] = []
  var form = Form.text
  /// Whether only a provider that knows all the settings may answer.
  var requiresParameters = false
  /// Models that may answer instead, one after another.
  var fallbacks: [String] = []
  /// The greatest number of tokens of an answer.
  var greatestLength: Int?
  var tools = MockTools()
  /// Whether the reasoning is wanted beside the answer.
  var wantsReasoning = false
  /// Whether a picture is wanted beside the answer.
  var wantsPicture = false
  var isStreamed = false
  /// Whether a stream of OpenAI ends with the usage.
  var wantsUsage = false
  /// Bytes of everything that a model would read, but the pictures.
  var length: Int

  enum Form {
    case text
    /// JSON, of a form that the system prompt may state in words.
    case json(AnswerSchema?)
    /// JSON of a form that `response_format` states.
    case schema(AnswerSchema)
    /// JSON of a form that the system prompt states in words.
    case instructions(AnswerSchema)
  }

  init(model: String, system: String?, prompt: String) {
    self.model = model
    self.system = system
    self.prompt = prompt
    length = prompt.utf8.count + (system?.utf8.count ?? 0)
    if let answer = system.flatMap(AnswerSchema.init(findingInstructionsIn:)) { form = .instructions(answer) }
  }

  var tapeQuestion: TapeQuestion {
    var question = TapeQuestion(
      step: nil, prompt: prompt, pictures: pictures.map(\.tapeName), turns: turns)
    question.rounds = tools.rounds
    return question
  }

  /// What a made-up answer is made from: all that was said.
  var seed: String {
    let said = turns.isEmpty ? prompt : turns.map { "\($0.ask)\n\($0.answer)\n" }.joined() + prompt
    return tools.results.isEmpty ? said : said + tools.results.map { "\n\($0.name): \($0.content)" }.joined()
  }

  /// `response_format` states a form. Without a schema, that in the system prompt is what is meant.
  mutating func add(_ stated: Form) {
    if case .json = stated, case .instructions(let answer) = form {
      form = .json(answer)
    } else {
      form = stated
    }
  }

  /// The question to a model that takes none of these forms, and was not told to refuse them.
  mutating func drop(_ forms: Set<AnswerForm>) {
    switch form {
    case .json where forms.contains(.json), .schema where forms.contains(.schema):
      form = system.flatMap(AnswerSchema.init(findingInstructionsIn:)).map(Form.instructions) ?? .text
    case .json, .schema, .text, .instructions: break
    }
  }

  /// What a log may tell: sizes and names, no texts.
  var note: String {
    var note = pictures.isEmpty ? "text model=" : "vision model="
    note.reserveCapacity(128 + 96 * pictures.count)
    note += model
    note += " prompt="
    note += String(prompt.utf8.count)
    note += "B"
    if !turns.isEmpty { note += " turns=\(turns.count)" }
    if let system { note += " system=\(system.utf8.count)B" }
    if !pictures.isEmpty { note += " images=\(pictures.count)" }
    for picture in pictures { note += " \(picture.note)" }
    note += " response_format="
    switch form {
    case .text: note += "none"
    case .json: note += "json_object"
    case .schema(let answer): note += "json_schema:\(answer.name)"
    case .instructions: note += "instructions"
    }
    if !tools.offered.isEmpty { note += " tools=\(tools.offered.count)" }
    if !tools.results.isEmpty { note += " results=\(tools.results.count)" }
    if isStreamed { note += " stream" }
    return note
  }
}
