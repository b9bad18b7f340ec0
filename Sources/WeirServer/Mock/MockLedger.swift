import WeirValues

/// What was answered, and what it came to: for OpenRouter's accounts.
struct MockLedger {
  /// Hundred-millionths of a dollar would not be exact for the costs of a tape; a sum of doubles is near enough.
  private var sum = 0.0
  private var generations: [String: HTTPServerReply] = [:]
  private var ids: [String] = []
  /// What is older is forgotten.
  private static let greatestCount = 10_000

  var usage: Number { Number((sum * 1e9).rounded() / 1e9) }

  mutating func add(_ answer: MockAnswer, isStreamed: Bool) {
    sum += answer.cost.double
    generations[answer.id] = OpenRouterCatalogue.generation(answer, isStreamed: isStreamed)
    ids.append(answer.id)
    if ids.count > 2 * Self.greatestCount {
      for id in ids.prefix(Self.greatestCount) { generations[id] = nil }
      ids.removeFirst(Self.greatestCount)
    }
  }

  func generation(_ id: String) -> HTTPServerReply? { generations[id] }
}

/// So many questions a second, in any second.
struct MockRate {
  private let limit: Int
  /// When the last ones came that were not refused, the oldest at `oldest`.
  private var times: [Duration] = []
  private var oldest = 0

  init(_ limit: Int) { self.limit = max(1, limit) }

  mutating func allows(_ now: Duration) -> Bool {
    if times.count < limit {
      times.append(now)
      return true
    }
    guard now - times[oldest] >= .seconds(1) else { return false }
    times[oldest] = now
    oldest = (oldest + 1) % limit
    return true
  }
}
