package import WeirEndpoint

/// The events of an answer, one after another, while it comes.
package struct EventStream {
  private let stream: HTTPStream
  private var reader: EventStreamReader
  private var isAtEnd = false
  /// What stood at the end without an empty line behind it.
  package private(set) var rest: ServerSentEvent?

  /// `site` is what a failure calls the server.
  package init(_ stream: HTTPStream, from site: String) {
    self.stream = stream
    reader = EventStreamReader(from: site)
  }

  /// nil at the end; waits only where no whole event has come yet.
  package mutating func next() async throws(EndpointFailure) -> ServerSentEvent? {
    while !isAtEnd {
      if let event = try reader.next() { return event }
      if let piece = try await stream.next() {
        reader.append(piece)
      } else {
        isAtEnd = true
        rest = try reader.finish()
      }
    }
    return nil
  }
}

extension HTTPStream {
  /// Whether the server says that what follows is a stream of events.
  package var isOfEvents: Bool {
    header("content-type")?.lowercased().hasPrefix("text/event-stream") ?? false
  }
}
