package import WeirValues

/// An event of a stream (WHATWG HTML: server-sent events).
package struct ServerSentEvent: Sendable, Hashable {
  /// `message` where the stream does not say.
  package var name = "message"
  /// The lines of its data, put together by line feeds; as they came, whether UTF-8 or not.
  package var data: [UInt8]

  package init(name: String = "message", data: [UInt8]) {
    self.name = name
    self.data = data
  }

  /// The data as text; what is no UTF-8 is U+FFFD.
  package var text: String { String(decoding: data, as: UTF8.self) }

  /// The data as JSON; nil for what is none.
  package var json: Value? { (try? Value(json: data)) ?? (try? Value(json: text)) }

  /// `[DONE]`, which ends the streams of chat completions.
  package var isDone: Bool {
    data.count < 64
      && data.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed().elementsEqual("[DONE]".utf8)
  }
}
