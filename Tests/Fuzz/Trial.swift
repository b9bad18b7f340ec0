#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One input, and what must hold whatever it is.
protocol Trial {
  var bytes: [UInt8] { get }

  init(bytes: [UInt8])

  /// What does not hold, in words; empty when all does. A trap ends the process instead.
  func run() -> [String]

  /// What is timed.
  func work()
}

extension Trial {
  /// How long the work takes, the best of a few, in seconds of this thread, which other programs do not
  /// take part in.
  func seconds(tries: Int) -> Double {
    var best = Double.infinity
    for _ in 0..<tries {
      let start = threadSeconds()
      work()
      best = min(best, threadSeconds() - start)
    }
    return best
  }
}

private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
