import Dispatch
import Synchronization

/// What tells one run of a program from another while it is under way.
final class ProgramTicket: Sendable {
  private let cancelled = Atomic(false)

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }
  func cancel() { cancelled.store(true, ordering: .releasing) }
}

/// A program on its way to the thread, and where the result goes.
struct ProgramSubmission: Sendable {
  let ticket: ProgramTicket
  let command: ProgramCommand
  let continuation: CheckedContinuation<Result<[UInt8], ProgramFailure>, Never>
}

/// Where tasks leave programs for the thread that runs them. Starts the thread when there is none.
final class ProgramMailbox: Sendable {
  struct Work {
    var arrived: [ProgramSubmission] = []
    var cancelled: [ProgramTicket] = []
  }

  private struct State {
    var work = Work()
    /// The end of the pipe that wakes the thread; nil while there is no thread. It is written to and
    /// closed only under the lock, so that nobody writes to what has become another file.
    var waker: Int32?
  }

  private let environment: [String: String]
  private let state = Mutex(State())

  init(environment: [String: String]) { self.environment = environment }

  func submit(_ submission: ProgramSubmission) {
    let failure = state.withLock { state -> ProgramFailure? in
      if let waker = state.waker {
        state.work.arrived.append(submission)
        Descriptor.wake(waker)
        return nil
      }
      do throws(SystemError) {
        let pipe = try Descriptor.makePipe()
        Descriptor.makeNonBlocking(pipe.write)
        Descriptor.makeNonBlocking(pipe.read)
        state.waker = pipe.write
        state.work.arrived.append(submission)
        startThread(woken: pipe.read)
        return nil
      } catch {
        return .notStarted(program: submission.command.program, reason: error.message)
      }
    }
    if let failure { submission.continuation.resume(returning: .failure(failure)) }
  }

  private func startThread(woken: Int32) {
    DispatchQueue(label: "weir.programs").async { [self] in
      ProgramLoop(mailbox: self, woken: woken, environment: environment).run()
    }
  }

  /// The mark on the ticket comes first: a program that has not arrived yet is then not started, and
  /// one that has is found by the thread.
  func cancel(_ ticket: ProgramTicket) {
    ticket.cancel()
    state.withLock { state in
      guard let waker = state.waker else { return }
      state.work.cancelled.append(ticket)
      Descriptor.wake(waker)
    }
  }

  /// What has come since the last call. Nil where nothing has and `isIdle`: the thread then is to end,
  /// and the next program starts another.
  func take(isIdle: Bool) -> Work? {
    state.withLock { state in
      if isIdle, state.work.arrived.isEmpty {
        if let waker = state.waker { Descriptor.close(waker) }
        state = State()
        return nil
      }
      defer { state.work = Work() }
      return state.work
    }
  }
}
