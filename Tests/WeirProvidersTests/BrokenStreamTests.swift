import Testing
import WeirEndpoint
import WeirProviders

/// Chat completions in pieces over the real transport, from servers that stop in the middle.
@Suite(.timeLimit(.minutes(1)))
struct BrokenStreamTests {
  private let transport = CurlTransport(.init(userAgent: "weir/test"))
  private static let head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

  private static func chunk(_ text: String) -> String {
    "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
  }

  private static func piece(_ text: String, _ finish: String = "null") -> String {
    chunk("data: {\"choices\":[{\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":\(finish)}]}\n\n")
  }

  private func ask(
    _ hearing: Hearing = Hearing(), serve: @escaping @Sendable (Connection) -> Void
  ) async throws -> Result<EndpointReply, EndpointFailure> {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      serve(connection)
    }
    let endpoint = try ProviderKind.openai.endpoint(
      at: "http://127.0.0.1:\(server.port)/v1", key: nil, over: transport)
    var request = EndpointRequest(step: "s", model: "m", prompt: [.text("Hello")])
    request.isWatched = true
    request.observe = { hearing.hear($0) }
    do {
      return .success(try await endpoint.send(request))
    } catch {
      return .failure(error)
    }
  }

  private func failure(serve: @escaping @Sendable (Connection) -> Void) async throws -> EndpointFailure? {
    if case .failure(let failure) = try await ask(serve: serve) { failure } else { nil }
  }

  @Test func textIsHeardBeforeTheEnd() async throws {
    let gate = Gate()
    let hearing = Hearing()
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head + Self.piece("Hel"))
      gate.wait()
      connection.send(Self.piece("lo", "\"stop\"") + Self.chunk("data: [DONE]\n\n") + "0\r\n\r\n")
    }
    let endpoint = try ProviderKind.openai.endpoint(
      at: "http://127.0.0.1:\(server.port)/v1", key: nil, over: transport)
    var request = EndpointRequest(step: "s", model: "m", prompt: [.text("Hello")])
    request.isWatched = true
    request.observe = { event in
      hearing.hear(event)
      if event == .text("Hel") { gate.open() }
    }
    #expect(try await endpoint.send(request).text == "Hello")
    #expect(hearing.all == [.text("Hel"), .text("lo")])
  }

  @Test func brokenOffAfterText() async throws {
    let failure = try await failure { $0.send(Self.head + Self.piece("The cat")) }
    #expect(failure?.kind == .brokenOff && failure?.isRetryable == true)
    #expect(failure?.message.contains("broke the connection off in the middle of the answer, after ") == true)
  }

  @Test func brokenOffBeforeText() async throws {
    let failure = try await failure { $0.send(Self.head + Self.chunk(": wait\n\n")) }
    #expect(failure?.kind == .unreachable && failure?.isRetryable == true)
  }

  @Test func endedBeforeItWasWhole() async throws {
    let failure = try await failure { $0.send(Self.head + Self.piece("The cat") + "0\r\n\r\n") }
    #expect(failure?.kind == .brokenOff)
    #expect(
      failure?.message.hasSuffix("ended its stream in the middle of the answer, after 7 bytes of text")
        == true)
  }

  @Test func anAnswerThatCameWholeIsNotLostWithItsConnection() async throws {
    let result = try await ask { $0.send(Self.head + Self.piece("The cat", "\"stop\"")) }
    #expect(try result.get().text == "The cat")
  }

  @Test func resetIsToldAsWell() async throws {
    let failure = try await failure { connection in
      connection.send(Self.head + Self.piece("The cat"))
      connection.resetWhenClosed()
    }
    #expect([.brokenOff, .unreachable].contains(failure?.kind))
  }

  @Test func errorsBeforeTheStreamAreThose() async throws {
    let failure = try await failure {
      $0.answer(429, headers: ["Retry-After: 3"], body: "{\"error\":{\"message\":\"slow down\"}}")
    }
    #expect(failure?.kind == .rateLimited && failure?.retryAfter == .seconds(3))
  }

  @Test func cancellingClosesTheConnection() async throws {
    let (ended, hasEnded) = AsyncStream.makeStream(of: Void.self)
    let (heard, hasHeard) = AsyncStream.makeStream(of: Void.self)
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head + Self.piece("The cat"))
      connection.waitForEnd()
      hasEnded.yield()
    }
    let endpoint = try ProviderKind.openai.endpoint(
      at: "http://127.0.0.1:\(server.port)/v1", key: nil, over: transport)
    let task = Task {
      var request = EndpointRequest(step: "s", model: "m", prompt: [.text("Hello")])
      request.isWatched = true
      request.observe = { _ in hasHeard.yield() }
      do throws(EndpointFailure) {
        _ = try await endpoint.send(request)
        return EndpointFailure.Kind?.none
      } catch {
        return error.kind
      }
    }
    var hear = heard.makeAsyncIterator()
    await hear.next()
    task.cancel()
    #expect(await task.value == .cancelled)
    var end = ended.makeAsyncIterator()
    await end.next()
  }
}
