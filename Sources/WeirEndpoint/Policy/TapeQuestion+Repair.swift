extension TapeQuestion {
  /// The question that was asked at first, where this one sends its answer back, and how many answers were
  /// sent back until now.
  var original: (question: TapeQuestion, repairs: Int)? {
    turns.isEmpty ? originalOfConversation : originalOfTurns
  }

  private var originalOfTurns: (question: TapeQuestion, repairs: Int)? {
    var (prompt, turns, repairs) = (prompt, turns, 0)
    while prompt.utf8.starts(with: RepairAccount.opening.utf8), let last = turns.popLast() {
      prompt = last.ask
      repairs += 1
    }
    guard repairs > 0 else { return nil }
    var question = TapeQuestion(step: step, prompt: prompt, pictures: pictures, turns: turns)
    question.rounds = rounds
    return (question, repairs)
  }

  /// Where all was sent as one text (`EndpointRequest.conversation`).
  private var originalOfConversation: (question: TapeQuestion, repairs: Int)? {
    let text = prompt.utf8
    guard text.starts(with: Self.user.utf8) else { return nil }
    let accounts = text.ranges(of: "\n\n\(Self.user)\(RepairAccount.opening)".utf8)
    guard let first = accounts.first,
      let answer = text[..<first.lowerBound].ranges(of: Self.assistant.utf8).last
    else { return nil }
    let asked = prompt[..<answer.lowerBound]
    let isAlone = asked.utf8.firstRange(of: "\n\n\(Self.user)".utf8) == nil
    let original = isAlone ? String(asked.dropFirst(Self.user.count)) : asked + Self.assistant
    return (TapeQuestion(step: step, prompt: original, pictures: pictures), accounts.count)
  }

  private static let user = "User: "
  private static let assistant = "\n\nAssistant:"
}
