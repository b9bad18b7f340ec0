#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The median time of a piece of work, so that one disturbance of the machine does not count.
enum Stopwatch {
  /// Runs `body` so often, after one run that warms up.
  static func median(of rounds: Int, _ body: () -> Void) -> Duration {
    body()
    return middle((0..<rounds).map { _ in ContinuousClock().measure(body) })
  }

  /// The time of the processor in this thread: what other programs do meanwhile counts less.
  static func processorMedian(of rounds: Int, _ body: () -> Void) -> Duration {
    body()
    return middle(
      (0..<rounds).map { _ in
        let start = processorTime
        body()
        return processorTime - start
      })
  }

  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
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
