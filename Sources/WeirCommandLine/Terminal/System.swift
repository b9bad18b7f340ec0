import Dispatch
import Synchronization
import WeirDiagnostics
import WeirProviders

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

/// The process that `weir` runs in: the one place that reads the real environment and its signals.
package enum System {
  /// Runs the program with the arguments of the process, and ends the process.
  package static func runAndExit() async -> Never {
    // A pipe that closed is told by `write`; it must not end the process.
    signal(SIGPIPE, SIG_IGN)
    let words = Array(ProcessInfo.processInfo.arguments.dropFirst())
    if words.first == Command.run.name { useOneHeap() }
    let environment = environment(for: words)
    // Away from the main actor: each hop to it would cost more than a step does here.
    let work = Task.detached { await CommandLine.run(words, in: environment) }
    let signals = cancelOnSignal(work)
    let code = await work.value
    for signal in signals { signal.cancel() }
    exit(code == .interrupted && isHungUp.load(ordering: .relaxed) ? .hungUp : code)
  }

  private static func environment(for words: [String]) -> CommandEnvironment {
    let variables = ProcessInfo.processInfo.environment
    let makeTransport: @Sendable () -> CurlTransport = {
      CurlTransport(
        .init(userAgent: "weir/\(CommandLine.version)", certificates: variables["SSL_CERT_FILE"]))
    }
    // Opening libcurl takes longer than all else before the first request, so it begins first.
    let isRun = words.first == Command.run.name && RunOption.mayAsk(words)
    let early = isRun ? makeTransport() : nil
    let isTerminal = StandardStreams.shared.isTerminal(.error) && variables["TERM"] != "dumb"
    return CommandEnvironment(
      variables: variables,
      directory: FileManager.default.currentDirectoryPath,
      console: Console(
        isTerminal: isTerminal, isOutputTerminal: StandardStreams.shared.isTerminal(.output),
        style: isTerminal ? .coloured : .plain,
        output: { StandardStreams.shared.write($0, to: .output) },
        error: { StandardStreams.shared.write($0, to: .error) }),
      hasPipedInput: hasPipedInput(),
      readPart: { readPart() },
      makeTransport: { early ?? makeTransport() })
  }

  /// A pipe or a file; a terminal or `/dev/null` is nothing to read a text from.
  private static func hasPipedInput() -> Bool {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFIFO || kind == S_IFREG || kind == S_IFSOCK
  }

  private static func readPart() -> [UInt8] {
    while true {
      var count = 0
      var failure: Int32 = 0
      let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
        count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
        failure = errno
        filled = max(0, count)
      }
      if count >= 0 || failure != EINTR { return part }
    }
  }

  // MARK: Memory

  /// Lets all threads take their memory from one place. Glibc gives each a place of its own else, and what was
  /// freed in one lies idle while another grows: what a thread has freed that read a flow is not there for answers.
  ///
  /// A run does nearly everything on one thread, so none waits for another. To be called before there are threads.
  private static func useOneHeap() {
    #if canImport(Glibc)
      typealias Set = @convention(c) (CInt, CInt) -> CInt
      // The header that declares `int mallopt(int, int)` is in no module that Swift can import. Its `M_ARENA_MAX`:
      let mostHeaps: CInt = -8
      if let symbol = dlsym(nil, "mallopt") { _ = unsafeBitCast(symbol, to: Set.self)(mostHeaps, 1) }
    #endif
  }

  /// Gives the system back what was freed so far. Glibc keeps it else, scattered in places too small for the
  /// answers of models: of a large flow the tree alone, which is gone when a run begins, was a fifth of all.
  ///
  /// Of a short flow there is little to give, and to look for the way to give it would wait for the library
  /// of the network, which is being opened meanwhile.
  static func returnFreeMemory(afterText bytes: Int) {
    guard bytes > 1 << 18 else { return }
    #if canImport(Glibc)
      typealias Trim = @convention(c) (Int) -> CInt
      // The header that declares `int malloc_trim(size_t)` is in no module that Swift can import.
      if let symbol = dlsym(nil, "malloc_trim") { _ = unsafeBitCast(symbol, to: Trim.self)(0) }
    #endif
  }

  // MARK: Signals

  /// Whether the terminal has gone away.
  private static let isHungUp = Atomic(false)

  /// The first Ctrl-C cancels all and lets the run say what was done; a second one ends at once. A terminal that
  /// goes away does the same, unless whoever started this process has it ignored, as `nohup` does.
  private static func cancelOnSignal(_ work: Task<ExitCode, Never>) -> [any DispatchSourceSignal] {
    let numbers = [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
    return numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if number == SIGHUP { isHungUp.store(true, ordering: .relaxed) }
        if work.isCancelled { exit(number == SIGHUP ? .hungUp : .interrupted) }
        work.cancel()
      }
      source.resume()
      return source
    }
  }

  private static func isIgnored(_ number: CInt) -> Bool {
    let before = signal(number, SIG_DFL)
    signal(number, before)
    // The handlers that stand for words of the system are small numbers, and functions cannot be compared.
    return unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Flushes and ends without exit handlers, so that no library's race with running threads.
  private static func exit(_ code: ExitCode) -> Never {
    let streams = StandardStreams.shared
    streams.flush()
    if let failure = streams.outputFailure {
      streams.write("error: the result could not be written: \(failure)\n", to: .error)
      streams.flush()
      _exit(max(code.rawValue, ExitCode.failed.rawValue))
    }
    _exit(code.rawValue)
  }
}
