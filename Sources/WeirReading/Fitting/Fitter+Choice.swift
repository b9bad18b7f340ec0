import WeirValues

extension Fitter {
  /// The choice among what came of several ways to take a part. They may be tried in any order: what is
  /// chosen hangs on their places alone.
  struct Choice {
    private(set) var best: Tried?
    /// Of those that do not fit, the one that comes nearest.
    private(set) var nearest: Tried?
    /// What costs as little as the best and means something else.
    private(set) var rival: Value?
    private let isWhole: Bool

    struct Tried {
      let outcome: Outcome
      let place: Int
    }

    /// `isWhole` says whether the part is the whole value.
    init(isWhole: Bool) { self.isWhole = isWhole }

    /// Whether what costs so much at least may yet be chosen.
    func mayTake(_ least: Int, _ place: Int) -> Bool {
      guard let best else { return true }
      let cost = best.outcome.log.cost
      return cost == 0 ? place < best.place && least == 0 : least <= cost
    }

    mutating func offer(_ outcome: Outcome, _ place: Int) {
      let tried = Tried(outcome: outcome, place: place)
      guard let value = outcome.value else {
        if nearest.map({ isNearer(tried, than: $0) }) ?? true { nearest = tried }
        return
      }
      guard let present = best, outcome.log.cost >= present.outcome.log.cost else {
        best = tried
        rival = nil
        return
      }
      if outcome.log.cost == present.outcome.log.cost { offerEqual(tried, value, present) }
    }

    private mutating func offerEqual(_ tried: Tried, _ value: Value, _ present: Tried) {
      let isFirst = tried.place < present.place
      if isFirst { best = tried }
      if value != present.outcome.value, rival == nil { rival = isFirst ? present.outcome.value : value }
    }

    private func isNearer(_ one: Tried, than other: Tried) -> Bool {
      let (log, otherLog) = (one.outcome.log, other.outcome.log)
      if log.isNearer(than: otherLog, isWhole: isWhole) { return true }
      return one.place < other.place && !otherLog.isNearer(than: log, isWhole: isWhole)
    }
  }
}
