/// How much may be under way to a provider at a time, by what it has said to earlier requests: as much as
/// was agreed, half of it after each refusal for too many requests, one more after each while without one.
///
/// A plain value that knows no clock: times are given, since any fixed moment.
struct SendWindow {
  /// What may be under way where nothing is known against it.
  private let greatest: Int
  private var size: Int
  private var underWay = 0
  private var line = WaitingLine()
  /// By model; under nil what holds for all of the provider.
  private var holds: [String?: Hold] = [:]
  /// How many refusals there were. One refusal of many requests that went out together is one.
  private var refusals = 0
  /// When the size changed last, or sending began again.
  private var steadySince = Duration.zero

  /// How long there must be no refusal before one more is tried.
  private static let whileToGrow = Duration.seconds(2)

  private struct Hold {
    let end: Duration
    let failure: EndpointFailure
  }

  init(_ greatest: Int) {
    self.greatest = greatest
    size = greatest
  }

  enum Turn {
    /// The request may go out; what it is to be given back with.
    case go(Pass)
    /// Nothing goes out for so long.
    case held(Duration, EndpointFailure)
    /// As much is under way as may be.
    case full
  }

  /// With which a request was let out.
  struct Pass: Sendable {
    fileprivate let refusals: Int
  }

  mutating func turn(for model: String, at now: Duration) -> Turn {
    if let hold = hold(of: model, at: now) { return .held(hold.end - now, hold.failure) }
    guard underWay < size else { return .full }
    underWay += 1
    return .go(Pass(refusals: refusals))
  }

  /// Who stands in line is let go on when there may be a turn for it. False where there may be one now.
  mutating func stand(_ waiter: Waiter) -> Bool {
    guard underWay >= size else { return false }
    line.add(waiter)
    return true
  }

  /// Takes one out of the line that no longer wants a turn; nil where it stands there no more.
  mutating func leaveLine(_ id: Waiter.ID) -> Waiter? { line.remove(id) }

  /// Gives those of the line that there is room for, where one that was let go on wants no turn any more.
  mutating func passOn() -> [Waiter] { line.take(size - underWay) }

  /// A request has ended. Gives those of the line that are to try again.
  mutating func end(_ pass: Pass, at now: Duration) -> [Waiter] {
    underWay -= 1
    if size < greatest, now - steadySince >= Self.whileToGrow {
      size += 1
      steadySince = now
    }
    return line.take(size - underWay)
  }

  /// As `end`, where the provider would not have it: there are too many requests for now.
  mutating func end(_ pass: Pass, refusedBy failure: EndpointFailure, of model: String, at now: Duration)
    -> [Waiter]
  {
    underWay -= 1
    if pass.refusals == refusals {
      refusals += 1
      size = max(1, size / 2)
      steadySince = now
    }
    guard let wait = failure.retryAfter, wait > .zero else { return line.take(size - underWay) }
    hold(wait, failure, failure.isAboutModel ? model : nil, at: now)
    // All of them are to hear how long it takes.
    return line.take(.max)
  }

  private mutating func hold(_ wait: Duration, _ failure: EndpointFailure, _ model: String?, at now: Duration)
  {
    let end = now + wait
    if let other = holds[model], other.end >= end { return }
    holds[model] = Hold(end: end, failure: failure)
    steadySince = max(steadySince, end)
  }

  private mutating func hold(of model: String, at now: Duration) -> Hold? {
    if holds.isEmpty { return nil }
    for (key, hold) in holds where hold.end <= now { holds[key] = nil }
    return [holds[nil], holds[model]].compactMap { $0 }.max { $0.end < $1.end }
  }

  // MARK: The line

  /// A request that waits for its turn.
  struct Waiter {
    typealias ID = Int
    let id: ID
    let continuation: CheckedContinuation<Void, Never>
  }
}

/// Who came first goes first; who goes away costs no more than its own place.
private struct WaitingLine {
  private var waiters: [Int: SendWindow.Waiter] = [:]
  private var order: [Int] = []
  private var head = 0

  mutating func add(_ waiter: SendWindow.Waiter) {
    waiters[waiter.id] = waiter
    order.append(waiter.id)
  }

  mutating func remove(_ id: SendWindow.Waiter.ID) -> SendWindow.Waiter? { waiters.removeValue(forKey: id) }

  mutating func take(_ count: Int) -> [SendWindow.Waiter] {
    var taken: [SendWindow.Waiter] = []
    while taken.count < count, head < order.count {
      if let waiter = waiters.removeValue(forKey: order[head]) { taken.append(waiter) }
      head += 1
    }
    if head > order.count / 2 {
      order.removeFirst(head)
      head = 0
    }
    return taken
  }
}
