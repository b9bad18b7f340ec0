import Synchronization
import WeirEndpoint
import WeirRun

/// What happens in a run on its way to whoever writes it, which may be slower than what happens.
///
/// What waits does not grow with the pieces of an answer: text that goes on text of the same step that nobody
/// has taken yet is put behind it.
final class EventQueue: Sendable {
  enum Input: Sendable {
    case event(RunEvent)
    /// Time has passed.
    case tick
  }

  fileprivate struct State {
    var waiting: [Input] = []
    /// Where text of a pass waits on which more may be put.
    var openText: [StepPass: Int] = [:]
    var hasTick = false
    var isFinished = false
    var reader: CheckedContinuation<Void, Never>?

    mutating func takeReader() -> CheckedContinuation<Void, Never>? {
      defer { reader = nil }
      return reader
    }
  }

  private let state = Mutex(State())

  func add(_ event: RunEvent) {
    state.withLock { state in
      if !state.goOn(with: event) {
        state.noteText(event)
        state.waiting.append(.event(event))
      }
      return state.takeReader()
    }?.resume()
  }

  /// Of several that nobody has taken one is enough.
  func tick() {
    state.withLock { state in
      if !state.hasTick { state.waiting.append(.tick) }
      state.hasTick = true
      return state.takeReader()
    }?.resume()
  }

  func finish() {
    state.withLock { state in
      state.isFinished = true
      return state.takeReader()
    }?.resume()
  }

  /// All that has come since the last call, at least one; nil when nothing more comes. For one reader.
  func next() async -> [Input]? {
    while true {
      let (inputs, isFinished) = take()
      if !inputs.isEmpty { return inputs }
      if isFinished { return nil }
      await withCheckedContinuation { continuation in
        let isThere = state.withLock { state in
          guard state.waiting.isEmpty, !state.isFinished else { return true }
          state.reader = continuation
          return false
        }
        if isThere { continuation.resume() }
      }
    }
  }

  private func take() -> ([Input], isFinished: Bool) {
    state.withLock { state in
      defer { (state.waiting, state.openText, state.hasTick) = ([], [:], false) }
      return (state.waiting, state.isFinished)
    }
  }
}

extension EventQueue.State {
  /// Whether the event is text for text that waits, to which it was added.
  fileprivate mutating func goOn(with event: RunEvent) -> Bool {
    guard case .answering(let pass, let more) = event, let place = openText[pass],
      case .event(.answering(_, var text)) = waiting[place]
    else { return false }
    // Held once only, so that it grows in place.
    waiting[place] = .tick
    defer { waiting[place] = .event(.answering(pass, text)) }
    return text.goOn(with: more)
  }

  /// The event comes last: the text of its pass goes on here or nowhere.
  fileprivate mutating func noteText(_ event: RunEvent) {
    switch event {
    case .answering(let pass, .text), .answering(let pass, .reasoning): openText[pass] = waiting.count
    default: openText[event.pass] = nil
    }
  }
}

extension AnswerEvent {
  /// Whether the other is more of the same, which was put behind it.
  fileprivate mutating func goOn(with other: AnswerEvent) -> Bool {
    switch (self, other) {
    case (.text(var text), .text(let more)):
      self = .text("")
      text += more
      self = .text(text)
    case (.reasoning(var text), .reasoning(let more)):
      self = .reasoning("")
      text += more
      self = .reasoning(text)
    default: return false
    }
    return true
  }
}

extension RunEvent {
  /// The pass of a step to which it happened.
  fileprivate var pass: StepPass {
    switch self {
    case .started(let pass), .retrying(let pass, _, _), .loweringForm(let pass, _, _, _, _),
      .answering(let pass, _), .repairing(let pass, _), .fallingBack(let pass, _, _),
      .calling(let pass, _, _), .called(let pass, _, _, _, _), .ended(let pass, _):
      pass
    }
  }
}
