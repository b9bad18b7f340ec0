import CurlShim
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
    /// The address of the multi handle while its thread sleeps or is about to. A number, because a
    /// pointer may not cross threads: only `wake` turns it back, under the lock that also covers
    /// the moment at which the thread takes it away.
    var sleeper: UInt?
  }

  private let state = Mutex(State())

  func submit(_ submission: CurlSubmission) {
    let refusal = state.withLock { state -> EndpointFailure? in
      if let refusal = state.refusal { return refusal }
      state.work.arrived.append(submission)
      Self.wake(&state)
      return nil
    }
    if let refusal { submission.continuation.resume(returning: .failure(refusal)) }
  }

  /// The mark on the ticket comes first: a request that has not arrived yet is then not begun, and
  /// one that has is found by the thread.
  func cancel(_ ticket: CurlTicket) {
    ticket.cancel()
    state.withLock { state in
      guard state.refusal == nil else { return }
      state.work.cancelled.append(ticket)
      Self.wake(&state)
    }
  }

  /// No more work; what is under way ends as cancelled.
  func close() {
    refuse(EndpointFailure(.cancelled, "the transport is closed"))
  }

  /// Answers all requests that wait or come later with `failure`.
  func refuse(_ failure: EndpointFailure) {
    let left = state.withLock { state in
      let left = state.work.arrived
      state.work = Work()
      state.refusal = state.refusal ?? failure
      Self.wake(&state)
      return left
    }
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
  func maySleep(_ multi: OpaquePointer) -> Bool {
    state.withLock { state in
      guard state.work.isEmpty, state.refusal == nil else { return false }
      state.sleeper = UInt(bitPattern: multi)
      return true
    }
  }

  private static func wake(_ state: inout State) {
    guard let sleeper = state.sleeper, let multi = OpaquePointer(bitPattern: sleeper) else { return }
    state.sleeper = nil
    _ = curlshim_multi_wakeup(multi)
  }
}
