import WeirEndpoint
import WeirValues

/// The tools that a question offers, and what came of those that were called since the last message of
/// the user.
struct MockTools {
  var offered: [Tool] = []
  var choice = Choice.auto
  /// Whether several may be called at once.
  var isParallel = true
  var results: [Result] = []
  /// How many answers were calls.
  var rounds = 0

  struct Tool {
    let name: String
    /// What its arguments must be.
    let parameters: Value
  }

  enum Choice: Equatable {
    /// Each tool is called once, then comes the answer.
    case auto
    case none
    /// Tools are called however often they were.
    case required
    /// This one is called however often it was.
    case tool(String)
  }

  struct Result {
    let name: String
    let content: String
  }

  /// Those that are called next.
  var called: [Tool] {
    let tools: [Tool] =
      switch choice {
      case .none: []
      case .tool(let name): offered.filter { $0.name == name }
      case .required: uncalled.isEmpty ? offered : uncalled
      case .auto: uncalled
      }
    return isParallel ? tools : Array(tools.prefix(1))
  }

  private var uncalled: [Tool] {
    let answered = Set(results.map(\.name))
    return offered.filter { !answered.contains($0.name) }
  }

  /// What a made-up answer says of the results.
  var account: String {
    if results.isEmpty { return "" }
    let limit = 200
    return " The tools said: "
      + results.map { "\($0.name) → \($0.content.prefix(limit))" }.joined(separator: "; ")
  }
}

/// A call as the mock makes it.
struct MockCall {
  let name: String
  /// JSON, unless a tape says otherwise.
  let arguments: String

  init(_ name: String, _ arguments: String) {
    self.name = name
    self.arguments = arguments
  }
}

extension MockQuestion {
  /// Calls of the tools whose turn it is, with arguments made up by their schemas.
  var madeUpCalls: [MockCall] {
    tools.called.map { tool in
      let schema = AnswerSchema(name: tool.name, schema: tool.parameters, isStrict: false)
        .readingBoundsInWords.schema
      return MockCall(tool.name, MadeUpAnswer.value(for: schema, seed: "\(tool.name): \(seed)").json())
    }
  }
}
