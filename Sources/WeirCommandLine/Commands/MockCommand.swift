import WeirDiagnostics
import WeirEndpoint
import WeirProject
import WeirServer
import WeirStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Command {
  private static let port = Option.value(
    "port", "PORT", "The port on 127.0.0.1; 0, the default, takes a free one")
  private static let tape = Option.value("tape", "FILE", "Answer from this tape; what it lacks is made up")
  private static let latency = Option.value(
    "latency", "TIME", "How long each answer takes, such as 50ms or 2s")
  private static let fault = Option.value(
    "fault", "FAULT",
    """
    How one of the first answers fails; may be repeated, one for each request: 429, 429:retry-after=1, 500, \
    hang, cut, reset, html502, empty200, error200
    """)

  private static let refuse = Option.value(
    "refuse", "FORM",
    "Refuse as a model does that takes no schema (json_schema), or no response_format at all (response_format)"
  )

  private static let faults = Option.value(
    "faults", "FILE", "What goes wrong for which requests, as rules in JSON; see docs/mock.md")
  private static let unavailable = Option.value(
    "unavailable", "MODEL", "A model that nobody provides for now, so that another answers; may be repeated")
  private static let rate = Option.value(
    "rate", "COUNT", "Refuse more questions in a second with 429 and `Retry-After: 1`")
  private static let pieces = Option.value(
    "pieces", "COUNT", "In how many pieces an answer is streamed; a made-up text is as long as that needs")
  private static let pace = Option.value("pace", "TIME", "How long between two pieces, such as 20ms")
  private static let queue = Option.value(
    "queue", "COUNT", "Places before every job of fal's queue; each takes --latency, or 100ms")

  private static let mockOptions = [
    port, tape, latency, pieces, pace, queue, rate, fault, faults, refuse, unavailable,
  ]

  static let mock = Command(
    name: "mock", summary: "Serve the endpoints of fal and OpenRouter on this machine", operands: "[options]",
    options: mockOptions,
    details: """
      It first prints the two lines to `eval`, which point Weir at it, then logs a line a request to
      standard error. Any key but `invalid` is right. It serves until it is interrupted.

        weir mock --port 8080 &
        export WEIR_FAL_URL=http://127.0.0.1:8080 FAL_KEY=any
      """
  ) { words, environment in
    let arguments = try Arguments(words, mockOptions + Option.everywhere)
    if let operand = arguments.operands.first {
      throw UsageError("`weir mock` takes no `\(operand)`", help: "weir mock [--port PORT] [--tape FILE]")
    }
    let console = environment.console
    let server = MockServer(
      port: try arguments.wholeNumber(port, 0...65535) ?? 0,
      options: try readMockOptions(arguments, environment), log: { console.note($0) })
    let bound: Int
    do throws(ServerError) {
      bound = try server.start()
    } catch {
      throw UsageError(error.message, help: "choose another --port", exitCode: .failed)
    }
    console.print("export WEIR_FAL_URL=http://127.0.0.1:\(bound)")
    console.print("export WEIR_OPENROUTER_URL=http://127.0.0.1:\(bound)/api/v1")
    await waitForCancellation()
    server.stop()
    return .interrupted
  }

  private static func readMockOptions(
    _ arguments: Arguments, _ environment: CommandEnvironment
  ) throws(UsageError) -> MockOptions {
    var options = MockOptions()
    options.tape = try readTape(arguments, environment)
    options.latency = try readTime(latency, arguments) ?? .zero
    options.faults = try readFaults(arguments)
    options.script = try readScript(arguments, environment)
    options.refusing = try readRefused(arguments)
    options.unavailable = Set(arguments.all(unavailable))
    options.pieces = try arguments.wholeNumber(pieces, 1...100_000)
    options.pace = try readTime(pace, arguments) ?? .zero
    options.queue = try arguments.wholeNumber(queue, 0...100_000) ?? 0
    options.rate = try arguments.wholeNumber(rate, 1...100_000)
    return options
  }

  private static func readTape(
    _ arguments: Arguments, _ environment: CommandEnvironment
  ) throws(UsageError) -> Tape? {
    guard let path = arguments.value(tape) else { return nil }
    return try ProjectFiles(directory: environment.directory).loadTape(path)
  }

  private static func readTime(_ option: Option, _ arguments: Arguments) throws(UsageError) -> Duration? {
    guard let text = arguments.value(option) else { return nil }
    guard let duration = Duration(written: text), duration <= .seconds(3600) else {
      throw UsageError("`--\(option.name)` takes a time, found `\(text)`", help: "write it like 50ms or 2s")
    }
    return duration
  }

  private static func readScript(
    _ arguments: Arguments, _ environment: CommandEnvironment
  ) throws(UsageError) -> FaultScript {
    guard let path = arguments.value(faults) else { return FaultScript() }
    let text: Data
    do throws(LoadFailure) {
      text = try ProjectFiles(directory: environment.directory).read(
        path, atMost: ProjectFiles.greatestFlow, as: "script of faults")
    } catch {
      throw UsageError(error.message, help: error.advice, exitCode: .invalid)
    }
    do throws(FaultError) {
      return try FaultScript(parsing: Array(text))
    } catch {
      throw UsageError("\(path): \(error.message)", help: error.help, exitCode: .invalid)
    }
  }

  private static func readFaults(_ arguments: Arguments) throws(UsageError) -> [Fault] {
    var faults: [Fault] = []
    for text in arguments.all(fault) {
      do {
        faults.append(try Fault(parsing: text))
      } catch {
        throw UsageError(error.message, help: error.help)
      }
    }
    return faults
  }

  private static func readRefused(_ arguments: Arguments) throws(UsageError) -> Set<AnswerForm> {
    switch arguments.value(refuse) {
    case nil: return []
    case "json_schema": return [.schema]
    case "response_format": return [.schema, .json]
    case .some(let text):
      throw UsageError("`--refuse` takes json_schema or response_format, found `\(text)`")
    }
  }

  private static func waitForCancellation() async {
    let (never, continuation) = AsyncStream.makeStream(of: Never.self)
    for await _ in never {}
    continuation.finish()
  }
}
