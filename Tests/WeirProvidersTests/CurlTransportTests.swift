import Synchronization
import Testing
import WeirEndpoint
import WeirProviders

/// The transport against servers of this machine that behave well, badly and not at all.
@Suite(.timeLimit(.minutes(1)))
struct CurlTransportTests {
  private let transport = CurlTransport(.init(userAgent: "weir/test"))

  private func request(
    _ server: LoopbackServer, host: String = "127.0.0.1", path: String = "/v1", body: String = "{}",
    key: String? = nil
  ) throws -> HTTPRequest {
    let headers =
      [HTTPHeader("Content-Type", "application/json")]
      + (key.map { [HTTPHeader("Authorization", "Bearer ", secret: Secret($0))] } ?? [])
    let address = try WebAddress("http://\(host):\(server.port)\(path)")
    return HTTPRequest(.post, address, headers: headers, body: HTTPBody(Array(body.utf8)))
  }

  private func failure(_ request: HTTPRequest) async -> EndpointFailure? {
    do {
      _ = try await transport.send(request)
      return nil
    } catch {
      return error
    }
  }

  private func checkFailure(
    _ request: HTTPRequest, _ kind: EndpointFailure.Kind, _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let failure = await failure(request)
    #expect(failure?.kind == kind, sourceLocation: sourceLocation)
    let text = failure?.message ?? "no failure"
    #expect(text.contains(message), "\(text)", sourceLocation: sourceLocation)
  }

  // MARK: What goes out and comes back

  @Test func sendsMethodPathHeadersAndBody() async throws {
    let server = try LoopbackServer { connection in
      connection.answer(headers: ["X-Kind: a", "x-kind: b"], body: connection.request() ?? "")
    }
    let response = try await transport.send(
      request(server, path: "/v1/chat?x=1", body: "{\"a\":1}", key: "k-123"))
    let seen = String(decoding: response.body, as: UTF8.self)
    #expect(response.status == 200)
    #expect(response.header("X-KIND") == "a")
    #expect(seen.hasPrefix("POST /v1/chat?x=1 HTTP/1.1\r\n"))
    #expect(seen.hasSuffix("\r\n\r\n{\"a\":1}"))
    for line in ["User-Agent: weir/test", "Content-Type: application/json", "Authorization: Bearer k-123"] {
      #expect(seen.contains("\r\n\(line)\r\n"), "\(line) is not in \(seen)")
    }
    #expect(seen.contains("\r\nAccept-Encoding: "))
    #expect(!seen.contains("Expect:"))
  }

  @Test func sendsLargeBodiesWithoutWaitingForLeave() async throws {
    let body = String(repeating: "x", count: 5 << 20)
    let server = try LoopbackServer { connection in
      let request = connection.request() ?? ""
      connection.answer(body: "\(request.contains("Expect:")) \(request.utf8.count > 5 << 20)")
    }
    let response = try await transport.send(request(server, body: body))
    #expect(String(decoding: response.body, as: UTF8.self) == "false true")
  }

  @Test func getsWithoutBody() async throws {
    let server = try LoopbackServer { connection in connection.answer(body: connection.request() ?? "") }
    var request = try request(server, body: "")
    request.method = .get
    let response = try await transport.send(request)
    #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("GET /v1 HTTP/1.1\r\n"))
  }

  @Test func postsEmptyBodies() async throws {
    let server = try LoopbackServer { connection in connection.answer(body: connection.request() ?? "") }
    let response = try await transport.send(request(server, body: ""))
    #expect(String(decoding: response.body, as: UTF8.self).contains("Content-Length: 0\r\n"))
  }

