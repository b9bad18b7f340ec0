package import WeirReading

/// What had to be forgiven in an answer that is used. There is none for an answer in which the value
/// stood as it is.
package struct ReadingNote: Sendable, Hashable {
  package let certainty: Reading.Certainty
  package let place: Reading.Place
  /// In the order of the answer; at least one.
  package let changes: [Reading.Change]

  init?(_ reading: Reading) {
    guard !reading.changes.isEmpty else { return nil }
    certainty = reading.certainty
    place = reading.place
    changes = reading.changes
  }
}
