package import WeirEndpoint

/// Takes a stream of events apart: bytes in, as they come, events out.
///
/// By the rules of WHATWG HTML (server-sent events, 9.2.6): a line ends with CR, LF or CRLF, wherever the
/// bytes are split, and with nothing else; an empty line ends an event; one BOM at the start is dropped.
/// An event is out as soon as its last line end is in. Every byte is looked at once.
///
/// It knows nothing of what the events say, and never asks again: `id` and `retry` are ignored.
package struct EventStreamReader: Sendable {
  /// The greatest length of a line, and of the data of an event, in bytes.
  package static let usualLimit = 16 << 20

  private let site: String
  private let limit: Int
  private var bytes: [UInt8] = []
  /// Where the line begins that is not read yet, and how far it is known to have no end.
  private var start = 0
  private var scanned = 0
  private var isAtStart = true
  /// A CR was the last byte of a line; an LF behind it belongs to it.
  private var endsWithCR = false
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false

  /// `site` is what a failure calls the server.
  package init(from site: String, limit: Int = Self.usualLimit) {
    self.site = site
    self.limit = limit
  }

  package mutating func append(_ piece: [UInt8]) {
    dropRead()
    if bytes.isEmpty { bytes = piece } else { bytes += piece }
  }

  /// The next event that is whole; nil where more bytes are needed for it.
  package mutating func next() throws(EndpointFailure) -> ServerSentEvent? {
    guard skipMark() else { return nil }
    while let line = nextLine() {
      guard line.count <= limit else { throw tooLong("a line") }
      if !line.isEmpty {
        try read(line)
      } else if let event = takeEvent() {
        return event
      }
    }
    guard bytes.count - start <= limit else { throw tooLong("a line") }
    return nil
  }

  /// What stands at the end without the empty line that would make it an event. The rules throw it away;
  /// whether it is worth more, the caller knows.
  package mutating func finish() throws(EndpointFailure) -> ServerSentEvent? {
    let line = start..<bytes.count
    (start, scanned) = (bytes.count, bytes.count)
    if !line.isEmpty { try read(line) }
    return takeEvent()
  }

  // MARK: - Lines

  /// What has been read makes room when it is the larger part, so that no byte is moved often.
  private mutating func dropRead() {
    guard start > bytes.count - start else { return }
    bytes.removeFirst(start)
    scanned -= start
    start = 0
  }

  /// False while the first bytes may still be a byte order mark.
  private mutating func skipMark() -> Bool {
    guard isAtStart else { return true }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: mark) { (start, scanned) = (3, 3) }
    isAtStart = bytes.count < 3 && mark.starts(with: bytes)
    return !isAtStart
  }

  /// Without its end; nil where that has not come.
  private mutating func nextLine() -> Range<Int>? {
    if endsWithCR, start < bytes.count {
      if bytes[start] == 0x0A { (start, scanned) = (start + 1, max(scanned, start + 1)) }
      endsWithCR = false
    }
    guard let end = endOfLine() else {
      scanned = bytes.count
      return nil
    }
    defer { (start, scanned) = (end + 1, end + 1) }
    endsWithCR = bytes[end] == 0x0D
    return start..<end
  }

  private func endOfLine() -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var at = scanned
      while at < bytes.count {
        if bytes[at] == 0x0A || bytes[at] == 0x0D { return at }
        at += 1
      }
      return nil
    }
  }

  // MARK: - Fields

  private mutating func read(_ line: Range<Int>) throws(EndpointFailure) {
    let line = bytes[line]
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == 0x20 { value.removeFirst() }
    let field = line[..<colon]
    if field.elementsEqual("data".utf8) {
      try appendData(value)
    } else if field.elementsEqual("event".utf8) {
      name = String(decoding: value, as: UTF8.self)
    }
  }

  private mutating func appendData(_ value: ArraySlice<UInt8>) throws(EndpointFailure) {
    if hasData { data.append(0x0A) }
    hasData = true
    data += value
    guard data.count <= limit else { throw tooLong("an event") }
  }

  /// nil where no line had data.
  private mutating func takeEvent() -> ServerSentEvent? {
    defer { (name, data, hasData) = ("", [], false) }
    return hasData ? ServerSentEvent(name: name.isEmpty ? "message" : name, data: data) : nil
  }

  private func tooLong(_ what: String) -> EndpointFailure {
    let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit) bytes"
    return EndpointFailure(
      .badReply, "\(site) sent \(what) of more than \(size) in its stream, which is refused")
  }
}
