import WeirDiagnostics
import WeirEndpoint
import WeirProject
import WeirServer
import WeirStore

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

  static let mock = Command(
    name: "mock", summary: "Serve the endpoints of fal and OpenRouter on this machine", operands: "[options]",
    options: [port, tape, latency, fault, refuse],
    details: """
      It first prints the two lines to `eval`, which point Weir at it, then logs a line a request to
      standard error. Any key but `invalid` is right. It serves until it is interrupted.

        weir mock --port 8080 &
        export WEIR_FAL_URL=http://127.0.0.1:8080 FAL_KEY=any
      """
  ) { words, environment in
    let arguments = try Arguments(words, [port, tape, latency, fault, refuse] + Option.everywhere)
    if let operand = arguments.operands.first {
      throw UsageError("`weir mock` takes no `\(operand)`", help: "weir mock [--port PORT] [--tape FILE]")
    }
    let console = environment.console
    let server = MockServer(
      port: try arguments.wholeNumber(port, 0...65535) ?? 0, tape: try readTape(arguments, environment),
      latency: try readLatency(arguments), faults: try readFaults(arguments),
      refusing: try readRefused(arguments), log: { console.note($0) })
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

  private static func readTape(
    _ arguments: Arguments, _ environment: CommandEnvironment
  ) throws(UsageError) -> Tape? {
    guard let path = arguments.value(tape) else { return nil }
    return try ProjectFiles(directory: environment.directory).loadTape(path)
  }

  private static func readLatency(_ arguments: Arguments) throws(UsageError) -> Duration {
    guard let text = arguments.value(latency) else { return .zero }
    guard let duration = Duration(written: text), duration <= .seconds(3600) else {
      throw UsageError("`--latency` takes a time, found `\(text)`", help: "write it like 50ms or 2s")
    }
    return duration
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

extension Duration {
  /// `50ms`, `2s`, `1m`
  fileprivate init?(written text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number.isFinite, number < 1e9 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": self = .microseconds(Int64(number * 1000))
    case "s": self = .milliseconds(Int64(number * 1000))
    case "m": self = .milliseconds(Int64(number * 60_000))
    default: return nil
    }
  }
}
