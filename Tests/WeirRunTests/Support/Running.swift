import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirRun
import WeirValues

/// Answers each request with what the test makes of it.
struct AskedEndpoint: Endpoint {
  let answer: @Sendable (EndpointRequest) throws(EndpointFailure) -> String

  init(_ answer: @escaping @Sendable (EndpointRequest) throws(EndpointFailure) -> String) {
    self.answer = answer
  }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    EndpointReply(text: try answer(request))
  }
}

/// Answers nothing until it is cancelled.
actor SilentEndpoint: Endpoint {
  private(set) var requests = 0
  private var waiting: CheckedContinuation<Void, Never>?

  func arrival() async {
    if requests == 0 { await withCheckedContinuation { waiting = $0 } }
  }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    requests += 1
    waiting?.resume()
    waiting = nil
    for await _ in AsyncStream<Void>(unfolding: { try? await Task.sleep(for: .seconds(3_600)) }) {}
    throw EndpointFailure(.cancelled, "cancelled")
  }
}

/// Answers with the prompt; one prompt only after so many others.
actor PatientEndpoint: Endpoint {
  private let last: String
  private let count: Int
  private(set) var answered: [String] = []
  private var waiting: CheckedContinuation<Void, Never>?

  init(last: String, after count: Int) { (self.last, self.count) = (last, count) }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let text = request.prompt.text
    if text == last, answered.count < count { await withCheckedContinuation { waiting = $0 } }
    answered.append(text)
    if answered.count == count { waiting?.resume() }
    return EndpointReply(text: text)
  }
}

func ready(
  _ sketch: Sketch, _ change: (inout RunOptions) -> Void = { _ in }
) throws -> PreparedRun {
  var options = RunOptions(providers: ["main", "other"], defaultProvider: "main")
  change(&options)
  let (run, diagnostics) = prepare(sketch.program, options)
  return try #require(run, "\(diagnostics.map(\.message))")
}

/// A run of a sketch whose every provider is one endpoint.
func run(
  _ sketch: Sketch, on endpoint: any Endpoint, programs: (any ProgramLauncher)? = nil,
  log: EventLog = EventLog(), detail: RunReport.Detail = .steps,
  _ change: (inout RunOptions) -> Void = { _ in }
) async throws -> RunReport {
  await Runner(
    try ready(sketch, change), endpoints: ["main": endpoint, "other": endpoint], programs: programs,
    detail: detail, clock: RunClock(now: { .zero }, sleep: { _ in }), observe: log.add
  ).run()
}
