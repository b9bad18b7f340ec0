import Testing
import WeirEndpoint
import WeirProviders
import WeirValues

/// Events out of bytes, by the rules, however the bytes are split.
struct EventStreamReaderTests {
  /// `name=data` of every event, and what `finish` gives behind a `…`.
  private func read(_ pieces: [[UInt8]], limit: Int = EventStreamReader.usualLimit) throws -> [String] {
    var reader = EventStreamReader(from: "example.com", limit: limit)
    var events: [String] = []
    for piece in pieces {
      reader.append(piece)
      while let event = try reader.next() { events.append(Self.shown(event)) }
    }
    if let rest = try reader.finish() { events.append("…" + Self.shown(rest)) }
    return events
  }

  private static func shown(_ event: ServerSentEvent) -> String {
    event.name == "message" ? event.text : "\(event.name)=\(event.text)"
  }

  static let cases: [(stream: String, events: [String])] = [
    ("data: a\n\ndata: b\n\n", ["a", "b"]),
    ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
    ("data: a\r\rdata: b\r\r", ["a", "b"]),
    ("data: a\r\n\ndata: b\n\r\n", ["a", "b"]),
    ("\u{FEFF}data: a\n\n", ["a"]),
    ("\u{FEFF}\u{FEFF}data: a\n\ndata: b\n\n", ["b"]),
    (": OPENROUTER PROCESSING\n\n:\n\ndata: a\n\n", ["a"]),
    ("data: a\ndata: b\ndata:\n\n", ["a\nb\n"]),
    ("data\n\ndata:\n\ndata: \n\n", ["", "", ""]),
    ("data:a\n\ndata:  a\n\n", ["a", " a"]),
    ("event: error\ndata: a\n\ndata: b\n\n", ["error=a", "b"]),
    ("event: lost\n\ndata: a\n\n", ["a"]),
    ("id: 1\nretry: 9\nDATA: no\ndata : no\nx\ndata: a\n\n", ["a"]),
    ("data: a\u{2028}b\u{2029}c\u{85}d\u{0B}e\u{0C}f\n\n", ["a\u{2028}b\u{2029}c\u{85}d\u{0B}e\u{0C}f"]),
    ("data: {\"a\": \"ü☃\u{1F600}\"}\n\n", ["{\"a\": \"ü☃\u{1F600}\"}"]),
    ("data: a:b: c\n\n", ["a:b: c"]),
    ("data: a\n\ndata: b", ["a", "…b"]),
    ("data: a\n\ndata: b\n", ["a", "…b"]),
    ("data: a\n\n\n\n: x", ["a"]),
    ("", []),
    ("\u{FEFF}", []),
  ]

  @Test(arguments: cases)
  func readsByTheRules(stream: String, events: [String]) throws {
    #expect(try read([Array(stream.utf8)]) == events)
  }

  @Test(arguments: cases)
  func readsTheSameHoweverItIsSplit(stream: String, events: [String]) throws {
    let bytes = Array(stream.utf8)
    #expect(try read(bytes.map { [$0] }) == events)
    for first in bytes.indices {
      #expect(try read([Array(bytes[..<first]), Array(bytes[first...])]) == events)
      for second in stride(from: first, to: bytes.count, by: 3) {
        let pieces = [Array(bytes[..<first]), Array(bytes[first..<second]), Array(bytes[second...])]
        #expect(try read(pieces) == events)
      }
    }
  }

  @Test func anEventIsOutWithItsLastLineEnd() throws {
    var reader = EventStreamReader(from: "example.com")
    reader.append(Array("data: a\r\n\r".utf8))
    #expect(try reader.next()?.text == "a")
    reader.append(Array("\ndata: b\r\n\r\n".utf8))
    #expect(try reader.next()?.text == "b")
    #expect(try reader.next() == nil)
  }

  @Test func whatIsNoUTF8IsReplaced() throws {
    #expect(try read([Array("data: a".utf8) + [0xFF, 0xC3], [0x0A, 0x0A]]) == ["a\u{FFFD}\u{FFFD}"])
    let event = ServerSentEvent(data: Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8))
    #expect(event.json?["a"] == .string("\u{FFFD}"))
  }

  @Test func knowsTheEndOfChatCompletions() {
    for (text, isDone) in [
      ("[DONE]", true), (" [DONE] \r", true), ("[DONE", false), ("", false), ("x[DONE]", false),
    ] {
      #expect(ServerSentEvent(data: Array(text.utf8)).isDone == isDone)
    }
  }

  @Test func linesAndEventsHaveALimit() throws {
    #expect(try read([Array("data: 0123456789\n\n".utf8)], limit: 16) == ["0123456789"])
    for (stream, what) in [
      ("data: 01234567890\n\n", "a line"), ("data: 0123456789012", "a line"),
      ("data: 0123456\ndata: 0123456\ndata: 0123456\n\n", "an event"),
    ] {
      for pieces in [[Array(stream.utf8)], stream.utf8.map { [$0] }] {
        let failure = #expect(throws: EndpointFailure.self) { try read(pieces, limit: 16) }
        #expect(failure?.kind == .badReply)
        #expect(
          failure?.message == "example.com sent \(what) of more than 16 bytes in its stream, which is refused"
        )
      }
    }
  }

  /// A picture in an event, in the pieces in which the network has it: no byte is looked at again.
  @Test(.timeLimit(.minutes(1))) func longLinesAreReadInTheTimeOfTheirLength() throws {
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 10)
    var reader = EventStreamReader(from: "example.com")
    reader.append(Array("data: ".utf8))
    for _ in 0..<(4 << 10) {
      reader.append(piece)
      #expect(try reader.next() == nil)
    }
    reader.append(Array("\n\n".utf8))
    #expect(try reader.next()?.data.count == 4 << 20)
  }

  @Test func eventsOfAnAnswerComeOneByOne() async throws {
    let pieces = ["data: a\n\nda", "ta: b\n\ndata: c\n\n", "data: d"].map { Array($0.utf8) }
    let stream = HTTPStream(
      status: 200, headers: [("Content-Type", "text/event-stream; charset=utf-8")], from: HTTPPieces(pieces))
    #expect(stream.isOfEvents)
    var events = EventStream(stream, from: "example.com")
    var texts: [String] = []
    while let event = try await events.next() { texts.append(event.text) }
    #expect(texts == ["a", "b", "c"])
    #expect(events.rest?.text == "d")
  }
}
