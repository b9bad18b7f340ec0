/// A whole request, as a client sent it.
struct HTTPServerRequest: Sendable {
  let method: String
  /// As on the request line, with the query.
  let target: String
  let fields: HTTPRequestFields
  let body: [UInt8]
  /// Whether the client wants to send another request on the same connection.
  let isKeptAlive: Bool
  /// Whether the client can read a chunked body, which HTTP/1.0 does not know.
  var takesChunks = true

  /// The target without its query. What is logged: a query may hold a secret.
  var path: String {
    target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
  }

  /// The value of a parameter of the query, decoded; nil where it is not given.
  func query(_ name: String) -> String? {
    guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    for pair in target[mark...].utf8.dropFirst().split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = parts.first, first.elementsEqual(name.utf8) else { continue }
      return parts.count == 2 ? Self.decoded(parts[1]) : ""
    }
    return nil
  }

  /// `%3A` is a colon. What is no such escape stays as it is.
  private static func decoded(_ text: Substring.UTF8View.SubSequence) -> String {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
