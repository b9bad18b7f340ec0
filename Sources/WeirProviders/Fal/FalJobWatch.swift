import WeirEndpoint

/// What there is to tell of a job, one status after another: only what is new.
struct FalJobWatch: Sendable {
  private let secrets: [Secret]
  private var position: Int?
  private var hasBegun = false
  private var logs = 0
  /// What kept the last status from coming; nil where it came.
  private(set) var trouble: String?

  init(hiding secrets: [Secret]) { self.secrets = secrets }

  /// Polled: its logs are all that there are so far.
  mutating func take(polled status: FalJobStatus) -> [AnswerEvent] {
    trouble = nil
    var status = status
    let seen = logs
    logs = max(logs, status.logs.count)
    status.logs = Array(status.logs.dropFirst(seen))
    return stage(of: status) + lines(of: status)
  }

  /// Out of a stream: its logs are those since the last.
  mutating func take(streamed status: FalJobStatus) -> [AnswerEvent] {
    logs += status.logs.count
    return stage(of: status) + lines(of: status)
  }

  /// Told once while it lasts. Then how far the job has come is news again.
  mutating func take(_ failure: EndpointFailure) -> [AnswerEvent] {
    defer { trouble = failure.message }
    guard trouble == nil else { return [] }
    (position, hasBegun) = (nil, false)
    return [.unheard(why: failure.message)]
  }

  private mutating func stage(of status: FalJobStatus) -> [AnswerEvent] {
    switch status.stage {
    case .waiting(let new):
      guard let new, new != position else { return [] }
      position = new
      return [.position(new)]
    case .running:
      guard !hasBegun else { return [] }
      hasBegun = true
      return [.begun]
    case .done: return []
    }
  }

  private func lines(of status: FalJobStatus) -> [AnswerEvent] {
    status.logs.map { .log(Excerpt.of($0, hiding: secrets)) }.filter { $0 != .log("") }
  }
}
