/// How much, and for how long, the server puts up with.
struct HTTPLimits: Sendable {
  /// Bytes of the request line with the header fields, and of the trailer fields.
  var head = 64 << 10
  /// Bytes of the body.
  var body = 64 << 20
  /// For a request to arrive, from its first byte to its last, and for a reply to be taken.
  var transfer = Duration.seconds(60)
  /// For a connection without a request.
  var idle = Duration.seconds(300)
}

/// Why a request cannot be answered by what it asks for; the connection ends with it.
struct HTTPRequestError: Error, Sendable, Hashable {
  let status: Int
  /// Lower case, without a full stop.
  let message: String
}
