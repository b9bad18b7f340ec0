/// Elements of lists that were fitted while their answer came, with what came of it.
struct FittedElements {
  private var outcomes: [Int: (type: WantedTypes.ID, outcome: Fitter.Outcome)] = [:]

  mutating func add(_ node: Int, _ type: WantedTypes.ID, _ outcome: Fitter.Outcome) {
    outcomes[node] = (type, outcome)
  }

  func outcome(of node: Int, as type: WantedTypes.ID) -> Fitter.Outcome? {
    guard !outcomes.isEmpty, let known = outcomes[node], known.type == type else { return nil }
    return known.outcome
  }
}
