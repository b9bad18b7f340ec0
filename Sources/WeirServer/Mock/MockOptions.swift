package import WeirEndpoint

/// How the mock behaves.
package struct MockOptions: Sendable {
  /// What fits none of its entries is made up.
  package var tape: Tape?
  /// How long a model takes until it says something, and how long each place in the queue takes.
  package var latency = Duration.zero
  /// One for each of the first requests, in the order in which they come.
  package var faults: [Fault] = []
  package var script = FaultScript()
  /// The forms of `response_format` that no model takes.
  package var refusing: Set<AnswerForm> = []
  /// Models that nobody provides for now.
  package var unavailable: Set<String> = []
  /// In how many pieces an answer is streamed; nil for pieces of a few bytes.
  package var pieces: Int?
  /// Between two pieces.
  package var pace = Duration.zero
  /// Places before every job of the queue.
  package var queue = 0
  /// Questions a second; what comes beyond is refused.
  package var rate: Int?

  package init() {}

  var rhythm: MockRhythm { MockRhythm(pieces: pieces, pace: pace, latency: latency) }
}
