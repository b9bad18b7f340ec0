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

#if LIBFUZZER
  /// The loop of libFuzzer. It has no header, and Swift passes these arguments as C does.
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  @_cdecl("LLVMFuzzerTestOneInput")
  public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let complaints = FlowTrial(bytes: Array(UnsafeBufferPointer(start: start, count: count))).run()
    precondition(complaints.isEmpty, complaints.joined(separator: "; "))
    return 0
  }

  @main
  struct Fuzz {
    static func main() {
      var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
      exit(runDriver(&count, &arguments, testOneInput))
    }
  }
#else
  @main
  struct Fuzz {
    static func main() {
      var options = Options()
      do throws(UsageFailure) {
        try options.read(CommandLine.arguments.dropFirst())
      } catch {
        print("weir-fuzz: \(error.message)\n\(Options.usage)")
        exit(1)
      }
      if let file = options.replay { exit(replay(file)) }
      let found = options.readsAnswers ? run(options, AnswerTarget()) : run(options, FlowTarget())
      exit(found == 0 ? 0 : 4)
    }

    private static func run(_ options: Options, _ target: some Target) -> Int {
      var session = Session(options, target)
      session.run()
      return session.found
    }

    private static func replay(_ file: String) -> CInt {
      guard let data = try? Data(contentsOf: URL(filePath: file)) else {
        print("weir-fuzz: cannot read \(file)")
        return 1
      }
      let trial: any Trial =
        file.hasSuffix(".answer") ? AnswerTrial(bytes: Array(data)) : FlowTrial(bytes: Array(data))
      let complaints = trial.run()
      for complaint in complaints { print(complaint) }
      print("\(data.count) bytes in \(Int(trial.seconds(tries: 3) * 1e6)) µs")
      return complaints.isEmpty ? 0 : 4
    }
  }
#endif

struct UsageFailure: Error {
  let message: String
}

/// `--target flows|answers --seconds N --seed N --folder PATH`, or `--replay FILE`.
struct Options {
  static let usage =
    "usage: weir-fuzz [--target flows|answers] [--seconds N] [--seed N] [--folder PATH] | --replay FILE"

  private(set) var seconds = 60
  private(set) var seed: UInt64 = 1
  /// Where the input at hand and what is found are written.
  private(set) var folder = ".build/fuzz"
  private(set) var replay: String?
  /// Whether answers are read, not flows.
  private(set) var readsAnswers = false

  mutating func read(_ arguments: ArraySlice<String>) throws(UsageFailure) {
    var rest = arguments
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw UsageFailure(message: "\(name) needs a value") }
      switch name {
      case "--seconds": seconds = try Self.number(value, of: name)
      case "--seed": seed = UInt64(try Self.number(value, of: name))
      case "--target":
        guard value == "flows" || value == "answers" else {
          throw UsageFailure(message: "there is no target \(value)")
        }
        readsAnswers = value == "answers"
      case "--folder": folder = value
      case "--replay": replay = value
      default: throw UsageFailure(message: "there is no option \(name)")
      }
    }
  }

  private static func number(_ text: String, of name: String) throws(UsageFailure) -> Int {
    guard let number = Int(text), number >= 0 else {
      throw UsageFailure(message: "\(name) needs a whole number")
    }
    return number
  }
}
