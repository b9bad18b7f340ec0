import Synchronization
import Testing
import WeirEndpoint
import WeirProviders
import WeirServer

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A run over real sockets: `weir` with its own transport, and the mock server in this process.
struct MockRun {
  let outcome: Outcome
  /// A line for each request that came.
  let log: [String]
  /// The files that it has left in the folder for caches.
  let caches: [String]

  static let falKey = "fal-key-of-the-test:0123456789abcdef"
  static let openRouterKey = "sk-or-v1-key-of-the-test"
  static let ownKey = "own-key-of-the-test"

  /// `<port>` in a file stands for that of the server. The keys of all providers are set.
  init(
    _ files: [String: String], _ words: [String], pictures: [String: [UInt8]] = [:], faults: [Fault] = [],
    tape: Tape? = nil, refusing: Set<AnswerForm> = [], variables: [String: String] = [:]
  ) async throws {
    let lines = Lines()
    let server = MockServer(tape: tape, faults: faults, refusing: refusing, log: { lines.add($0) })
    let port = try server.start()
    var invocation = try Invocation(files.mapValues { $0.replacing("<port>", with: "\(port)") })
    for (name, bytes) in pictures { try invocation.folder.write(bytes, to: name) }
    invocation.variables = [
      "FAL_KEY": Self.falKey, "OPENROUTER_API_KEY": Self.openRouterKey, "OWN_KEY": Self.ownKey,
      "WEIR_FAL_URL": "http://127.0.0.1:\(port)",
      "WEIR_OPENROUTER_URL": "http://127.0.0.1:\(port)/api/v1",
    ].merging(variables) { $1 }
    invocation.transport = CurlTransport(.init(userAgent: "weir-tests"))
    outcome = await invocation.run(words)
    server.stop()
    log = lines.all
    caches =
      (try? FileManager.default.subpathsOfDirectory(atPath: "\(invocation.folder.path)/.cache")) ?? []
  }

  private final class Lines: Sendable {
    private let kept = Mutex<[String]>([])
    var all: [String] { kept.withLock { $0 } }
    func add(_ line: String) { kept.withLock { $0.append(line) } }
  }
}

/// The smallest whole picture: one pixel, as PNG.
let onePixel: [UInt8] = [
  0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0,
  1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 13, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x64,
  0xF8, 0xCF, 0x50, 0x0F, 0, 0x03, 0x86, 0x01, 0x80, 0x5A, 0x34, 0x7D, 0x6B, 0, 0, 0, 0, 0x49, 0x45, 0x4E,
  0x44, 0xAE, 0x42, 0x60, 0x82,
]
