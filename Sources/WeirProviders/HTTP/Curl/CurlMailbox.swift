import Synchronization
import WeirEndpoint

/// What tells one request from another while it is under way.
final class CurlTicket: Sendable {
  private let cancelled = Atomic(false)

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }
  func cancel() { cancelled.store(true, ordering: .releasing) }
}

/// A request on its way to the thread, and where the result goes.
struct CurlSubmission: Sendable {
  let ticket: CurlTicket
  let request: HTTPRequest
  let continuation: CheckedContinuation<Result<HTTPResponse, EndpointFailure>, Never>
}

/// Where tasks leave requests for the thread that serves them. Knows when it must be woken.
final class CurlMailbox: Sendable {
  struct Work {
    var arrived: [CurlSubmission] = []
    var cancelled: [CurlTicket] = []
    var isEmpty: Bool { arrived.isEmpty && cancelled.isEmpty }
  }

  private struct State {
    var work = Work()
    /// Set once nobody takes work any more; the answer to all that comes later.
    var refusal: EndpointFailure?
    /// Set while the thread sleeps or is about to. Who takes it wakes the thread, and does so after
    /// the lock is free: the thread would run into the lock at once.
    var sleeper: CurlMulti?

    mutating func takeSleeper() -> CurlMulti? {
      defer { sleeper = nil }
      return sleeper
    }
  }

  private let state = Mutex(State())

  func submit(_ submission: CurlSubmission) {
    let (sleeper, refusal) = state.withLock { state -> (CurlMulti?, EndpointFailure?) in
      if let refusal = state.refusal { return (nil, refusal) }
      state.work.arrived.append(submission)
      return (state.takeSleeper(), nil)
    }
    sleeper?.wake()
    if let refusal { submission.continuation.resume(returning: .failure(refusal)) }
  }

  /// The mark on the ticket comes first: a request that has not arrived yet is then not begun, and
  /// one that has is found by the thread.
  func cancel(_ ticket: CurlTicket) {
    ticket.cancel()
    let sleeper = state.withLock { state -> CurlMulti? in
      guard state.refusal == nil else { return nil }
      state.work.cancelled.append(ticket)
      return state.takeSleeper()
    }
    sleeper?.wake()
  }

  /// No more work; what is under way ends as cancelled.
  func close() {
    refuse(EndpointFailure(.cancelled, "the transport is closed"))
  }

  /// Answers all requests that wait or come later with `failure`.
  func refuse(_ failure: EndpointFailure) {
    let (sleeper, left) = state.withLock { state in
      let left = state.work.arrived
      state.work = Work()
      state.refusal = state.refusal ?? failure
      return (state.takeSleeper(), left)
    }
    sleeper?.wake()
    for submission in left { submission.continuation.resume(returning: .failure(failure)) }
  }

  /// What has come since the last call; nil when the thread is to end.
  func take() -> Work? {
    state.withLock { state in
      state.sleeper = nil
      if state.refusal != nil { return nil }
      defer { state.work = Work() }
      return state.work
    }
  }

  /// Whether the thread may sleep: there is nothing to do, and who comes next will wake it.
  func maySleep(_ multi: CurlMulti) -> Bool {
    state.withLock { state in
      guard state.work.isEmpty, state.refusal == nil else { return false }
      state.sleeper = multi
      return true
    }
  }
}
