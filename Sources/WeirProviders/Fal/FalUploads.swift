import WeirEndpoint
import WeirValues

/// The files that were uploaded to fal's storage, and how others get there.
///
/// Each content is uploaded once, however many steps send it and whenever they ask; its address is remembered.
/// Two ways are known, and the second is tried where the first fails (fal: model-apis/fal-cdn). A failure names
/// the file and the step, and is final: what may be repeated has been.
final class FalUploads: Sendable {
  let sites: FalSites
  let key: Secret?
  let keyName: String
  let headers: [HTTPHeader]
  let transport: any Transport
  let timing: FalTiming
  /// By nothing: there is one.
  let tokens = SharedWork<Int, FalToken>()
  private let addresses = SharedWork<Content, String>()

  private struct Content: Hashable, Sendable {
    let digest: String
    let mediaType: String
    /// How long it is to be kept, and for whom.
    let lifecycle: [HTTPHeader]
  }

  private static let pauses: [Duration] = [.milliseconds(500), .seconds(2)]
  private static let longestPause = Duration.seconds(30)

  init(
    _ sites: FalSites, key: Secret?, keyName: String, headers: [HTTPHeader], over transport: any Transport,
    _ timing: FalTiming
  ) {
    self.sites = sites
    self.key = key
    self.keyName = keyName
    self.headers = headers
    self.transport = transport
    self.timing = timing
  }

  /// Where the file is, uploaded now or before. `lifecycle` are the headers that say how long it is kept.
  func address(
    of file: FalFile, for step: String, _ lifecycle: [HTTPHeader]
  ) async throws(EndpointFailure) -> String {
    // In a task of its own, because the one that asks may run where the network is waited for.
    let digest = await Task { SHA256.hex(of: file.bytes) }.value
    let content = Content(digest: digest, mediaType: file.mediaType, lifecycle: lifecycle)
    do {
      return try await addresses.value(for: content) { [self] in await upload(file, lifecycle) }
    } catch {
      throw error.kind == .cancelled ? error : error.told(of: file, step)
    }
  }

  private func upload(_ file: FalFile, _ lifecycle: [HTTPHeader]) async -> Result<String, EndpointFailure> {
    let first = await patiently { await self.uploadByToken(file, lifecycle) }
    guard case .failure(let reason) = first, reason.kind != .cancelled else { return first }
    // The other way has no word for how long a file is kept and who may see it.
    guard lifecycle.isEmpty else { return first }
    let second = await patiently { await self.uploadByAddress(file) }
    guard case .failure(var failure) = second, failure.kind != .cancelled else { return second }
    if failure.message != reason.message {
      failure.message = "\(reason.message); and by another way: \(failure.message)"
    }
    return .failure(failure)
  }

  /// Repeats what may succeed when it is repeated.
  private func patiently(
    _ work: @Sendable () async -> Result<String, EndpointFailure>
  ) async -> Result<String, EndpointFailure> {
    for pause in Self.pauses {
      let outcome = await work()
      guard case .failure(let failure) = outcome, failure.isRetryable else { return outcome }
      do {
        try await timing.sleep(min(max(pause, failure.retryAfter ?? .zero), Self.longestPause))
      } catch {
        return .failure(EndpointFailure(.cancelled, "cancelled"))
      }
    }
    return await work()
  }
}

extension EndpointFailure {
  fileprivate func told(of file: FalFile, _ step: String) -> EndpointFailure {
    var failure = self
    failure.message =
      "\(file.words) (\(file.bytes.count.megabytes)) of step `\(step)` could not be uploaded: \(message)"
    failure.isFinal = true
    return failure
  }
}
