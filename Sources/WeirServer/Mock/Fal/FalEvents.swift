import WeirValues

/// What a stream of fal says: every event holds the whole output so far, the last one the usage.
struct FalEvents: IteratorProtocol {
  private let answer: MockAnswer
  private let dialect: FalMock
  private let shape: MockStreamShape
  private let text: [UInt8]
  private var steps: ArraySlice<Step>
  private var isFirst = true

  private enum Step {
    /// The text up to here.
    case part(Int)
    /// What the model takes back with the next event.
    case rewritten(Int)
    case whole
    case failure(String)
  }

  init(_ answer: MockAnswer, _ dialect: FalMock, _ shape: MockStreamShape) {
    self.answer = answer
    self.dialect = dialect
    self.shape = shape
    text = Array(answer.text.utf8)
    var steps = answer.rhythm.ends(of: answer.text).map(Step.part)
    if shape.rewrites, case .part(let end)? = steps.dropLast().last {
      steps.insert(.rewritten(end), at: steps.count - 1)
    }
    if let failure = shape.failure {
      steps = steps.prefix(failure.after) + [.failure(failure.message)]
    } else if shape.hasFinish {
      steps.append(.whole)
    }
    self.steps = steps[...]
  }

  mutating func next() -> MockEvent? {
    guard let step = steps.popFirst() else { return nil }
    var event = MockEvent.data(Value.record(body(step)).jsonBytes(), pause: pause(step))
    if isFirst { event.pause += answer.rhythm.latency }
    isFirst = false
    return event
  }

  private func pause(_ step: Step) -> Duration {
    switch step {
    case .part, .rewritten, .failure: answer.rhythm.pace
    case .whole: .zero
    }
  }

  private func body(_ step: Step) -> Record {
    switch step {
    case .part(let end): output(String(decoding: text[..<end], as: UTF8.self))
    case .rewritten(let end):
      output("Not so: " + String(String(decoding: text[..<end], as: UTF8.self).reversed()))
    case .whole:
      dialect.output(
        answer, answer.text, isWhole: true, isStreamed: true,
        hasUsage: shape.usage != MockStreamShape.UsagePlace.none)
    case .failure(let message): FalMock.failed(message)
    }
  }

  private func output(_ text: String) -> Record {
    dialect.output(answer, text, isWhole: false, isStreamed: true)
  }
}
