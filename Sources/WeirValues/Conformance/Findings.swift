/// What a walk over a value has found so far.
struct Findings {
  var mismatches: [Mismatch] = []
  var extra: [ValuePath] = []
  private var conditioned: [Conditioned] = []

  private struct Conditioned {
    let condition: ConditionID
    let path: ValuePath
    /// Nil until the value is known to fit.
    var value: Value?
  }

  /// A condition whose value is being walked.
  struct Mark {
    fileprivate let place: Int
    fileprivate let mismatches: Int
  }

  /// Notes a condition before what is inside its value; null has none.
  mutating func open(_ condition: ConditionID, _ value: Value, _ path: ValuePath) -> Mark? {
    if value == .null { return nil }
    conditioned.append(Conditioned(condition: condition, path: path, value: nil))
    return Mark(place: conditioned.count - 1, mismatches: mismatches.count)
  }

  mutating func close(_ mark: Mark, _ value: Value) {
    if mismatches.count == mark.mismatches { conditioned[mark.place].value = value }
  }

  mutating func append(_ other: Findings) {
    mismatches += other.mismatches
    extra += other.extra
    conditioned += other.conditioned
  }

  func conformance(of value: Value) -> Conformance {
    Conformance(
      value: value, mismatches: mismatches, extra: extra,
      conditioned: conditioned.compactMap { entry in
        entry.value.map { .init(condition: entry.condition, value: $0, path: entry.path) }
      })
  }
}
