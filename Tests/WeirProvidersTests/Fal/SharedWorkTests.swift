import Synchronization
import Testing
import WeirEndpoint

@testable import WeirProviders

/// Work that is done once for all who ask for it.
@Suite(.timeLimit(.minutes(1)))
struct SharedWorkTests {
  private typealias Work = SharedWork<String, Int>

  /// Work that ends when it is let, and counts how often it was begun and cancelled.
  private final class Job: Sendable {
    private let free = AsyncStream<Void>.makeStream()
    let begun = Atomic(0)
    let cancelled = Atomic(0)

    func letGo() { free.continuation.finish() }

    func run() async -> Work.Outcome {
      let number = begun.add(1, ordering: .relaxed).newValue
      for await _ in free.stream {}
      if Task.isCancelled { cancelled.add(1, ordering: .relaxed) }
      return .success(number)
    }
  }

  private func wait(until isSo: () -> Bool) async {
    while !isSo() { await Task.yield() }
  }

  @Test func manyShareOneAndItsResultIsKept() async throws {
    let (work, job) = (Work(), Job())
    let asking = (0..<5).map { _ in Task { try await work.value(for: "a") { await job.run() } } }
    await wait { work.waiting(for: "a") == 5 }
    job.letGo()
    for task in asking { #expect(try await task.value == 1) }
    #expect(try await work.value(for: "a") { .success(9) } == 1)
    #expect(try await work.value(for: "b") { .success(9) } == 9)
  }

  @Test func whoIsCancelledStopsWaitingAndTheOthersDoNot() async throws {
    let (work, job) = (Work(), Job())
    let first = Task { try await work.value(for: "a") { await job.run() } }
    await wait { work.waiting(for: "a") == 1 }
    let second = Task { try await work.value(for: "a") { await job.run() } }
    await wait { work.waiting(for: "a") == 2 }
    first.cancel()
    let failure = await #expect(throws: EndpointFailure.self) { try await first.value }
    #expect(failure?.kind == .cancelled)
    job.letGo()
    #expect(try await second.value == 1)
    #expect(job.cancelled.load(ordering: .relaxed) == 0)
  }

  @Test func workThatNobodyWaitsForIsCancelled() async throws {
    let (work, job) = (Work(), Job())
    let only = Task { try await work.value(for: "a") { await job.run() } }
    await wait { job.begun.load(ordering: .relaxed) == 1 }
    only.cancel()
    await #expect(throws: EndpointFailure.self) { try await only.value }
    await wait { job.cancelled.load(ordering: .relaxed) == 1 }
    // Whoever comes after that has it done anew.
    #expect(try await work.value(for: "a") { .success(7) } == 7)
  }

  @Test func cancelledTasksDoNotWait() async throws {
    let work = Work()
    let asking = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await work.value(for: "a") { .success(1) }
    }
    let failure = await #expect(throws: EndpointFailure.self) { try await asking.value }
    #expect(failure?.kind == .cancelled)
  }

  @Test func failuresAndWhatIsNoLongerGoodAreNotKept() async throws {
    let work = Work()
    let failure = EndpointFailure(.unavailable, "down")
    await #expect(throws: EndpointFailure.self) { try await work.value(for: "a") { .failure(failure) } }
    #expect(try await work.value(for: "a") { .success(1) } == 1)
    #expect(try await work.value(for: "a", isGood: { $0 > 1 }) { .success(2) } == 2)
    work.forget("a") { $0 == 5 }
    #expect(try await work.value(for: "a") { .success(3) } == 2)
    work.forget("a") { $0 == 2 }
    #expect(try await work.value(for: "a") { .success(3) } == 3)
  }
}
