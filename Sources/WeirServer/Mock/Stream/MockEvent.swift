/// Something that a stream says.
struct MockEvent {
  var content: Content
  /// How long after the event before it.
  var pause = Duration.zero

  enum Content {
    /// Keeps the connection alive, and is no event.
    case comment(String)
    /// JSON, or `[DONE]`.
    case data([UInt8])
  }

  static func comment(_ text: String, pause: Duration = .zero) -> MockEvent {
    MockEvent(content: .comment(text), pause: pause)
  }

  static func data(_ bytes: [UInt8], pause: Duration = .zero) -> MockEvent {
    MockEvent(content: .data(bytes), pause: pause)
  }
}

/// What of a stream's events is left out or said in another way. All of it is allowed, or has been seen.
struct MockStreamShape: Sendable, Hashable {
  /// Where the usage stands.
  enum UsagePlace: String, Sendable, CaseIterable {
    /// In an event of its own, without choices.
    case own
    /// In the event that ends the answer.
    case finish
    case none
  }

  /// How a call of a tool is cut.
  enum CallForm: String, Sendable, CaseIterable {
    /// Name first, then the arguments in pieces.
    case pieces
    /// In one event.
    case whole
    /// In pieces without their index, as if there were one call only.
    case unnumbered
  }

  /// An error after so many pieces of the answer.
  struct Break: Sendable, Hashable {
    let after: Int
    let message: String
    /// Whether `[DONE]` follows.
    var isDone = false
  }

  var usage: UsagePlace?
  var calls = CallForm.pieces
  /// Whether the stream says that the answer is at its end.
  var hasFinish = true
  /// Whether `[DONE]` is said.
  var hasDone = true
  /// Whether an event of fal takes back what was said before.
  var rewrites = false
  var failure: Break?
}
