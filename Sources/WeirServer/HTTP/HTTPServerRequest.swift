/// A whole request, as a client sent it.
struct HTTPServerRequest: Sendable {
  let method: String
  /// As on the request line, with the query.
  let target: String
  let fields: HTTPRequestFields
  let body: [UInt8]
  /// Whether the client wants to send another request on the same connection.
  let isKeptAlive: Bool

  /// The target without its query. What is logged: a query may hold a secret.
  var path: String {
    target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
  }
}
