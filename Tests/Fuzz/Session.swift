import WeirSyntaxSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes one input after the other until its time is over, and writes down what it finds.
///
/// The input at hand lies in `last.flow` or `last.answer` while it is tried, so that one that ends the process can be
/// replayed. What every seed makes is the same each time, whatever the machine.
struct Session<Subject: Target> {
  private let options: Options
  private let target: Subject
  private(set) var found = 0
  private var cases = 0
  private var bytes = 0
  private var slowest: (secondsPerByte: Double, bytes: Int) = (0, 0)
  private var steepest = 0.0

  init(_ options: Options, _ target: Subject) {
    self.options = options
    self.target = target
    _ = mkdir(".build", 0o755)
    _ = mkdir(options.folder, 0o755)
  }

  mutating func run() {
    let clock = ContinuousClock()
    let start = clock.now
    let end = start + .seconds(options.seconds)
    var report = start + .seconds(30)
    while clock.now < end {
      // A seed of its own for each case, so that one alone can be made again.
      var random = Random(seed: options.seed &* 0x1_0000_0001 &+ UInt64(cases))
      if cases % 40 == 39 { tryGrowth(&random) } else { tryOne(&random) }
      cases += 1
      if clock.now > report {
        printFigures()
        report += .seconds(30)
      }
    }
    printFigures()
  }

  private func printFigures() {
    print(
      "\(cases) cases, \(bytes >> 20) MB, found \(found); slowest \(Int(slowest.secondsPerByte * 1e9)) ns a byte"
        + " (\(slowest.bytes) bytes); steepest growth \(Int(steepest * 100)) %; \(Self.peakMemory >> 20) MB")
    fflush(nil)
  }

  // MARK: Trials

  private mutating func tryOne(_ random: inout Random) {
    let input = target.input(&random)
    write(input, to: "last.\(Subject.suffix)")
    let trial = Subject.Subject(bytes: input)
    for complaint in trial.run() { note(complaint, input) }
    bytes += input.count
    checkTime(trial)
    if cases % 100 == 0 { checkMemory(input) }
  }

  /// At most 50 ms and 2 µs a byte, the best of three where the first try took longer.
  private mutating func checkTime(_ trial: some Trial) {
    let allowed = 0.05 + 2e-6 * Double(trial.bytes.count)
    var seconds = trial.seconds(tries: 1)
    if seconds > allowed { seconds = trial.seconds(tries: 3) }
    if seconds > allowed {
      note("takes \(Int(seconds * 1000)) ms for \(trial.bytes.count) bytes", trial.bytes)
    }
    let size = Double(max(1000, trial.bytes.count))
    if seconds / size > slowest.secondsPerByte { seconds = trial.seconds(tries: 5) }
    let perByte = seconds / size
    if perByte > slowest.secondsPerByte {
      slowest = (perByte, trial.bytes.count)
      write(trial.bytes, to: "slowest.\(Subject.suffix)")
    }
  }

  /// Inputs are small, so a gigabyte is a leak or a blow-up.
  private mutating func checkMemory(_ input: [UInt8]) {
    if Self.peakMemory > 1 << 30 { note("\(Self.peakMemory >> 20) MB of memory", input) }
  }

  /// A few pieces, repeated to ever larger texts: eight times the text may take at most some
  /// twenty times the time. Small times say nothing, so the texts grow until they are no longer small.
  private mutating func tryGrowth(_ random: inout Random) {
    var mutator = Mutator(random: Random(seed: random.next()))
    let base = target.input(&random)
    guard let text = target.repeated(base, &mutator, &random) else { return }
    let small = Subject.Subject(bytes: text(16 << 10))
    let large = Subject.Subject(bytes: text(128 << 10))
    write(large.bytes, to: "last.\(Subject.suffix)")
    bytes += large.bytes.count
    var (before, after) = (small.seconds(tries: 2), large.seconds(tries: 1))
    if after > 0.03, after > 16 * before {
      (before, after) = (small.seconds(tries: 4), large.seconds(tries: 3))
    }
    if after > 0.03 { steepest = max(steepest, after / before / 8 - 1) }
    if after > 0.03, after > 20 * before || after > 0.05 + 2e-6 * Double(large.bytes.count) {
      note(
        "grows: \(Int(before * 1e6)) µs for \(small.bytes.count) bytes, \(Int(after * 1e6)) µs for \(large.bytes.count)",
        large.bytes)
    }
    for complaint in large.run() { note(complaint, large.bytes) }
  }

  // MARK: What is found

  private mutating func note(_ complaint: String, _ input: [UInt8]) {
    found += 1
    let name = "found-\(options.seed)-\(cases).\(Subject.suffix)"
    print("case \(cases): \(complaint); see \(options.folder)/\(name)")
    fflush(nil)
    write(input, to: name)
  }

  private func write(_ input: [UInt8], to name: String) {
    try? Data(input).write(to: URL(filePath: "\(options.folder)/\(name)"))
  }

  /// The most memory that the process ever held, in bytes.
  private static var peakMemory: Int {
    var usage = rusage()
    // RUSAGE_SELF, which Glibc gives a type of its own that its function does not take.
    getrusage(0, &usage)
    #if canImport(Darwin)
      return usage.ru_maxrss
    #else
      return usage.ru_maxrss << 10
    #endif
  }
}
