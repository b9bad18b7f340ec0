import WeirEndpoint

/// One request, complete: nothing is added to it but `User-Agent`, `Accept-Encoding` and what HTTP needs.
package struct HTTPRequest: Sendable {
  package var method: Method
  package var address: WebAddress
  package var headers: [HTTPHeader]
  package var body: HTTPBody
  package var timeouts = Timeouts()
  /// In bytes, after decompression; a longer answer is refused while it arrives.
  package var greatestAnswer = Self.usualGreatestAnswer
  /// Whether it goes out once at most. It then has a connection of its own: on one from the cache that ends
  /// without an answer, libcurl sends a request anew, and cannot know whether the first was taken.
  package var isNeverRepeated = false

  package static let usualGreatestAnswer = 64 << 20

  package init(
    _ method: Method, _ address: WebAddress, headers: [HTTPHeader] = [], body: HTTPBody = HTTPBody()
  ) {
    self.method = method
    self.address = address
    self.headers = headers
    self.body = body
  }

  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
  }

  /// All are counted from the moment at which the request is handed over, to the millisecond.
  package struct Timeouts: Sendable, Hashable {
    /// Until the connection stands, encryption included.
    package var connect: Duration = .seconds(15)
    /// Until the first line of the answer; nil where only `whole` counts.
    package var firstByte: Duration?
    /// The longest silence between two pieces of a body that is read while it comes; any byte ends it,
    /// and so does a reader that takes its time.
    package var idle: Duration?
    package var whole: Duration = .seconds(120)

    package init() {}
  }
}

extension HTTPRequest {
  /// The keys in it, which no message may show.
  var secrets: [Secret] { headers.compactMap(\.secret) }
}
