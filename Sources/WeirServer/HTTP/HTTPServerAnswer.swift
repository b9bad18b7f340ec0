/// What is done with a request, and what is logged of it.
struct HTTPServerAnswer {
  var delivery: Delivery
  /// What the log says after method, path, status and time.
  var note = ""
  /// How long nothing at all is sent.
  var delay = Duration.zero

  enum Delivery {
    case reply(HTTPServerReply)
    case stream(HTTPServerStream)
    /// Not a byte; `whole` here is the same as `cut`.
    case nothing(HTTPEnding)
  }
}

/// How an answer ends.
enum HTTPEnding: Hashable {
  /// As its head promised.
  case whole
  /// The connection is closed, whatever the head promised.
  case cut
  /// The connection is reset.
  case reset
  /// Nothing more comes, for as long as the client waits.
  case hang

  /// For the log.
  var word: String {
    switch self {
    case .whole: "whole"
    case .cut: "cut"
    case .reset: "reset"
    case .hang: "hang"
    }
  }
}

/// An answer whose body comes in pieces over time.
struct HTTPServerStream {
  var status: Int
  /// Without those that say how the body travels.
  var fields: HTTPFields
  /// Bytes of the whole body where they are known; else it is chunked.
  var length: Int?
  var pieces: any IteratorProtocol<HTTPPiece>
  var ending = HTTPEnding.whole
  /// Whether the pieces are events, which the log counts.
  var countsEvents = true

  init(
    _ status: Int, _ fields: HTTPFields, length: Int? = nil, pieces: any IteratorProtocol<HTTPPiece>
  ) {
    self.status = status
    self.fields = fields
    self.length = length
    self.pieces = pieces
  }
}

/// Bytes of a stream that are sent at once, as one chunk.
struct HTTPPiece: Equatable {
  var bytes: [UInt8]
  /// How long after the piece before it, or after the head.
  var pause = Duration.zero
  /// How many events end with it.
  var events = 0
}

/// What answers requests. Owned by the thread of the server, which calls it for one after another.
protocol HTTPService: SendableMetatype {
  /// - Parameter now: since the server was started.
  mutating func answer(_ request: HTTPServerRequest, at now: Duration) -> HTTPServerAnswer
}
