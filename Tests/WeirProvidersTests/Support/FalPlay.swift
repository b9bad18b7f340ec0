import Synchronization
import WeirEndpoint
import WeirProviders
import WeirTestSupport
import WeirValues

/// fal on a stage: answers requests in turn with what it was told, and writes down what is sent, told and
/// waited for. Its clock goes on only where something waits.
final class FalPlay: Transport {
  enum Reply: Sendable {
    case whole(Int, String, headers: KeyValuePairs<String, String> = [:])
    /// A stream in pieces, which then ends or fails.
    case stream([String], failing: EndpointFailure? = nil, headers: KeyValuePairs<String, String> = [:])
    case failure(EndpointFailure)
    /// The task that asks is cancelled, and answered all the same.
    indirect case cancelling(Reply)
    /// The answer takes so long.
    indirect case after(Duration, Reply)
  }

  private struct State {
    var replies: ArraySlice<Reply>
    var lines: [String] = []
    var now = Duration.zero
  }

  private let state: Mutex<State>

  init(_ replies: [Reply]) { state = Mutex(State(replies: replies[...])) }

  /// Seconds since 1970: Wed, 21 Oct 2015 07:28:00 GMT, and what has been waited for.
  private static let start = 1_445_412_480.0

  var timing: FalTiming {
    FalTiming(
      now: { self.state.withLock { $0.now } },
      date: { self.state.withLock { Self.start + $0.now / .seconds(1) } },
      sleep: { duration in
        self.state.withLock {
          $0.now += duration
          $0.lines.append("waits \(duration.words)")
        }
        try Task.checkCancellation()
      })
  }

  var transcript: String {
    state.withLock { state in
      let left = state.replies.isEmpty ? [] : ["\(state.replies.count) answers were not asked for"]
      return (state.lines + left).joined(separator: "\n") + "\n"
    }
  }

  func write(_ line: String) { state.withLock { $0.lines.append(line) } }

  func endpoint(
    _ family: FalFamily = .router, at address: String = "https://fal.run", headers: [HTTPHeader] = []
  ) throws -> FalEndpoint {
    FalEndpoint(
      family, at: try WebAddress(address), key: Secret("key-id:0123456789abcdef"), headers: headers,
      over: self,
      timing: timing)
  }

  // MARK: Transport

  func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    try await open(request).whole()
  }

  func open(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPStream {
    write(request.written)
    guard let reply = state.withLock({ $0.replies.popFirst() }) else {
      throw EndpointFailure(.unsupported, "nothing more is played")
    }
    return try answer(reply)
  }

  private func answer(_ reply: Reply) throws(EndpointFailure) -> HTTPStream {
    switch reply {
    case .whole(let status, let body, let headers):
      write("< \(status) \(body)")
      return HTTPStream(
        HTTPResponse(status: status, headers: headers.map { ($0.key, $0.value) }, body: Array(body.utf8)))
    case .stream(let pieces, let failure, let headers):
      write("< 200, a stream")
      return HTTPStream(
        status: 200, headers: [("Content-Type", "text/event-stream")] + headers.map { ($0.key, $0.value) },
        from: Pieces(pieces, failure))
    case .failure(let failure):
      write("< \(failure.message)")
      throw failure
    case .cancelling(let reply):
      write("the one who asks is cancelled")
      withUnsafeCurrentTask { $0?.cancel() }
      return try answer(reply)
    case .after(let duration, let reply):
      state.withLock { $0.now += duration }
      return try answer(reply)
    }
  }

  private final class Pieces: HTTPStreamSource {
    private let left: Mutex<ArraySlice<String>>
    private let failure: EndpointFailure?

    init(_ pieces: [String], _ failure: EndpointFailure?) {
      left = Mutex(pieces[...])
      self.failure = failure
    }

    func next() async throws(EndpointFailure) -> [UInt8]? {
      if let piece = left.withLock({ $0.popFirst() }) { return Array(piece.utf8) }
      if let failure { throw failure }
      return nil
    }

    func letGo() {}
    func close() {}
  }
}

extension FalPlay {
  /// Asks, and writes down what was told and how it ended.
  func ask(_ endpoint: FalEndpoint, _ request: EndpointRequest) async {
    var request = request
    request.observe = { self.write("* \($0.written)") }
    do {
      write("= " + (try await endpoint.send(request)).written)
    } catch {
      write("= " + error.written)
    }
  }
}

extension HTTPRequest {
  /// For a transcript: where it goes, in which time, with which header and body.
  fileprivate var written: String {
    let lines =
      ["> \(method.rawValue) \(address.site)\(address.path)  (\(timeouts.whole.words))"]
      + headers.map { "  \($0.name): \($0.shown)" } + (body.count == 0 ? [] : ["  \(shownBody)"])
    return lines.joined(separator: "\n")
  }

  private var shownBody: String {
    let isText = headers.contains { $0.name == "Content-Type" && $0.text == "application/json" }
    return isText && body.count < 2_000 ? String(decoding: body.bytes, as: UTF8.self) : "\(body.count) bytes"
  }
}

extension AnswerEvent {
  fileprivate var written: String {
    switch self {
    case .text(let text): "text \(Value.string(text).json())"
    case .rewritten(let text): "rewritten \(Value.string(text).json())"
    case .reasoning(let text): "reasoning \(Value.string(text).json())"
    case .submitted(let job):
      "submitted \(job.id)\n  \(job.statusAddress)\n  \(job.resultAddress)\n  \(job.cancelAddress)"
    case .position(let position): "position \(position)"
    case .begun: "begun"
    case .unheard(let why): "unheard: \(why)"
    case .log(let line): "log \(line)"
    case .held(let time, let why): "held \(time.words): \(why)"
    }
  }
}

extension EndpointReply {
  fileprivate var written: String {
    (rendered + (billableUnits.map { "billable units: \($0)\n" } ?? "")).indented
  }
}

extension EndpointFailure {
  fileprivate var written: String {
    (rendered + (isUnderWay ? "may still be under way: \(job?.id ?? "nobody knows as what")\n" : "")).indented
  }
}

extension String {
  fileprivate var indented: String {
    split(separator: "\n").joined(separator: "\n  ")
  }
}
