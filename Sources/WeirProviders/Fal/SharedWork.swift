import Synchronization
import WeirEndpoint

/// Work of which several tasks want the result, done once for each key.
///
/// A result is kept, a failure is not: whoever comes after it has the work done anew. A task that is cancelled
/// stops waiting at once; the work itself goes on as long as anybody waits for it.
final class SharedWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  typealias Outcome = Result<Value, EndpointFailure>

  private let state = Mutex(State())

  private struct State {
    var jobs: [Key: Job] = [:]
    var done: [Key: Value] = [:]
    var lastTicket = 0
  }

  private struct Job {
    /// Tells the job from an earlier one for the same key.
    let number: Int
    var task: Task<Void, Never>?
    var waiting: [Int: CheckedContinuation<Outcome, Never>] = [:]
  }

  /// The result for `key`, made by `work` where there is none yet, or none that `isGood`.
  func value(
    for key: Key, isGood: @Sendable (Value) -> Bool = { _ in true },
    _ work: @escaping @Sendable () async -> Outcome
  ) async throws(EndpointFailure) -> Value {
    let (ticket, known) = state.withLock { state in
      state.lastTicket += 1
      if let old = state.done[key], !isGood(old) { state.done[key] = nil }
      return (state.lastTicket, state.done[key])
    }
    if let known { return known }
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        join(key, ticket, continuation, work)
        // Where it was cancelled before it had joined, the handler below found nobody.
        if Task.isCancelled { leave(key, ticket) }
      }
    } onCancel: {
      leave(key, ticket)
    }
    return try outcome.get()
  }

  /// Forgets a result that turned out to be of no use, so that the next who asks has it made anew.
  func forget(_ key: Key, where isIt: @Sendable (Value) -> Bool) {
    state.withLock { state in
      if let value = state.done[key], isIt(value) { state.done[key] = nil }
    }
  }

  /// How many wait at this moment.
  func waiting(for key: Key) -> Int { state.withLock { $0.jobs[key]?.waiting.count ?? 0 } }

  private func join(
    _ key: Key, _ ticket: Int, _ continuation: CheckedContinuation<Outcome, Never>,
    _ work: @escaping @Sendable () async -> Outcome
  ) {
    let (known, isFirst) = state.withLock { state -> (Value?, Bool) in
      // It may have been done since this task has looked.
      if let value = state.done[key] { return (value, false) }
      let isFirst = state.jobs[key] == nil
      state.jobs[key, default: Job(number: ticket)].waiting[ticket] = continuation
      return (nil, isFirst)
    }
    if let known { return continuation.resume(returning: .success(known)) }
    guard isFirst else { return }
    let task = Task { finish(key, ticket, await work()) }
    let isWanted = state.withLock { state in
      guard state.jobs[key]?.number == ticket else { return false }
      state.jobs[key]?.task = task
      return true
    }
    if !isWanted { task.cancel() }
  }

  private func finish(_ key: Key, _ number: Int, _ outcome: Outcome) {
    let waiting = state.withLock { state -> [CheckedContinuation<Outcome, Never>] in
      guard let job = state.jobs[key], job.number == number else { return [] }
      state.jobs[key] = nil
      if case .success(let value) = outcome { state.done[key] = value }
      return Array(job.waiting.values)
    }
    for continuation in waiting { continuation.resume(returning: outcome) }
  }

  private func leave(_ key: Key, _ ticket: Int) {
    let (continuation, task) = state.withLock {
      state -> (CheckedContinuation<Outcome, Never>?, Task<Void, Never>?) in
      guard let continuation = state.jobs[key]?.waiting.removeValue(forKey: ticket) else { return (nil, nil) }
      guard let job = state.jobs[key], job.waiting.isEmpty else { return (continuation, nil) }
      state.jobs[key] = nil
      return (continuation, job.task)
    }
    task?.cancel()
    continuation?.resume(returning: .failure(EndpointFailure(.cancelled, "cancelled")))
  }
}
