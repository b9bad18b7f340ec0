import Testing
import WeirCommandLine
import WeirProviders
import WeirServer
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Whole runs over real sockets, against the mock server in this process.
@Suite(.timeLimit(.minutes(1)))
struct MockServerRunTests {
  private static let captionToPost = """
    input photo: image

    type Post {
      title: string where it.count <= 60
      tags: [string] where it.count in 1...3
    }

    defaults { model: "google/gemini-2.5-flash", retries: 0 }

    step caption { prompt: "Describe {{photo}} in one line." }

    step post -> Post { prompt: "Write a post about {{caption}}" }

    output post
    """

  private func run(_ options: [String]) async throws -> MockRun {
    try await MockRun(
      ["post.flow": Self.captionToPost], options + ["post.flow", "--photo", "cat.png"],
      pictures: ["cat.png": onePixel])
  }

  private var pictureNote: String {
    "images=1 sha256:\(SHA256.hex(of: Data(onePixel))) (\(onePixel.count) bytes image/png)"
  }

  @Test func falTakesPicturesOnItsVisionPathAndTextOnTheOther() async throws {
    let run = try await run(["run", "--json"])
    #expect(run.outcome.code == .done)
    try #require(run.log.count == 2)
    #expect(run.log[0].contains("/openrouter/router/vision "))
    #expect(run.log[0].contains(pictureNote))
    #expect(run.log[1].contains("/openrouter/router "))
    #expect(!run.log[1].contains("images="))
    let post = try #require(try run.outcome.json()["output"]?.record)
    #expect(post.fields.map(\.name) == ["title", "tags"])
  }

  @Test func openRouterGetsTheSchemaAsResponseFormat() async throws {
    let run = try await run(["run", "--provider", "openrouter"])
    #expect(run.outcome.code == .done)
    try #require(run.log.count == 2)
    #expect(run.log.allSatisfy { $0.contains("/api/v1/chat/completions ") })
    #expect(run.log[0].contains(pictureNote))
    #expect(run.log[0].contains("response_format=none"))
    #expect(run.log[1].contains("response_format=json_schema:post"))
  }

  @Test func answersOfAnEndpointAreNotMarkedAsMadeUp() async throws {
    let run = try await run(["run"])
    #expect(run.outcome.error.contains("caption  done in "))
    #expect(!run.outcome.error.contains("made up: caption"))
  }

  private func own(key: String) -> [String: String] {
    [
      "own.flow": """
      provider own { kind: "openai", url: "http://127.0.0.1:<port>/v1"\(key) }

      step hello { model: "own:small", retries: 0, prompt: "Say hello." }
      """
    ]
  }

  @Test func aProviderOfTheFlowIsAskedWithItsKey() async throws {
    let run = try await MockRun(own(key: #", key: env("OWN_KEY")"#), ["run", "own.flow"])
    #expect(run.outcome.code == .done)
    #expect(run.log.count == 1)
    #expect(run.log[0].contains("/v1/chat/completions ") && run.log[0].contains("model=small"))
  }

  @Test func theKeyOfAProviderOfTheFlowIsSent() async throws {
    let run = try await MockRun(
      own(key: #", key: env("OWN_KEY")"#), ["run", "own.flow"], variables: ["OWN_KEY": "invalid"])
    #expect(run.outcome.code == .failed)
    #expect(run.outcome.error.contains("answered 401"))
    #expect(run.outcome.error.contains("OWN_KEY"))
  }

  @Test func aProviderOfTheFlowNeedsNoKey() async throws {
    // A server at home; the mock asks for a key as the vendor does.
    let transport = FakeTransport.saying(completion("Hello."))
    var invocation = try Invocation(own(key: "").mapValues { $0.replacing("<port>", with: "1") })
    invocation.transport = transport
    let outcome = await invocation.run(["run", "own.flow"])
    #expect(outcome.code == .done)
    #expect(outcome.output == "Hello.\n")
    let request = try #require(transport.requests.first)
    #expect(!request.headers.contains { $0.name == "Authorization" })
  }

  @Test func withoutFalsKeyOpenRouterIsAsked() async throws {
    let run = try await MockRun(
      ["hello.flow": #"step hello { model: "a/b", prompt: "Hi" }"#], ["run", "hello.flow"],
      variables: ["FAL_KEY": ""])
    #expect(run.outcome.code == .done)
    #expect(run.log.first?.contains("/api/v1/chat/completions ") == true)
  }
}
