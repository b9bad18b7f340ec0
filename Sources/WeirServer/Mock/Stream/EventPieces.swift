/// The pieces of a stream: its events, written in a style.
///
/// An event that holds more than ASCII is sent in two chunks, cut within its first long character, because
/// nothing promises a client that chunks are whole characters.
struct EventPieces: IteratorProtocol {
  private var events: any IteratorProtocol<MockEvent>
  private let style: EventStyle
  private var upcoming: MockEvent?
  private var isFirst = true
  private var rest: HTTPPiece?

  init(_ events: any IteratorProtocol<MockEvent>, _ style: EventStyle = EventStyle()) {
    self.events = events
    self.style = style
    upcoming = self.events.next()
  }

  mutating func next() -> HTTPPiece? {
    if let piece = rest {
      rest = nil
      return cut(piece)
    }
    guard let event = upcoming else { return nil }
    upcoming = events.next()
    let bytes = style.bytes(of: event, isFirst: isFirst, isLast: upcoming == nil)
    isFirst = false
    let isEvent = if case .data = event.content { true } else { false }
    return cut(HTTPPiece(bytes: bytes, pause: event.pause, events: isEvent ? 1 : 0))
  }

  /// The first part of the piece; what is left comes next, at once.
  private mutating func cut(_ piece: HTTPPiece) -> HTTPPiece {
    guard let place = placeOfCut(piece), place < piece.bytes.count else { return piece }
    rest = HTTPPiece(bytes: Array(piece.bytes[place...]), events: piece.events)
    return HTTPPiece(bytes: Array(piece.bytes[..<place]), pause: piece.pause)
  }

  private func placeOfCut(_ piece: HTTPPiece) -> Int? {
    if let chunk = style.chunk { return chunk }
    // What begins within a character was cut already; a mark at the beginning is none.
    guard let first = piece.bytes.first, first & 0xC0 != 0x80 else { return nil }
    return piece.bytes.firstIndex { $0 >= 0xC0 && $0 != EventStyle.mark[0] }.map { $0 + 1 }
  }
}

/// Events one after another out of an array.
struct EventList: IteratorProtocol {
  private var events: ArraySlice<MockEvent>

  init(_ events: [MockEvent]) { self.events = events[...] }

  mutating func next() -> MockEvent? { events.popFirst() }
}
