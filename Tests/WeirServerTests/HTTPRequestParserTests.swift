import Testing

@testable import WeirServer

@Suite struct HTTPRequestParserTests {
  /// Everything that comes out of the bytes when they are fed so many at a time.
  private func parse(
    _ text: String, pieces: Int = .max, limits: HTTPLimits = HTTPLimits()
  ) -> (requests: [HTTPServerRequest], failure: HTTPRequestError?) {
    var parser = HTTPRequestParser(limits: limits)
    var requests: [HTTPServerRequest] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      parser.feed(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      loop: while true {
        switch parser.next() {
        case .incomplete: break loop
        case .request(let request): requests.append(request)
        case .failure(let error): return (requests, error)
        }
      }
    }
    return (requests, nil)
  }

  private let twoRequests =
    "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nX-One:  two \r\n\r\nhello"
    + "\r\nPOST /d HTTP/1.1\r\nhost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
    + "3;ext=1\r\nabc\r\n0a\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nGET /e HTTP/1.0\n\n"

  @Test(arguments: [1, 2, 3, 7, 64, Int.max]) func doesNotCareHowTheBytesAreCut(pieces: Int) {
    let (requests, failure) = parse(twoRequests, pieces: pieces)
    #expect(failure == nil)
    #expect(requests.map(\.target) == ["/a?b=c", "/d", "/e"])
    #expect(requests.map(\.path) == ["/a", "/d", "/e"])
    #expect(requests.map { String(decoding: $0.body, as: UTF8.self) } == ["hello", "abc0123456789", ""])
    #expect(requests.map(\.isKeptAlive) == [true, true, false])
    #expect(requests[0].fields["x-one"] == "two")
  }

  @Test(arguments: [
    ("HTTP/1.1", "close", false), ("HTTP/1.1", "Foo, Close", false), ("HTTP/1.1", "keep-alive", true),
    ("HTTP/1.0", "Keep-Alive", true), ("HTTP/1.0", "close", false),
  ])
  func knowsWhetherTheConnectionIsKept(version: String, connection: String, isKept: Bool) {
    let (requests, _) = parse("GET / \(version)\r\nHost: x\r\nConnection: \(connection)\r\n\r\n")
    #expect(requests.map(\.isKeptAlive) == [isKept])
  }

  @Test(arguments: [
    ("GET\r\n\r\n", 400), ("GET / HTTP/1.1 \r\n\r\n", 400), ("G T / HTTP/1.1\r\n\r\n", 400),
    ("GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
    ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: x\r\nName : y\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: x\r\nNoColon\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: x\r\nA: \u{01}\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n", 417),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
  ])
  func refusesWhatIsNoRequest(text: String, status: Int) {
    for pieces in [1, Int.max] {
      let (requests, failure) = parse(text, pieces: pieces)
      #expect(requests.isEmpty)
      #expect(failure?.status == status, "\(failure?.message ?? "no failure")")
    }
  }

  @Test func holdsToItsLimits() {
    let limits = HTTPLimits(head: 200, body: 100)
    let filler = String(repeating: "x", count: 200)
    let head = "POST / HTTP/1.1\r\nHost: x\r\n"
    #expect(parse("\(head)A: \(filler)\r\n\r\n", limits: limits).failure?.status == 431)
    #expect(parse("GET /\(filler)", limits: limits).failure?.status == 431)
    #expect(parse("\(head)Content-Length: 101\r\n\r\n", limits: limits).failure?.status == 413)
    let exact = "\(head)Content-Length: 100\r\n\r\n\(filler.prefix(100))"
    #expect(parse(exact, limits: limits).requests.count == 1)
    let chunked = "\(head)Transfer-Encoding: chunked\r\n\r\n"
    #expect(parse("\(chunked)40\r\n\(filler.prefix(64))\r\n25\r\n", limits: limits).failure?.status == 413)
    #expect(parse("\(chunked)0\r\nA: \(filler)\r\nB: x\r\n\r\n", limits: limits).failure != nil)
    #expect(parse("\(chunked)\(String(repeating: "0", count: 5000))", limits: limits).failure?.status == 400)
  }

  @Test func asksForTheBodyOnceWhenTheClientWaits() throws {
    var parser = HTTPRequestParser()
    parser.feed(Array("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n".utf8))
    let early = parser.nextRequest()
    #expect(early?.target == nil)
    let asks = [parser.takeContinue(), parser.takeContinue()]
    #expect(asks == [true, false])
    parser.feed(Array("ok".utf8))
    let request = parser.nextRequest()
    #expect(request?.body == Array("ok".utf8))
    #expect(parser.isIdle)
  }

  /// A byte at a time: it would not end if bytes were looked at again and again.
  @Test func staysLinear() {
    var parser = HTTPRequestParser()
    let count = 1 << 17
    parser.feed(Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(count)\r\n\r\n".utf8))
    var whole = 0
    for _ in 0..<count {
      parser.feed(CollectionOfOne(UInt8(ascii: "x")))
      if case .request(let request) = parser.next() { whole = request.body.count }
    }
    #expect(whole == count)
  }
}

extension HTTPRequestParser {
  fileprivate mutating func nextRequest() -> HTTPServerRequest? {
    if case .request(let request) = next() { request } else { nil }
  }
}
