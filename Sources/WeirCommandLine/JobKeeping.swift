import Synchronization
import WeirEndpoint
import WeirProviders
import WeirStore

/// Keeps the requests that an endpoint has put into a queue, until their answers are there: a run that is cut off
/// leaves them behind, for `weir job`.
struct JobKeeping: WrappingEndpoint {
  let endpoint: any Endpoint
  private let shelf: JobShelf
  private let settings: ProviderSettings
  private let flow: String
  /// Seconds since 1970.
  private let now: @Sendable () -> Int

  init(
    _ endpoint: any Endpoint, on shelf: JobShelf, _ settings: ProviderSettings, flow: String,
    now: @escaping @Sendable () -> Int
  ) {
    self.endpoint = endpoint
    self.shelf = shelf
    self.settings = settings
    self.flow = flow
    self.now = now
  }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let jobs = Mutex<[String]>([])
    var asking = request
    asking.observe = { event in
      if case .submitted(let job) = event {
        jobs.withLock { $0.append(job.id) }
        keep(job, of: request)
      }
      request.observe?(event)
    }
    do {
      let reply = try await endpoint.send(asking)
      forget(jobs.withLock { $0 })
      return reply
    } catch {
      forget(jobs.withLock { $0 }.filter { $0 != error.job?.id })
      throw error
    }
  }

  /// A disk that takes nothing does not end the run: the id stands in its progress and in its failure as well.
  private func keep(_ job: QueueJob, of request: EndpointRequest) {
    try? shelf.keep(
      JobShelf.Entry(
        job: job, flow: flow, step: request.pass.reduce(request.step) { "\($0)[\($1)]" },
        provider: settings.kind.rawValue, url: settings.url,
        keyName: settings.keyName ?? settings.kind.usualKeyName,
        time: now()))
  }

  private func forget(_ jobs: [String]) {
    for id in jobs { shelf.forget(id) }
  }
}
