import Synchronization

/// Plays a tape: the n-th of equal requests gets the n-th of the entries that fit it, the most
/// specific first, then in the order of the tape. After the last one, that is played again.
///
/// What is counted are equal requests and nothing else: one request never uses up an entry that
/// another fits too. So it does not matter in which order the requests of a run come.
///
/// A question whose answer was sent back is the same question again, for which the entry after the one
/// that was sent back is played, unless an entry names just this prompt. In the same way a question whose calls
/// were answered plays the entry after the one with the calls.
package final class TapePlayer: Sendable {
  private let entries: [Tape.Entry]
  /// An entry with turns stands here with its conversation as well.
  private let byPrompt: [String: [Int]]
  /// Those that fit every prompt, by step. Under nil those that fit every step as well.
  private let byStep: [String?: [Int]]
  private let turns = Mutex<[Key: Turn]>([:])

  private struct Key: Hashable {
    let question: TapeQuestion
    let repairs: Int
  }

  private struct Turn {
    /// Most specific first.
    let fitting: [Int]
    var next: Int
  }

  package init(_ tape: Tape) {
    entries = tape.entries
    let all = tape.entries.indices
    var byPrompt: [String: [Int]] = [:]
    for (place, entry) in tape.entries.enumerated() {
      for text in [entry.prompt, entry.conversation].compactMap({ $0 }) {
        byPrompt[text, default: []].append(place)
      }
    }
    self.byPrompt = byPrompt
    byStep = Dictionary(
      grouping: all.filter { tape.entries[$0].prompt == nil }, by: { tape.entries[$0].step })
  }

  /// The entry for the next request like this; nil when none fits.
  package func next(for question: TapeQuestion) -> Tape.Entry? {
    if let (original, repairs) = question.original, byPrompt[question.prompt] == nil {
      return next(for: Key(question: original, repairs: repairs))
    }
    return next(for: Key(question: question, repairs: 0))
  }

  private func next(for key: Key) -> Tape.Entry? {
    turns.withLock { turns in
      var turn = turns[key] ?? Turn(fitting: fitting(key.question), next: key.repairs + key.question.rounds)
      guard !turn.fitting.isEmpty else { return nil }
      let place = turn.fitting[min(turn.next, turn.fitting.count - 1)]
      turn.next += 1
      turns[key] = turn
      return entries[place]
    }
  }

  private func fitting(_ question: TapeQuestion) -> [Int] {
    let wildcards =
      if let step = question.step { (byStep[step] ?? []) + (byStep[nil] ?? []) } else {
        byStep.values.flatMap(\.self)
      }
    return ((byPrompt[question.prompt] ?? []) + wildcards)
      .filter { question.fits(entries[$0]) }
      .sorted { (-entries[$0].specificity, $0) < (-entries[$1].specificity, $1) }
  }
}
