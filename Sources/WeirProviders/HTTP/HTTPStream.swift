import Synchronization
package import WeirEndpoint

/// What a server answers, while it comes: status and headers at once, the body piece by piece.
///
/// One task reads it. Releasing it, or cancelling the task that reads, closes the connection.
package final class HTTPStream: Sendable {
  package let status: Int
  /// Names in lower case, in the order in which they came.
  package let headers: [(name: String, value: String)]
  private let source: any HTTPStreamSource

  package init(
    status: Int, headers: [(name: String, value: String)] = [], from source: any HTTPStreamSource
  ) {
    self.status = status
    self.headers = headers.map { ($0.name.lowercased(), $0.value) }
    self.source = source
  }

  /// An answer that is there already.
  package convenience init(_ response: HTTPResponse) {
    self.init(status: response.status, headers: response.headers, from: HTTPPieces([response.body]))
  }

  deinit { source.close() }

  /// The first header of that name, in whatever case.
  package func header(_ name: String) -> String? {
    let name = name.lowercased()
    return headers.first { $0.name == name }?.value
  }

  /// The bytes that came since the last call, at least one; nil at the end.
  package func next() async throws(EndpointFailure) -> [UInt8]? { try await source.next() }

  /// Nobody reads on, though the answer may have come as far as it matters: where it ends within a moment
  /// the connection is kept for the next request.
  package func letGo() { source.letGo() }

  /// All that is left, as a response: for errors, which are not streams.
  package func whole() async throws(EndpointFailure) -> HTTPResponse {
    var body: [UInt8] = []
    while let piece = try await next() {
      guard body.count + piece.count <= HTTPRequest.usualGreatestAnswer else {
        throw EndpointFailure(
          .badReply,
          "an answer of more than \(HTTPRequest.usualGreatestAnswer >> 20) MB came, which is refused")
      }
      body += piece
    }
    return HTTPResponse(status: status, headers: headers, body: body)
  }
}

/// Where the pieces of a body come from.
package protocol HTTPStreamSource: Sendable {
  /// At least one byte; nil at the end.
  func next() async throws(EndpointFailure) -> [UInt8]?
  /// Nobody reads any more.
  func close()
  /// Nobody reads any more, and the end is near.
  func letGo()
}

/// A body that is there already.
package final class HTTPPieces: HTTPStreamSource {
  private let left: Mutex<ArraySlice<[UInt8]>>

  package init(_ pieces: [[UInt8]]) { left = Mutex(pieces.filter { !$0.isEmpty }[...]) }

  package func next() async throws(EndpointFailure) -> [UInt8]? { left.withLock { $0.popFirst() } }
  package func close() {}
  package func letGo() {}
}
