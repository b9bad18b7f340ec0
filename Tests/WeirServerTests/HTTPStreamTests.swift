import Testing

@testable import WeirServer

/// Answers that come in pieces, over real sockets of the loopback.
@Suite(.timeLimit(.minutes(1))) struct HTTPStreamTests {
  /// Streams what the path says: `/COUNT/SIZE/PAUSE/ENDING`, pauses in milliseconds.
  private struct Pieces: HTTPService {
    func answer(_ request: HTTPServerRequest, at now: Duration) -> HTTPServerAnswer {
      let words = request.path.split(separator: "/")
      guard words.count == 4, let count = Int(words[0]), let size = Int(words[1]), let pause = Int(words[2])
      else {
        return HTTPServerAnswer(delivery: .reply(HTTPServerReply(200)))
      }
      let pieces = (0..<count).map { number in
        HTTPPiece(
          bytes: Array("\(number) ".utf8) + Array(repeating: UInt8(ascii: "x"), count: size),
          pause: .milliseconds(pause), events: 1)
      }
      var stream = HTTPServerStream(200, ["content-type": "text/plain"], pieces: pieces.makeIterator())
      stream.ending = ["cut": .cut, "reset": .reset, "hang": .hang][words[3]] ?? .whole
      return HTTPServerAnswer(delivery: .stream(stream), note: "pieces")
    }
  }

  private func withServer(
    log: @escaping @Sendable (String) -> Void = { _ in }, _ body: (Int) async throws -> Void
  ) async throws {
    let server = HTTPServer()
    let port = try server.start({ Pieces() }, port: 0, limits: HTTPLimits(), log: log)
    defer { server.stop() }
    try await body(port)
  }

  private func get(_ path: String, version: String = "1.1") -> String {
    "GET \(path) HTTP/\(version)\r\nHost: x\r\n\r\n"
  }

  @Test func comesInPiecesAndKeepsTheConnection() async throws {
    try await withServer { port in
      let client = try LoopbackClient(port: port)
      try client.send(get("/3/0/1/whole") + get("/2/1/0/whole"))
      #expect(try client.receive().text == "0 1 2 ")
      let second = try client.receive()
      #expect(second.text == "0 x1 x")
      #expect(second.fields["transfer-encoding"] == "chunked")
    }
  }

  /// Twenty pauses of 5 ms each, for all of them at once: one after another they would take half a minute.
  @Test func servesManyStreamsAtOnce() async throws {
    try await withServer { port in
      let start = ContinuousClock.now
      let clients = try (0..<300).map { _ in try LoopbackClient(port: port) }
      for client in clients { try client.send(get("/20/10/5/whole")) }
      for client in clients { #expect(try client.receive().body.count == 10 * 12 + 10 * 13) }
      #expect(start.duration(to: .now) >= .milliseconds(100))
      #expect(start.duration(to: .now) < .seconds(10))
    }
  }

  @Test func waitsForAClientThatReadsSlowly() async throws {
    try await withServer { port in
      let client = try LoopbackClient(port: port)
      try client.send(get("/200/100000/0/whole"))
      let other = try LoopbackClient(port: port)
      try other.send(get("/1/0/0/whole"))
      #expect(try other.receive().text == "0 ")
      #expect(try client.receive().body.count == 200 * 100_000 + 10 * 2 + 90 * 3 + 100 * 4)
    }
  }

  @Test func endsWithTheConnectionForAnOldClient() async throws {
    try await withServer { port in
      let client = try LoopbackClient(port: port)
      try client.send(get("/2/1/0/whole", version: "1.0"))
      let rest = try client.receiveRest()
      #expect(rest.contains("connection: close\r\n"))
      #expect(!rest.contains("chunked"))
      #expect(rest.hasSuffix("\r\n\r\n0 x1 x"))
    }
  }

  @Test func endsAsItIsTold() async throws {
    try await withServer { port in
      let cut = try LoopbackClient(port: port)
      try cut.send(get("/2/1/0/cut"))
      #expect(try cut.receiveRest().hasSuffix("\r\n\r\n3\r\n0 x\r\n3\r\n1 x\r\n"))
      let reset = try LoopbackClient(port: port)
      try reset.send(get("/2/1/0/reset"))
      let error = #expect(throws: LoopbackClient.Broken.self) { try reset.receiveRest() }
      #expect(error?.what == "reset")
    }
  }

  @Test func logsAStreamWhenItIsOverAndAClientThatGoesAway() async throws {
    let (lines, log) = AsyncStream.makeStream(of: String.self)
    try await withServer(log: { log.yield($0) }) { port in
      var line = lines.makeAsyncIterator()
      let patient = try LoopbackClient(port: port)
      try patient.send(get("/3/1/1/whole"))
      let first = try #require(await line.next())
      #expect(first.hasPrefix("GET /3/1/1/whole 200 "))
      #expect(first.hasSuffix("ms pieces events=3"))
      try leave(port, "/1000/1/1/whole", after: "2 x")
      let second = try #require(await line.next())
      #expect(second.hasPrefix("GET /1000/1/1/whole 200 "))
      #expect(second.contains("ms pieces closed by the client after "))
      try leave(port, "/1/1/600000/whole", after: "\r\n\r\n")
      let third = try #require(await line.next())
      #expect(third.hasPrefix("GET /1/1/600000/whole - "))
      #expect(third.contains(" closed by the client after 0 events / "))
      try leave(port, "/1/1/0/hang", after: "0 x")
      #expect(try #require(await line.next()).hasPrefix("GET /1/1/0/hang 200 (hang) "))
      #expect(try #require(await line.next()).contains(" closed by the client after 1 events / "))
    }
  }

  /// Closes the connection when so much has come.
  private func leave(_ port: Int, _ path: String, after text: String) throws {
    let client = try LoopbackClient(port: port)
    try client.send(get(path))
    try client.receive(until: text)
  }
}

@Suite struct TimersTests {
  @Test func giveOutWhatIsDueInItsOrder() {
    let start = ContinuousClock.now
    var timers = Timers<Int>()
    let delays = [5, 3, 9, 3, 1, 7, 3, 0, 9, 2]
    for (number, delay) in delays.enumerated() { timers.add(number, due: start + .milliseconds(delay)) }
    #expect(timers.nextDue == start)
    #expect(timers.takeDue(start - .milliseconds(1)) == nil)
    var order: [Int] = []
    while let number = timers.takeDue(start + .milliseconds(7)) { order.append(number) }
    #expect(order == [7, 4, 9, 1, 3, 6, 0, 5])
    #expect(timers.nextDue == start + .milliseconds(9))
    while let number = timers.takeDue(start + .milliseconds(9)) { order.append(number) }
    #expect(order.suffix(2) == [2, 8])
    #expect(timers.nextDue == nil)
  }
}
