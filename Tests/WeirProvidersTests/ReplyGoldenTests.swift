import Testing
import WeirEndpoint
import WeirProviders
import WeirTestSupport

/// Replies as services send them, and what is read from each: `Tests/Golden/wire/<dialect>/<case>/`
/// holds `reply.json` (or `.html`, `.txt`), `reply.head` with status and headers where the status is
/// not a plain 200, and `reply.expected.txt`.
struct ReplyGoldenTests {
  @Test(arguments: ReplyCase.all(of: "fal"))
  func fal(reply: ReplyCase) throws {
    let endpoint = FalEndpoint(
      at: try WebAddress("https://fal.run"), key: Secret("key-id:0123456789abcdef"),
      over: FakeTransport(body: ""))
    try check(reply) { response throws(EndpointFailure) in try endpoint.decode(response, now: ReplyCase.now) }
  }

  @Test(arguments: ReplyCase.all(of: "openrouter"))
  func openRouter(reply: ReplyCase) throws {
    let service = ChatService.openRouter(at: try WebAddress("https://openrouter.ai/api/v1"))
    let endpoint = ChatCompletionsEndpoint(
      service, key: Secret("sk-or-v1-0123456789abcdef"), over: FakeTransport(body: ""))
    try check(reply) { response throws(EndpointFailure) in try endpoint.decode(response, now: ReplyCase.now) }
  }

  @Test(arguments: ReplyCase.all(of: "openai"))
  func openAI(reply: ReplyCase) throws {
    let service = ChatService.openAI(at: try WebAddress("http://localhost:8080/v1"), keyName: "LOCAL_KEY")
    let endpoint = ChatCompletionsEndpoint(service, key: nil, over: FakeTransport(body: ""))
    try check(reply) { response throws(EndpointFailure) in try endpoint.decode(response, now: ReplyCase.now) }
  }

  @Test(arguments: ReplyCase.all(of: "fal-openai"))
  func falOpenAI(reply: ReplyCase) throws {
    let service = ChatService.falOpenAI(at: try WebAddress("https://fal.run"))
    let endpoint = ChatCompletionsEndpoint(
      service, key: Secret("key-id:0123456789abcdef"), over: FakeTransport(body: ""))
    try check(reply) { response throws(EndpointFailure) in try endpoint.decode(response, now: ReplyCase.now) }
  }

  private func check(
    _ reply: ReplyCase, decode: (HTTPResponse) throws(EndpointFailure) -> EndpointReply
  ) throws {
    let response = try reply.response()
    let read: String
    do {
      read = try decode(response).rendered
    } catch {
      read = error.rendered
      #expect(!error.message.isEmpty && !error.message.contains("0123456789abcdef"))
    }
    Golden.expect(read, matches: "\(reply.path)/reply.expected.txt")
  }
}

struct ReplyCase: Sendable, CustomTestStringConvertible {
  let path: String
  private let body: String

  /// Wed, 21 Oct 2015 07:28:00 GMT
  static let now = 1_445_412_480.0

  static func all(of dialect: String) -> [ReplyCase] {
    Golden.names(in: "wire/\(dialect)").compactMap { name in
      let path = "wire/\(dialect)/\(name)"
      let files = Golden.names(in: path)
      return files.first { ["reply.json", "reply.html", "reply.txt"].contains($0) }
        .map { ReplyCase(path: path, body: $0) }
    }
  }

  func response() throws -> HTTPResponse {
    let head = (try? Golden.text("\(path)/reply.head")) ?? "200"
    let lines = head.split(separator: "\n")
    let headers = lines.dropFirst().map { line in
      let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
      return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
    }
    let status = try #require(lines.first.flatMap { Int($0) })
    return HTTPResponse(status: status, headers: headers, body: try Golden.read("\(path)/\(body)"))
  }

  var testDescription: String { path }
}
