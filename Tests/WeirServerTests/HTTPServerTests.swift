import Testing

@testable import WeirServer

/// The loop over real sockets of the loopback.
@Suite struct HTTPServerTests {
  /// Says back what it was sent; a path may ask for something special.
  private struct Echo: HTTPService {
    var latency = Duration.zero

    func answer(_ request: HTTPServerRequest, at now: Duration) -> HTTPServerAnswer {
      let reply = HTTPServerReply(
        200, ["x-method": request.method], body: request.path == "/big" ? big : request.body)
      return switch request.path {
      case "/reset": HTTPServerAnswer(delivery: .nothing(.reset))
      case "/hang": HTTPServerAnswer(delivery: .nothing(.hang))
      default: HTTPServerAnswer(delivery: .reply(reply), note: "echo", delay: latency)
      }
    }

    private var big: [UInt8] { Array(repeating: UInt8(ascii: "a"), count: 19_999_999) + [UInt8(ascii: "z")] }
  }

  private func withServer(
    latency: Duration = .zero, limits: HTTPLimits = HTTPLimits(),
    log: @escaping @Sendable (String) -> Void = { _ in }, _ body: (Int) throws -> Void
  ) throws {
    let server = HTTPServer()
    let port = try server.start({ Echo(latency: latency) }, port: 0, limits: limits, log: log)
    defer { server.stop() }
    try body(port)
  }

  private func post(_ body: String, to path: String = "/", fields: String = "") -> String {
    "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
  }

  @Test(arguments: [Duration.zero, .milliseconds(3)])
  func keepsTheConnectionAndItsOrder(latency: Duration) throws {
    try withServer(latency: latency) { port in
      let client = try LoopbackClient(port: port)
      for text in ["one", "two", ""] {
        try client.send(post(text))
        #expect(try client.receive().text == text)
      }
      try client.send((0..<50).map { post("\($0)") }.joined())
      for number in 0..<50 { #expect(try client.receive().text == "\(number)") }
    }
  }

  @Test func servesManyConnectionsAtOnce() throws {
    try withServer { port in
      let clients = try (0..<300).map { _ in try LoopbackClient(port: port) }
      for (index, client) in clients.enumerated() { try client.send(post("\(index)")) }
      for (index, client) in clients.enumerated().reversed() {
        #expect(try client.receive().text == "\(index)")
      }
    }
  }

  @Test func answersAClientThatSendsNoMore() throws {
    try withServer { port in
      let client = try LoopbackClient(port: port)
      try client.send(post("one") + post("two"))
      client.endSending()
      #expect(try client.receive().text == "one")
      #expect(try client.receive().text == "two")
      #expect(try client.receiveRest() == "")
    }
  }

  @Test func sendsMoreThanASocketHolds() throws {
    try withServer { port in
      let client = try LoopbackClient(port: port)
      try client.send(post("", to: "/big") + post("after"))
      let reply = try client.receive()
      #expect(reply.body.count == 20_000_000)
      #expect(reply.body.last == UInt8(ascii: "z"))
      #expect(try client.receive().text == "after")
    }
  }

  @Test func sendsChunksToWhoWantsThem() throws {
    try withServer { port in
      let client = try LoopbackClient(port: port)
      let text = String(repeating: "größe ", count: 500)
      try client.send(post(text, fields: "X-Weir-Chunked: 1\r\n"))
      let reply = try client.receive()
      #expect(reply.text == text)
      #expect(reply.fields["content-length"] == nil)
    }
  }

  @Test func answersHEADWithoutABody() throws {
    try withServer { port in
      let client = try LoopbackClient(port: port)
      try client.send("HEAD / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + post("next"))
      let reply = try client.receive(isHeadOnly: true)
      #expect(reply.fields["content-length"] == "3")
      #expect(try client.receive().text == "next")
    }
  }

  @Test func asksAWaitingClientForItsBody() throws {
    try withServer { port in
      let client = try LoopbackClient(port: port)
      try client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
      #expect(try client.receive().status == 100)
      try client.send("ok")
      #expect(try client.receive().text == "ok")
    }
  }

  /// The client gets the reply though it is still sending, and only then the end.
  @Test(arguments: [
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n", 413),
    ("GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 3000))\r\n\r\n", 431),
    ("nonsense\r\n\r\n", 400),
  ])
  func refusesAndEnds(text: String, status: Int) throws {
    try withServer(limits: HTTPLimits(head: 2000, body: 500_000)) { port in
      let client = try LoopbackClient(port: port)
      try client.send(text + String(repeating: "x", count: 100_000))
      let reply = try client.receive()
      #expect(reply.status == status)
      #expect(reply.fields["connection"] == "close")
      client.endSending()
      #expect(try client.receiveRest() == "")
    }
  }

  @Test func endsSlowClientsAndIdleOnes() throws {
    let limits = HTTPLimits(transfer: .milliseconds(40), idle: .milliseconds(60))
    try withServer(limits: limits) { port in
      let slow = try LoopbackClient(port: port)
      try slow.send("POST / HTTP/1.1\r\nHost:")
      let idle = try LoopbackClient(port: port)
      #expect(try slow.receive().status == 408)
      #expect(try idle.receiveRest() == "")
    }
  }

  @Test func failsAsItIsTold() throws {
    try withServer { port in
      let reset = try LoopbackClient(port: port)
      try reset.send(post("x", to: "/reset"))
      let error = #expect(throws: LoopbackClient.Broken.self) { try reset.receiveRest() }
      #expect(error?.what == "reset")
    }
  }

  @Test func stopEndsWhatHangs() throws {
    let server = HTTPServer()
    let port = try server.start({ Echo() }, port: 0, limits: HTTPLimits(), log: { _ in })
    let client = try LoopbackClient(port: port)
    try client.send(post("x", to: "/hang") + post("y"))
    let other = try LoopbackClient(port: port)
    try other.send(post("other"))
    #expect(try other.receive().text == "other")
    server.stop()
    server.stop()
    #expect(throws: LoopbackClient.Broken.self) { try client.receive() }
    #expect(throws: LoopbackClient.Broken.self) { try LoopbackClient(port: port) }
    #expect(throws: ServerError.self) {
      try server.start({ Echo() }, port: 0, limits: HTTPLimits(), log: { _ in })
    }
  }

  @Test func saysThatAPortIsTaken() throws {
    try withServer { port in
      let error = #expect(throws: ServerError.self) {
        try HTTPServer().start({ Echo() }, port: port, limits: HTTPLimits(), log: { _ in })
      }
      #expect(error?.message == "port \(port) of 127.0.0.1 is taken")
    }
    let error = #expect(throws: ServerError.self) {
      try HTTPServer().start({ Echo() }, port: 70_000, limits: HTTPLimits(), log: { _ in })
    }
    #expect(error?.message == "70000 is no port; a port is 0 to 65535")
  }
}
