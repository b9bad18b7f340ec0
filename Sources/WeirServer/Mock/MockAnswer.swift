import WeirEndpoint
import WeirValues

/// What the mock says to a question, and what it would have cost.
struct MockAnswer {
  let text: String
  let model: String
  let promptTokens: Int
  let completionTokens: Int
  /// US dollars.
  let cost: Number
  /// Counts the answers of a server, from 1, for their ids.
  let number: Int
  /// Seconds since 1970.
  let time: Int

  var totalTokens: Int { promptTokens + completionTokens }

  init(playing entry: Tape.Entry?, to question: MockQuestion, number: Int, time: Int) {
    text = entry?.answer ?? Self.madeUp(question)
    model = entry?.model ?? question.model
    promptTokens =
      entry?.usage?.promptTokens ?? MockPrice.tokens(ofBytes: question.length)
      + MockPrice.tokensOfAPicture * question.pictures.count
    completionTokens = entry?.usage?.completionTokens ?? MockPrice.tokens(ofBytes: text.utf8.count)
    cost = entry?.usage?.cost ?? MockPrice.cost(prompt: promptTokens, completion: completionTokens)
    self.number = number
    self.time = time
  }

  private static func madeUp(_ question: MockQuestion) -> String {
    switch question.form {
    case .text: return MadeUpAnswer.text(for: question.prompt)
    case .json(nil):
      return Value.record(["answer": .string(MadeUpAnswer.text(for: question.prompt))]).json(indent: 2)
    case .schema(let answer), .instructions(let answer), .json(.some(let answer)):
      return MadeUpAnswer.value(for: answer.schema, seed: question.seed).json(indent: 2)
    }
  }
}

/// What the mock counts and charges: always the same, so that tests can tell the sum.
enum MockPrice {
  static let tokensOfAPicture = 258
  /// Hundred-millionths of a dollar a token: $0.30 and $2.50 a million.
  static let prompt = 30
  static let completion = 250

  static func tokens(ofBytes count: Int) -> Int { (count + 3) / 4 }

  /// Exact: one division of whole numbers, which gives the double nearest to the decimal.
  static func cost(prompt: Int, completion: Int) -> Number {
    Number(Double(prompt * Self.prompt + completion * Self.completion) / 100_000_000)
  }
}
