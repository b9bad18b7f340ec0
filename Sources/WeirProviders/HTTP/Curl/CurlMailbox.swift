import Synchronization
import WeirEndpoint

/// What tells one request from another while it is under way.
final class CurlTicket: Sendable {
  private let cancelled = Atomic(false)
  private let runningPlace = Atomic(-1)

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }
  func cancel() { cancelled.store(true, ordering: .releasing) }

  /// Where the loop, which alone asks and says so, has the request among those that run; nil for nowhere.
  var place: Int? {
    get {
      let place = runningPlace.load(ordering: .relaxed)
      return place < 0 ? nil : place
    }
    set { runningPlace.store(newValue ?? -1, ordering: .relaxed) }
  }
}

/// A request on its way to the thread, and where the result goes.
struct CurlSubmission: Sendable {
  let ticket: CurlTicket
  let request: HTTPRequest
  let taker: Taker

  enum Taker: Sendable {
    /// Takes the answer when it is whole.
    case whole(CheckedContinuation<Result<HTTPResponse, EndpointFailure>, Never>)
    /// Takes it while it comes.
    case pieces(CurlPipe)
  }

  func fail(_ failure: EndpointFailure) {
    switch taker {
    case .whole(let continuation): continuation.resume(returning: .failure(failure))
    case .pieces(let pipe): pipe.end(.failure(failure))
    }
  }
}

/// Where tasks leave requests for the thread that serves them. Knows when it must be woken.
///
/// Tasks may run on that thread too: a request then goes out, and its answer comes back, without
/// another thread that would have to be woken for it. Where much is under way, tasks go to the other
/// threads of the program, lest they wait for each other.
final class CurlMailbox: TaskExecutor {
  struct Work {
    var jobs: [UnownedJob] = []
    var arrived: [CurlSubmission] = []
    var cancelled: [CurlTicket] = []
    /// What was full and has room again.
    var roomy: [CurlTicket] = []
    /// What nobody reads to its end.
    var letGo: [CurlTicket] = []
    var isEmpty: Bool {
      jobs.isEmpty && arrived.isEmpty && cancelled.isEmpty && roomy.isEmpty && letGo.isEmpty
    }
  }

  private struct State {
    var work = Work()
    /// How many tasks and requests the thread had to see to when it came last. Before it comes
    /// first it has libcurl to open.
    var load = CurlMailbox.greatestLoad
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

  static let greatestLoad = 32
  private let state = Mutex(State())

  func submit(_ submission: CurlSubmission) {
    let (sleeper, refusal) = state.withLock { state -> (CurlMulti?, EndpointFailure?) in
      if let refusal = state.refusal { return (nil, refusal) }
      state.work.arrived.append(submission)
      return (state.takeSleeper(), nil)
    }
    sleeper?.wake()
    if let refusal { submission.fail(refusal) }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let (sleeper, isTaken) = state.withLock { state -> (CurlMulti?, Bool) in
      let isBusy = state.load + state.work.jobs.count >= Self.greatestLoad
      if isBusy || state.refusal != nil { return (nil, false) }
      state.work.jobs.append(job)
      return (state.takeSleeper(), true)
    }
    sleeper?.wake()
    if !isTaken { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
  }

  /// The mark on the ticket comes first: a request that has not arrived yet is then not begun, and
  /// one that has is found by the thread.
  func cancel(_ ticket: CurlTicket) {
    ticket.cancel()
    leave { $0.cancelled.append(ticket) }
  }

  /// The reader of a full pipe has emptied it.
  func goOn(_ ticket: CurlTicket) { leave { $0.roomy.append(ticket) } }

  /// The reader of a pipe has what it wants.
  func letGo(_ ticket: CurlTicket) { leave { $0.letGo.append(ticket) } }

  private func leave(_ add: (inout Work) -> Void) {
    let sleeper = state.withLock { state -> CurlMulti? in
      guard state.refusal == nil else { return nil }
      add(&state.work)
      return state.takeSleeper()
    }
    sleeper?.wake()
  }

  /// No more work; what is under way ends as cancelled.
  func close() {
    refuse(EndpointFailure(.cancelled, "the transport is closed"))
  }

  /// Answers all requests that wait or come later with `failure`; tasks go on on other threads.
  func refuse(_ failure: EndpointFailure) {
    let (sleeper, left) = state.withLock { state in
      let left = state.work
      state.work = Work()
      state.refusal = state.refusal ?? failure
      return (state.takeSleeper(), left)
    }
    sleeper?.wake()
    for job in left.jobs { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    for submission in left.arrived { submission.fail(failure) }
  }

  /// What has come since the last call; nil when the thread is to end. `underWay` is how many
  /// requests it has.
  func take(underWay: Int) -> Work? {
    state.withLock { state in
      state.sleeper = nil
      if state.refusal != nil { return nil }
      defer { state.work = Work() }
      state.load = underWay + state.work.jobs.count
      return state.work
    }
  }

  /// The tasks among what has come, when the thread is not through with its own work.
  func takeJobs() -> [UnownedJob] {
    state.withLock { state in
      defer { state.work.jobs = [] }
      return state.work.jobs
    }
  }

  /// The thread sleeps no more, though it has not come for its work yet.
  func wokeUp() { state.withLock { $0.sleeper = nil } }

  /// Whether the thread may sleep: there is nothing to do, and who comes next will wake it.
  func maySleep(_ multi: CurlMulti) -> Bool {
    state.withLock { state in
      guard state.work.isEmpty, state.refusal == nil else { return false }
      state.sleeper = multi
      return true
    }
  }
}
