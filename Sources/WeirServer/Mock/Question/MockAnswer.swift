import WeirEndpoint
import WeirValues

/// What the mock says to a question, and what it would have cost.
struct MockAnswer {
  let text: String
  /// What is called instead of answering, or beside it.
  let calls: [MockCall]
  let reasoning: String?
  let paints: Bool
  let model: String
  let promptTokens: Int
  let completionTokens: Int
  let reasoningTokens: Int
  /// US dollars.
  let cost: Number
  let price: MockPrice
  /// Counts the answers of a server, from 1, for their ids.
  let number: Int
  /// Seconds since 1970.
  let time: Int
  let rhythm: MockRhythm

  var totalTokens: Int { promptTokens + completionTokens }
  var id: String { "gen-\(time)-mock\(number)" }

  init(
    playing entry: Tape.Entry?, to question: MockQuestion, by model: String, number: Int, time: Int,
    rhythm: MockRhythm = MockRhythm()
  ) {
    let calls =
      entry.map { entry in entry.calls.map { MockCall($0.name, $0.arguments) } } ?? question.madeUpCalls
    self.calls = calls
    text = entry?.answer ?? (calls.isEmpty ? Self.madeUp(question, rhythm) : "")
    self.model = entry?.model ?? model
    reasoning = question.wantsReasoning ? Self.reasoning(question) : nil
    paints = question.wantsPicture
    reasoningTokens = MockPrice.tokens(ofBytes: reasoning?.utf8.count ?? 0)
    promptTokens =
      entry?.usage?.promptTokens ?? MockPrice.tokens(ofBytes: question.length)
      + MockPrice.tokensOfAPicture * question.pictures.count
    let called = calls.reduce(0) { $0 + $1.name.utf8.count + $1.arguments.utf8.count }
    completionTokens =
      entry?.usage?.completionTokens
      ?? MockPrice.tokens(ofBytes: text.utf8.count + called) + reasoningTokens
    price = MockModel.price(of: self.model)
    cost = entry?.usage?.cost ?? price.cost(prompt: promptTokens, completion: completionTokens)
    self.number = number
    self.time = time
    self.rhythm = rhythm
  }

  private static func madeUp(_ question: MockQuestion, _ rhythm: MockRhythm) -> String {
    switch question.form {
    case .text: return rhythm.lengthened(MadeUpAnswer.text(for: question.prompt) + question.tools.account)
    case .json(nil):
      return Value.record(["answer": .string(MadeUpAnswer.text(for: question.prompt))]).json(indent: 2)
    case .schema(let answer), .instructions(let answer), .json(.some(let answer)):
      return MadeUpAnswer.value(for: answer.schema, seed: question.seed).json(indent: 2)
    }
  }

  private static func reasoning(_ question: MockQuestion) -> String {
    "Made-up reasoning: the prompt has \(question.prompt.utf8.count) bytes, and no model thinks about them."
  }
}
