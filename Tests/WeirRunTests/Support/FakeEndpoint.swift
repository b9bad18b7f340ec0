import WeirEndpoint
import WeirRun
import WeirValues

/// An endpoint that answers as it was told to, and holds answers back until the test lets them go.
actor FakeEndpoint: Endpoint {
  private var scripts: [String: [Result<EndpointReply, EndpointFailure>]] = [:]
  private var held: [String: CheckedContinuation<Void, Never>?] = [:]
  private var cancelled: Set<String> = []
  private var waiting: [(step: String, continuation: CheckedContinuation<Void, Never>)] = []
  private(set) var requests: [EndpointRequest] = []
  private(set) var underWay = 0
  private(set) var mostUnderWay = 0

  /// Answers for a step, one request after another. Other steps are answered with their own name.
  init(_ scripts: [String: [Result<EndpointReply, EndpointFailure>]] = [:], holding held: Set<String> = []) {
    self.scripts = scripts
    for step in held { self.held[step] = .some(nil) }
  }

  var asked: [String] { requests.map(\.step) }

  /// Returns when a request of the step has come in.
  func arrival(of step: String) async {
    if asked.contains(step) { return }
    await withCheckedContinuation { waiting.append((step, $0)) }
  }

  /// Lets the answer of a held step go.
  func release(_ step: String) {
    if case .some(.some(let continuation)) = held.removeValue(forKey: step) { continuation.resume() }
  }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    requests.append(request)
    underWay += 1
    mostUnderWay = max(mostUnderWay, underWay)
    defer { underWay -= 1 }
    for entry in waiting where entry.step == request.step { entry.continuation.resume() }
    waiting.removeAll { $0.step == request.step }
    await Task.yield()
    await hold(request.step)
    if Task.isCancelled { throw EndpointFailure(.cancelled, "cancelled") }
    guard var script = scripts[request.step], !script.isEmpty else {
      return EndpointReply(text: request.step)
    }
    let result = script.removeFirst()
    scripts[request.step] = script
    return try result.get()
  }

  private func hold(_ step: String) async {
    guard held[step] != nil else { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if cancelled.contains(step) { continuation.resume() } else { held[step] = continuation }
      }
    } onCancel: {
      Task { await self.cancel(step) }
    }
  }

  private func cancel(_ step: String) {
    cancelled.insert(step)
    release(step)
  }
}

extension Result<EndpointReply, EndpointFailure> {
  static func text(_ text: String, finish: EndpointReply.FinishReason = .stop) -> Self {
    .success(EndpointReply(text: text, finish: finish))
  }

  static func failed(
    _ kind: EndpointFailure.Kind = .unreachable, _ message: String = "no connection", attempts: Int = 1,
    neverArrived: Bool = false
  ) -> Self {
    var failure = EndpointFailure(kind, message)
    failure.attempts = attempts
    failure.neverArrived = neverArrived
    return .failure(failure)
  }
}
