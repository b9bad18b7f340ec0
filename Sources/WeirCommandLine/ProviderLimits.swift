import WeirEndpoint
import WeirProgram
import WeirProviders
import WeirRun
import WeirStore
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How much goes out to each provider at a time: what its entry says, or else as much as the run allows.
struct ProviderLimits {
  private let usual: Int
  private let isShared: Bool
  private let environment: CommandEnvironment
  private let clock = RunClock.continuous

  /// What a provider bears that nobody has said anything of.
  private static let usualConcurrency = 16

  init(of program: Program, concurrency: Int?, isShared: Bool, _ environment: CommandEnvironment) {
    usual = max(Self.usualConcurrency, concurrency ?? program.limits.concurrency)
    self.isShared = isShared
    self.environment = environment
  }

  func limit(_ endpoint: any Endpoint, _ settings: ProviderSettings) throws(UsageError) -> any Endpoint {
    let concurrency = settings.concurrency ?? usual
    return Limiter(
      endpoint, concurrency: concurrency, sharing: try places(for: settings, concurrency), now: clock.now)
  }

  private func places(for settings: ProviderSettings, _ count: Int) throws(UsageError) -> LockedPlaces? {
    guard isShared else { return nil }
    let path = "\(environment.cacheFolder)/limits/\(name(of: settings))"
    do {
      return try LockedPlaces(path, count: count)
    } catch {
      throw UsageError(
        "the limits cannot be shared: \(error.path): \(error.reason)", help: "run without `--share-limits`")
    }
  }

  /// One for each provider and key. The key itself cannot be told from it.
  private func name(of settings: ProviderSettings) -> String {
    let whom = "\(settings.url ?? settings.kind.usualAddress)\n\(settings.key?.revealed ?? "")"
    return SHA256.hex(of: Data("weir limits\n\(whom)".utf8))
  }
}
