import Testing
import WeirEndpoint
import WeirProviders

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Answers that are read while they come, against servers of this machine.
@Suite(.timeLimit(.minutes(1)))
struct CurlStreamTests {
  private let transport = CurlTransport(.init(userAgent: "weir/test"))
  private static let head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

  private static func chunk(_ text: String) -> String {
    "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
  }

  private func request(_ server: LoopbackServer, body: HTTPBody = HTTPBody(Array("{}".utf8))) throws
    -> HTTPRequest
  {
    HTTPRequest(.post, try WebAddress("http://127.0.0.1:\(server.port)/v1"), body: body)
  }

  private func text(_ stream: HTTPStream) async throws -> String {
    String(decoding: try await stream.whole().body, as: UTF8.self)
  }

  /// How the reading of the whole stream fails.
  private func failure(_ request: HTTPRequest) async -> EndpointFailure? {
    do {
      _ = try await transport.open(request).whole()
      return nil
    } catch {
      return error
    }
  }

  // MARK: What comes

  @Test func headAndPiecesComeBeforeTheEnd() async throws {
    let gate = Gate()
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head)
      for piece in ["a", "b", "c"] {
        gate.wait()
        connection.send(Self.chunk(piece))
      }
      gate.wait()
      connection.send("0\r\n\r\n")
    }
    let stream = try await transport.open(request(server))
    #expect(stream.status == 200 && stream.isOfEvents)
    for piece in ["a", "b", "c"] {
      gate.open()
      #expect(try await stream.next() == Array(piece.utf8))
    }
    gate.open()
    #expect(try await stream.next() == nil)
    #expect(try await stream.next() == nil)
  }

  @Test func interimAnswersAreNotTheHead() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 429 No\r\n")
      connection.send("Retry-After: 3\r\nContent-Length: 2\r\n\r\nno")
    }
    let stream = try await transport.open(request(server))
    #expect(stream.status == 429 && stream.header("link") == nil && stream.header("retry-after") == "3")
    let whole = try await stream.whole()
    #expect(whole.status == 429 && whole.body == Array("no".utf8) && whole.header("retry-after") == "3")
  }

  @Test func asksForNoCompression() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.request() { connection.answer(body: request) }
    }
    #expect(try await text(transport.open(request(server))).contains("\r\nAccept-Encoding: identity\r\n"))
    let whole = String(decoding: try await transport.send(request(server)).body, as: UTF8.self)
    #expect(!whole.contains("identity"))
  }

  @Test func followsRedirects() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.request() {
        let isMoved = request.hasPrefix("POST /moved ")
        connection.answer(isMoved ? 200 : 307, headers: isMoved ? [] : ["Location: /moved"], body: "whole")
      }
    }
    #expect(try await text(transport.open(request(server))) == "whole")
  }

  @Test func aConnectionIsKeptWhenItsStreamWasReadToTheEnd() async throws {
    let server = try LoopbackServer { connection in
      while connection.request() != nil { connection.send(Self.head + Self.chunk("a") + "0\r\n\r\n") }
    }
    for _ in 0..<5 { #expect(try await text(transport.open(request(server))) == "a") }
    #expect(server.connections == 1)
  }

  @Test func aConnectionIsKeptWhenTheRestIsNotWanted() async throws {
    let gate = Gate()
    let server = try LoopbackServer { connection in
      while connection.request() != nil {
        connection.send(Self.head + Self.chunk("[DONE]"))
        gate.wait()
        connection.send(Self.chunk("a little more") + "0\r\n\r\n")
      }
    }
    // The end comes when it comes; some request finds the connection of one before it.
    for asked in 1...500 {
      let stream = try await transport.open(request(server))
      if server.connections < asked { return gate.open() }
      _ = try await stream.next()
      stream.letGo()
      gate.open()
    }
    Issue.record("no connection was used again")
  }

  @Test func aConnectionWhoseAnswerDoesNotEndIsClosed() async throws {
    let (ended, hasEnded) = AsyncStream.makeStream(of: Void.self)
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head + Self.chunk("[DONE]"))
      connection.waitForEnd()
      hasEnded.yield()
    }
    let stream = try await transport.open(request(server))
    _ = try await stream.next()
    stream.letGo()
    var end = ended.makeAsyncIterator()
    await end.next()
  }

  @Test func aSlowReaderMakesTheServerWaitAndLosesNothing() async throws {
    let (count, size) = (16, 1 << 20)
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(count * size)\r\n\r\n")
      for number in 0..<count { connection.send([UInt8](repeating: UInt8(number), count: size)) }
    }
    let stream = try await transport.open(request(server))
    var counts = [Int](repeating: 0, count: count)
    while let piece = try await stream.next() {
      #expect(piece.count <= size)
      for byte in piece { counts[Int(byte)] += 1 }
    }
    #expect(counts == [Int](repeating: size, count: count))
  }

  @Test func manyAtOnceAllComeWhole() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.request() {
        connection.send(Self.head)
        for number in 0..<20 { connection.send(Self.chunk("\(request.suffix(3))-\(number) ")) }
        connection.send("0\r\n\r\n")
      }
    }
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 100..<200 {
        let request = try request(server, body: HTTPBody(Array("\(number)".utf8)))
        group.addTask { try await text(transport.open(request)) }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    let expected = (100..<200).map { task in (0..<20).map { "\(task)-\($0) " }.joined() }
    #expect(texts == Set(expected))
  }

  @Test func aStreamOutlivesWhoOpenedTheTransport() async throws {
    let gate = Gate()
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head)
      gate.wait()
      connection.send(Self.chunk("a") + "0\r\n\r\n")
    }
    var transport: CurlTransport? = CurlTransport(.init(userAgent: "weir/test"))
    let stream = try #require(try await transport?.open(request(server)))
    transport = nil
    gate.open()
    #expect(try await text(stream) == "a")
  }

  // MARK: What goes out

  @Test func putsBodies() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.request() { connection.answer(body: request) }
    }
    var request = try request(server)
    request.method = .put
    #expect(try await text(transport.open(request)).hasPrefix("PUT /v1 HTTP/1.1\r\n"))
    request.method = .post
    #expect(try await text(transport.open(request)).hasPrefix("POST /v1 HTTP/1.1\r\n"))
  }

  @Test func picturesBecomeBase64OnTheirWay() async throws {
    let data = Data((0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let server = try LoopbackServer { connection in connection.answer(body: connection.request() ?? "") }
    let body = HTTPBody([.bytes(Array("{\"a\":\"".utf8)), .base64(data), .bytes(Array("\"}".utf8))])
    let seen = try await text(transport.open(request(server, body: body)))
    #expect(seen.hasSuffix("\r\n\r\n{\"a\":\"\(data.base64EncodedString())\"}"))
    #expect(seen.contains("\r\nContent-Length: \(body.count)\r\n") && !seen.contains("chunked"))
  }

  @Test func longBodiesAreSentAgainWhenTheCachedConnectionWasClosed() async throws {
    let body = HTTPBody([.base64(Data(repeating: 7, count: 300_000)), .bytes(Array("end".utf8))])
    let length = body.count
    let server = try LoopbackServer { connection in
      // The first connection answers once, takes a second request, and is gone.
      let request = connection.request() ?? ""
      connection.answer(body: request.hasSuffix("end") && request.utf8.count > length ? "whole" : "cut")
      if connection.number == 1 { return _ = connection.request() }
      connection.waitForEnd()
    }
    for _ in 0..<2 {
      #expect(try await text(transport.open(request(server, body: body))) == "whole")
    }
    #expect(server.connections == 2)
  }

  // MARK: What goes wrong

  @Test func brokenOffInTheMiddle() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head + Self.chunk("data: a"))
    }
    let stream = try await transport.open(request(server))
    #expect(try await stream.next() == Array("data: a".utf8))
    let failure = await #expect(throws: EndpointFailure.self) { try await stream.next() }
    #expect(failure?.kind == .unreachable)
    #expect(
      failure?.message.hasSuffix("broke the connection off in the middle of the answer, after 7 bytes")
        == true)
  }

  @Test func closedBeforeTheHead() async throws {
    let server = try LoopbackServer { connection in _ = connection.request() }
    let failure = await failure(try request(server))
    #expect(failure?.message.hasSuffix("closed the connection without an answer") == true)
  }

  @Test func silentForTooLong() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head + Self.chunk(": still here\n\n"))
      connection.waitForEnd()
    }
    var request = try request(server)
    request.timeouts.idle = .milliseconds(40)
    let failure = await failure(request)
    let message = failure?.message ?? "no failure"
    #expect(failure?.kind == .timedOut)
    #expect(message.contains(" was silent for ") && message.hasSuffix(" ms, after 14 bytes"), "\(message)")
  }

  @Test func silenceBeforeTheFirstByteIsOfAnotherKind() async throws {
    let server = try LoopbackServer { connection in connection.waitForEnd() }
    var request = try request(server)
    request.timeouts.idle = .milliseconds(10)
    request.timeouts.firstByte = .milliseconds(60)
    #expect(await failure(request)?.message.contains("had not begun to answer after ") == true)
  }

  /// Who wants a first byte in time is not content with a header, behind which a proxy may hold the body.
  @Test func silenceAfterTheHeaderCountsWhereTheFirstByteIsWaitedFor() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head)
      connection.waitForEnd()
    }
    var request = try request(server)
    request.timeouts.firstByte = .seconds(20)
    request.timeouts.idle = .milliseconds(40)
    #expect(await failure(request)?.message.contains(" was silent for ") == true)
  }

  @Test func timesOutAsAWhole() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head + Self.chunk("data: a"))
      connection.waitForEnd()
    }
    var request = try request(server)
    request.timeouts.whole = .milliseconds(200)
    request.timeouts.idle = .seconds(20)
    let message = await failure(request)?.message ?? "no failure"
    #expect(
      message.contains("was still answering after ") && message.hasSuffix("after 7 bytes"), "\(message)")
  }

  @Test func refusesMoreThanTheLimit() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head)
      for _ in 0..<40 { connection.send(Self.chunk(String(repeating: "x", count: 1 << 16))) }
      connection.waitForEnd()
    }
    var request = try request(server)
    request.greatestAnswer = 1 << 20
    #expect(await failure(request)?.message.hasSuffix("sent more than 1 MB, which is refused") == true)
  }

  // MARK: Cancelling

  private func endOfConnection(_ read: (HTTPStream) async throws -> Void) async throws {
    let (ended, hasEnded) = AsyncStream.makeStream(of: Void.self)
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(Self.head + Self.chunk("a"))
      connection.waitForEnd()
      hasEnded.yield()
    }
    try await read(transport.open(request(server)))
    var end = ended.makeAsyncIterator()
    await end.next()
  }

  @Test func cancellingTheReaderClosesTheConnection() async throws {
    try await endOfConnection { stream in
      let (waits, isWaiting) = AsyncStream.makeStream(of: Void.self)
      let task = Task { () -> EndpointFailure.Kind? in
        do {
          _ = try await stream.next()
          isWaiting.yield()
          _ = try await stream.next()
          return nil
        } catch {
          return (error as? EndpointFailure)?.kind
        }
      }
      var wait = waits.makeAsyncIterator()
      await wait.next()
      task.cancel()
      #expect(await task.value == .cancelled)
    }
  }

  @Test func releasingTheStreamClosesTheConnection() async throws {
    try await endOfConnection { stream in _ = try await stream.next() }
  }

  @Test func aCancelledTaskOpensNothing() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.answer()
    }
    let request = try request(server)
    let kind = await withTaskGroup(of: EndpointFailure.Kind?.self) { group in
      group.cancelAll()
      group.addTask { await failure(request)?.kind }
      return await group.next() ?? nil
    }
    #expect(kind == .cancelled)
    #expect(server.connections == 0)
  }

  @Test func manyCancelledAtRandomAllEnd() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.request() {
        connection.send(Self.head + Self.chunk("a"))
        if request.hasSuffix("wait") { return connection.waitForEnd() }
        connection.send(Self.chunk("b") + "0\r\n\r\n")
      }
    }
    for round in 0..<10 {
      let kinds = try await withThrowingTaskGroup(of: EndpointFailure.Kind?.self) { group in
        for number in 0..<50 {
          let body = HTTPBody(Array((number % 3 == 0 ? "wait" : "go").utf8))
          let request = try request(server, body: body)
          group.addTask { await failure(request)?.kind }
        }
        // Some are read by then, some under way, some not begun.
        for _ in 0..<(round * 3) { _ = try await group.next() }
        group.cancelAll()
        return try await group.reduce(into: [EndpointFailure.Kind?]()) { $0.append($1) }
      }
      #expect(kinds.count == 50 - round * 3)
      #expect(kinds.filter { $0 != nil && $0 != .cancelled } == [])
    }
  }
}
