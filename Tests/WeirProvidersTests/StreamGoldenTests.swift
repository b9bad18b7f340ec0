import Testing
import WeirEndpoint
import WeirProviders
import WeirTestSupport

/// Streams as services send them, what who watches hears, and what is read: `Tests/Golden/wire/<dialect>/<case>/`
/// holds `reply.sse` and `stream.expected.txt`.
struct StreamGoldenTests {
  @Test(arguments: StreamCase.all(of: "openrouter"))
  func openRouter(stream: StreamCase) async throws {
    try await check(stream, .openRouter(at: try WebAddress("https://openrouter.ai/api/v1")))
  }

  @Test(arguments: StreamCase.all(of: "openai"))
  func openAI(stream: StreamCase) async throws {
    try await check(stream, .openAI(at: try WebAddress("http://localhost:8080/v1"), keyName: "LOCAL_KEY"))
  }

  @Test(arguments: StreamCase.all(of: "fal-openai"))
  func falOpenAI(stream: StreamCase) async throws {
    try await check(stream, .falOpenAI(at: try WebAddress("https://fal.run")))
  }

  /// However the network splits it, the same is read.
  private func check(_ stream: StreamCase, _ service: ChatService) async throws {
    let bytes = try Golden.read("\(stream.path)/reply.sse")
    let read = await read([bytes], service)
    Golden.expect(read, matches: "\(stream.path)/stream.expected.txt")
    for length in [1, 7, 64] {
      let pieces = stride(from: 0, to: bytes.count, by: length)
        .map { Array(bytes[$0..<min($0 + length, bytes.count)]) }
      #expect(await self.read(pieces, service) == read)
    }
  }

  private func read(_ pieces: [[UInt8]], _ service: ChatService) async -> String {
    let transport = PieceTransport(pieces)
    let endpoint = ChatCompletionsEndpoint(service, key: Secret("0123456789abcdef"), over: transport)
    var request = EndpointRequest(step: "caption", model: "m", prompt: [.text("Hello")])
    request.isWatched = true
    let hearing = Hearing()
    request.observe = { hearing.hear($0) }
    let end: String
    do {
      end = try await endpoint.send(request).rendered
    } catch {
      end = error.rendered
    }
    return hearing.all.map { $0.rendered + "\n" }.joined() + "\n" + end
  }
}

struct StreamCase: Sendable, CustomTestStringConvertible {
  let path: String

  static func all(of dialect: String) -> [StreamCase] {
    Golden.names(in: "wire/\(dialect)").map { StreamCase(path: "wire/\(dialect)/\($0)") }
      .filter { Golden.names(in: $0.path).contains("reply.sse") }
  }

  var testDescription: String { path }
}