  @Test(arguments: [200, 400, 401, 404, 429, 500, 503, 529])
  func everyStatusIsAnAnswer(status: Int) async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.answer(status, headers: ["Retry-After: 7"], body: "no")
    }
    let response = try await transport.send(request(server))
    #expect(response.status == status)
    #expect(response.header("retry-after") == "7")
    #expect(response.body == Array("no".utf8))
  }

  @Test func unauthorizedWithChallengeIsAnAnswer() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.answer(401, headers: ["WWW-Authenticate: Basic realm=\"x\""], body: "no")
    }
    #expect(try await transport.send(request(server)).status == 401)
  }

  @Test func joinsChunks() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n")
      connection.send("4\r\n\": 1\r\n1\r\n}\r\n0\r\n\r\n")
    }
    let response = try await transport.send(request(server))
    #expect(String(decoding: response.body, as: UTF8.self) == "{\"a\": 1}")
  }

  @Test func decompresses() async throws {
    // `{"ok":true}`, as gzip without a name or a time.
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xAB, 0x56, 0xCA, 0xCF, 0x56, 0xB2,
      0x2A, 0x29, 0x2A, 0x4D, 0xAD, 0x05, 0x00, 0x90, 0x5F, 0xD4, 0xA7, 0x0B, 0x00, 0x00, 0x00,
    ]
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
      connection.send(packed)
    }
    let response = try await transport.send(request(server))
    #expect(String(decoding: response.body, as: UTF8.self) == "{\"ok\":true}")
  }

  @Test func takesInterimAnswersAndStatusLinesWithoutReason() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200\r\nA:b\r\nContent-Length: 2\r\n\r\nok")
    }
    let response = try await transport.send(request(server))
    #expect(response.header("link") == nil)
    #expect(response.header("a") == "b")
    #expect(response.body == Array("ok".utf8))
  }

  @Test func keepsItsConnection() async throws {
    let server = try LoopbackServer { connection in
      while connection.request() != nil { connection.answer() }
    }
    for _ in 0..<20 { _ = try await transport.send(request(server)) }
    #expect(server.connections == 1)
  }

  @Test func sendsAgainWithItsBodyWhenTheCachedConnectionWasClosed() async throws {
    let server = try LoopbackServer { connection in
      // The first connection answers once, takes a second request, and is gone.
      let request = connection.request() ?? ""
      connection.answer(body: request.hasSuffix("{\"n\":1}") ? "whole" : "cut")
      if connection.number == 1 { return _ = connection.request() }
      connection.waitForEnd()
    }
    for _ in 0..<2 {
      let response = try await transport.send(request(server, body: "{\"n\":1}"))
      #expect(String(decoding: response.body, as: UTF8.self) == "whole")
    }
    #expect(server.connections == 2)
  }

  @Test func manyAtOnceAllComeBack() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.request() {
        connection.answer(body: String(request.split(separator: "\r\n").last ?? ""))
      }
    }
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<200 {
        let request = try request(server, body: "\(number)")
        group.addTask { [transport] in
          String(decoding: try await transport.send(request).body, as: UTF8.self)
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(bodies == Set((0..<200).map(String.init)))
  }

  @Test func reachesIPv6() async throws {
    guard
      let server = try? LoopbackServer(
        host: "::1",
        { connection in
          _ = connection.request()
          connection.answer()
        })
    else { return }
    #expect(try await transport.send(request(server, host: "[::1]", key: "k")).status == 200)
  }

  // MARK: What goes wrong

  @Test func refusedConnection() async throws {
    var server: LoopbackServer? = try LoopbackServer { _ in }
    let request = try request(#require(server))
    server = nil
    await checkFailure(request, .unreachable, "no connection to \(request.address.site): connection refused")
  }

  @Test func closedWithoutAnswer() async throws {
    let server = try LoopbackServer { connection in _ = connection.request() }
    await checkFailure(try request(server), .unreachable, "closed the connection without an answer")
  }

  @Test func reset() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.resetWhenClosed()
    }
    await checkFailure(try request(server), .unreachable, "broke the connection off before it answered")
  }

  @Test func brokenOffInTheHeader() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\n")
    }
    await checkFailure(try request(server), .unreachable, "in the middle of the answer, after 0 bytes")
  }

  @Test func brokenOffInTheBody() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"out")
    }
    await checkFailure(try request(server), .unreachable, "in the middle of the answer, after 5 of 50 bytes")
  }

  @Test func brokenOffInAChunk() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"out")
    }
    await checkFailure(try request(server), .unreachable, "in the middle of the answer, after 5 bytes")
  }

  @Test func brokenCompression() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.answer(headers: ["Content-Encoding: gzip"], body: "this is not gzip")
    }
    await checkFailure(try request(server), .badReply, "cannot be decompressed")
  }

  @Test func notHTTP() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("SSH-2.0-OpenSSH_9.2\r\n")
    }
    await checkFailure(try request(server), .badReply, "did not answer in HTTP")
  }

  @Test func httpsToAPlainServer() async throws {
    let server = try LoopbackServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
    }
    var request = try request(server)
    request.address = try WebAddress("https://127.0.0.1:\(server.port)/")
    await checkFailure(request, .unreachable, "no encrypted connection to 127.0.0.1:\(server.port)")
  }

  @Test func refusesAnnouncedLengthOverTheLimit() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n")
      connection.waitForEnd()
    }
    var request = try request(server)
    request.greatestAnswer = 1 << 20
    await checkFailure(request, .badReply, "sent more than 1 MB, which is refused")
  }

  @Test func refusesMoreThanTheLimitWhileItArrives() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      let piece = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
      for _ in 0..<300 { connection.send(piece) }
      connection.waitForEnd()
    }
    var request = try request(server)
    request.greatestAnswer = 1 << 20
    await checkFailure(request, .badReply, "sent more than 1 MB, which is refused")
  }

  // MARK: Time

  @Test func timesOutBeforeTheFirstByte() async throws {
    let server = try LoopbackServer { connection in connection.waitForEnd() }
    var request = try request(server)
    request.timeouts.firstByte = .milliseconds(40)
    await checkFailure(request, .timedOut, "127.0.0.1:\(server.port) had not begun to answer after ")
  }

  @Test func timesOutAsAWhole() async throws {
    let server = try LoopbackServer { connection in connection.waitForEnd() }
    var request = try request(server)
    request.timeouts.whole = .milliseconds(40)
    await checkFailure(request, .timedOut, "had not begun to answer after ")
  }

  @Test func timesOutWhileReceiving() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"out")
      connection.waitForEnd()
    }
    var request = try request(server)
    request.timeouts.firstByte = .seconds(20)
    request.timeouts.whole = .milliseconds(400)
    let failure = await failure(request)
    #expect(failure?.kind == .timedOut)
    let message = failure?.message ?? "no failure"
    #expect(
      message.contains("was still answering after ") && message.hasSuffix("after 5 of 50 bytes"), "\(message)"
    )
  }

  @Test func limitsOfOneRequestLeaveOthersAlone() async throws {
    let server = try LoopbackServer { connection in
      let isSlow = connection.request()?.contains("slow") ?? false
      if isSlow { connection.waitForEnd() } else { connection.answer() }
    }
    var slow = try request(server, body: "slow")
    slow.timeouts.firstByte = .milliseconds(30)
    var patient = try request(server)
    patient.timeouts.firstByte = .seconds(30)
    async let late = failure(slow)
    #expect(try await transport.send(patient).status == 200)
    #expect(await late?.kind == .timedOut)
  }

  // MARK: Cancelling

  @Test func cancellingClosesTheConnection() async throws {
    let (arrived, hasArrived) = AsyncStream.makeStream(of: Void.self)
    let (ended, hasEnded) = AsyncStream.makeStream(of: Void.self)
    let server = try LoopbackServer { connection in
      _ = connection.request()
      hasArrived.yield()
      connection.waitForEnd()
      hasEnded.yield()
    }
    let request = try request(server)
    let task = Task { await failure(request) }
    var arrival = arrived.makeAsyncIterator()
    await arrival.next()
    task.cancel()
    #expect(await task.value?.kind == .cancelled)
    var end = ended.makeAsyncIterator()
    await end.next()
  }

  @Test func cancelledTaskSendsNothing() async throws {
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
        if request.hasSuffix("wait") { return connection.waitForEnd() }
        connection.answer()
      }
    }
    for round in 0..<10 {
      let kinds = try await withThrowingTaskGroup(of: EndpointFailure.Kind?.self) { group in
        for number in 0..<50 {
          let request = try request(server, body: number % 3 == 0 ? "wait" : "go")
          group.addTask { await failure(request)?.kind }
        }
        // Some are answered by then, some under way, some not begun.
        for _ in 0..<(round * 3) { _ = try await group.next() }
        group.cancelAll()
        return try await group.reduce(into: [EndpointFailure.Kind?]()) { $0.append($1) }
      }
      #expect(kinds.count == 50 - round * 3)
      #expect(kinds.filter { $0 != nil && $0 != .cancelled } == [])
    }
  }

  @Test func tasksRunOnTheThreadOfTheRequests() async throws {
    let server = try LoopbackServer { connection in
      while connection.request() != nil { connection.answer(body: "whole") }
    }
    let request = try request(server)
    let sum = try await withTaskExecutorPreference(transport.executor) {
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask { [transport] in
            var count = 0
            for _ in 0..<5 { count += try await transport.send(request).body.count }
            return count
          }
        }
        return try await group.reduce(0, +)
      }
    }
    #expect(sum == 20 * 5 * 5)
  }

  /// The thread ends with the transport; what ran on it goes on elsewhere.
  @Test func tasksOutliveTheThreadOfTheRequests() async throws {
    var transport: CurlTransport? = CurlTransport(.init(userAgent: "weir/test"))
    let (stream, more) = AsyncStream.makeStream(of: Int.self)
    let (started, hasStarted) = AsyncStream.makeStream(of: Void.self)
    let task = Task(executorPreference: transport?.executor) {
      hasStarted.yield()
      return await stream.reduce(0, +)
    }
    var start = started.makeAsyncIterator()
    await start.next()
    transport = nil
    for number in 1...3 { more.yield(number) }
    more.finish()
    #expect(await task.value == 6)
  }

  @Test func transportGoesWithItsLastReference() async throws {
    let (ended, hasEnded) = AsyncStream.makeStream(of: Void.self)
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.answer()
      connection.waitForEnd()
      hasEnded.yield()
    }
    var transport: CurlTransport? = CurlTransport(.init(userAgent: "weir/test"))
    _ = try await transport?.send(request(server))
    transport = nil
    var end = ended.makeAsyncIterator()
    await end.next()
  }

  // MARK: Keys

  @Test func plainHTTPCarriesNoKeyToOtherMachines() async throws {
    let headers = [HTTPHeader("Authorization", "Bearer ", secret: Secret("k-123"))]
    for host in ["example.com", "127.0.0.1.example.com", "10.0.0.1", "[2001:db8::1]", "127.evil.com"] {
      let request = HTTPRequest(.post, try WebAddress("http://\(host)/v1"), headers: headers)
      await checkFailure(request, .invalidRequest, "plain http would show it to everyone on the way")
    }
    let userInfo = HTTPRequest(.post, try WebAddress("http://me:secret@example.com/v1"))
    await checkFailure(userInfo, .invalidRequest, "plain http would show it")
  }

  @Test func refusesKeysWithLineBreaks() async throws {
    let server = try LoopbackServer { connection in connection.answer() }
    await checkFailure(
      try request(server, key: "k-123\r\nX-Evil: 1"), .invalidRequest, "`Authorization` holds a line break")
    #expect(server.connections == 0)
  }

  @Test(arguments: [301, 302, 307, 308])
  func redirectsKeepMethodAndBodyButNoKeyForOthers(status: Int) async throws {
    let other = try LoopbackServer { connection in connection.answer(body: connection.request() ?? "") }
    let port = other.port
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.answer(status, headers: ["Location: http://127.0.0.1:\(port)/moved"], body: "")
    }
    var request = try request(server, body: "{\"a\":1}", key: "k-123")
    request.headers.append(HTTPHeader("X-Mine", "1"))
    let seen = String(decoding: try await transport.send(request).body, as: UTF8.self)
    #expect(seen.hasPrefix("POST /moved HTTP/1.1\r\n"))
    #expect(seen.hasSuffix("\r\n\r\n{\"a\":1}"))
    #expect(seen.contains("Content-Type: application/json"))
    #expect(!seen.contains("k-123") && !seen.contains("Authorization") && !seen.contains("X-Mine"))
  }

  @Test func redirectsKeepTheKeyForTheSameServer() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.request() {
        if request.hasPrefix("POST /v1 ") {
          connection.answer(308, headers: ["Location: v1/"], body: "")
        } else {
          connection.answer(body: request)
        }
      }
    }
    let seen = String(decoding: try await transport.send(request(server, key: "k-123")).body, as: UTF8.self)
    #expect(seen.hasPrefix("POST /v1/ HTTP/1.1\r\n"))
    #expect(seen.contains("Authorization: Bearer k-123"))
  }

  @Test func redirectsEnd() async throws {
    let server = try LoopbackServer { connection in
      while connection.request() != nil {
        connection.answer(307, headers: ["Location: /again"], body: "")
      }
    }
    await checkFailure(try request(server), .invalidRequest, "is one of more than 5 in a row")
  }

  @Test func seeOtherAfterPostIsAnAnswer() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.answer(303, headers: ["Location: /elsewhere"], body: "")
    }
    #expect(try await transport.send(request(server)).status == 303)
  }
}
