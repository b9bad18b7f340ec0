/// The median time of a piece of work, so that one disturbance of the machine does not count.
enum Stopwatch {
  /// Runs `body` so often, after one run that warms up.
  static func median(of rounds: Int, _ body: () -> Void) -> Duration {
    body()
    return middle((0..<rounds).map { _ in ContinuousClock().measure(body) })
  }

  static func median(of rounds: Int, _ body: () async -> Void) async -> Duration {
    await body()
    var times: [Duration] = []
    for _ in 0..<rounds { times.append(await ContinuousClock().measure(body)) }
    return middle(times)
  }

  private static func middle(_ times: [Duration]) -> Duration { times.sorted()[times.count / 2] }
}

extension Duration {
  func megabytesPerSecond(_ bytes: Int) -> Int { Int(Double(bytes) / 1e6 / (self / .seconds(1))) }

  func nanoseconds(per count: Int) -> Int { Int(self / .nanoseconds(1) / Double(count)) }
}
