import Synchronization
import WeirEndpoint
import WeirValues

/// What the answers of a run said that they cost, to be held against what the provider has written down of them.
final class Ledger: Sendable {
  private struct Entry {
    let provider: String
    let id: String
    let cost: Number?
  }

  private struct State {
    var entries: [Entry] = []
    var sources: [String: any GenerationSource] = [:]
  }

  private let state = Mutex(State())
  private let sleep: @Sendable (Duration) async throws -> Void

  /// A record may come a while after its answer (OpenRouter: api_reference/get-a-generation).
  private static let pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)]
  private static let mostAtOnce = 8

  init(sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }) {
    self.sleep = sleep
  }

  /// The endpoint, noting what it answers where the provider can be asked about it later.
  func noting(_ endpoint: any Endpoint, of provider: String) -> any Endpoint {
    guard let source = endpoint as? any GenerationSource else { return endpoint }
    state.withLock { $0.sources[provider] = source }
    return Noting(endpoint: endpoint, provider: provider, ledger: self)
  }

  private struct Noting: WrappingEndpoint {
    let endpoint: any Endpoint
    let provider: String
    let ledger: Ledger

    func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
      let reply = try await endpoint.send(request)
      if let id = reply.id {
        ledger.state.withLock {
          $0.entries.append(Entry(provider: provider, id: id, cost: reply.usage.cost))
        }
      }
      return reply
    }
  }

  // MARK: Reconciling

  /// Asks the providers what they have written down.
  func reconcile() async -> Reconciliation {
    let (entries, sources) = state.withLock { ($0.entries, $0.sources) }
    var result = Reconciliation()
    await withTaskGroup(of: (Entry, Result<GenerationRecord?, EndpointFailure>).self) { group in
      for (place, entry) in entries.enumerated() {
        guard let source = sources[entry.provider] else { continue }
        if place >= Self.mostAtOnce, let (entry, record) = await group.next() {
          result.add(entry.cost, record, id: entry.id)
        }
        group.addTask { (entry, await self.record(entry.id, source)) }
      }
      for await (entry, record) in group { result.add(entry.cost, record, id: entry.id) }
    }
    return result
  }

  private func record(
    _ id: String, _ source: any GenerationSource
  ) async -> Result<GenerationRecord?, EndpointFailure> {
    var pauses = Self.pauses[...]
    while true {
      do throws(EndpointFailure) {
        let record = try await source.generation(id)
        if record?.cost != nil || pauses.isEmpty { return .success(record) }
      } catch {
        guard error.isRetryable, !pauses.isEmpty else { return .failure(error) }
      }
      guard let pause = pauses.popFirst(), (try? await sleep(pause)) != nil else { return .success(nil) }
    }
  }
}

/// What answers said that they cost, beside what the provider has written down.
struct Reconciliation {
  private(set) var answers = 0
  /// Of how many the provider has a record with a cost.
  private(set) var found = 0
  private var said = 0.0
  private var recorded = 0.0
  /// Those in which the two differ, or of which one does not say.
  private(set) var differences: [Difference] = []
  private(set) var failure: EndpointFailure?

  struct Difference {
    let id: String
    let said: Number?
    let recorded: Number?
  }

  /// Costs are decimal; less than this is what binary fractions make of them.
  private static let nothing = 1e-12

  mutating func add(_ cost: Number?, _ record: Result<GenerationRecord?, EndpointFailure>, id: String) {
    answers += 1
    if case .failure(let failure) = record { self.failure = self.failure ?? failure }
    let own = (try? record.get())?.flatMap(\.cost)
    if own != nil { found += 1 }
    said += cost?.double ?? 0
    recorded += own?.double ?? 0
    guard let cost, let own, (cost.double - own.double).magnitude < Self.nothing else {
      differences.append(Difference(id: id, said: cost, recorded: own))
      return
    }
  }

  /// `3 answers: the provider has written down $0.00012, as they said`
  var text: String {
    let all = "\(answers) answer\(answers == 1 ? "" : "s")"
    guard answers > 0 else { return "no answer was given whose cost the provider writes down" }
    guard !differences.isEmpty else {
      return "\(all): the provider has written down \(Self.money(recorded).money), as they said"
    }
    var text =
      "\(all): they said \(Self.money(said).money), the provider has written down \(Self.money(recorded).money)"
    if found < answers { text += " for \(found) of them" }
    if let failure { text += " (\(failure.message))" }
    for difference in differences.prefix(Self.mostShown) {
      let said = difference.said?.money ?? "unknown"
      text += "\n  \(difference.id): said \(said), written down \(difference.recorded?.money ?? "unknown")"
    }
    let more = differences.count - Self.mostShown
    return more > 0 ? text + "\n  and \(more) more" : text
  }

  private static let mostShown = 20

  private static func money(_ sum: Double) -> Number { Number((sum * 1e12).rounded() / 1e12) }

  var json: Value {
    .record([
      "answers": .int(answers), "found": .int(found), "said": .number(Self.money(said)),
      "recorded": .number(Self.money(recorded)), "difference": .number(Self.money(recorded - said)),
      "differences": .list(
        differences.map {
          .record([
            "id": .string($0.id), "said": $0.said.map { .number($0) } ?? .null,
            "recorded": $0.recorded.map { .number($0) } ?? .null,
          ])
        }),
    ])
  }
}
