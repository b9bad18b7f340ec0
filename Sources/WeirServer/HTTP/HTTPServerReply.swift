/// A reply as the server sends it.
struct HTTPServerReply: Sendable {
  var status: Int
  /// Without those that say how the body travels.
  var fields: HTTPFields
  var body: [UInt8]

  init(_ status: Int, _ fields: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// How a reply is put into bytes.
  struct Form {
    /// For HEAD: the fields of a body that is not sent.
    var isHeadOnly = false
    var isChunked = false
    var isKeptAlive = true
  }

  /// Everything in one piece, so that one write sends it.
  func bytes(_ form: Form) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.count + 256)
    func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
    write("HTTP/1.1 ")
    write(String(status))
    write(" ")
    write(Self.reason(status))
    for field in fields.all {
      write("\r\n")
      write(field.name)
      write(": ")
      write(field.value)
    }
    write(form.isChunked ? "\r\ntransfer-encoding: chunked" : "\r\ncontent-length: ")
    if !form.isChunked { write(String(body.count)) }
    write(form.isKeptAlive ? "\r\n\r\n" : "\r\nconnection: close\r\n\r\n")
    if form.isHeadOnly { return bytes }
    if form.isChunked { writeChunks(into: &bytes) } else { bytes.append(contentsOf: body) }
    return bytes
  }

  /// Of an odd size, so that characters are cut in two now and then.
  private static let chunkSize = 997

  private func writeChunks(into bytes: inout [UInt8]) {
    for start in stride(from: 0, to: body.count, by: Self.chunkSize) {
      let chunk = body[start..<min(body.count, start + Self.chunkSize)]
      bytes.append(contentsOf: "\(String(chunk.count, radix: 16))\r\n".utf8)
      bytes.append(contentsOf: chunk)
      bytes.append(contentsOf: [0x0D, 0x0A])
    }
    bytes.append(contentsOf: "0\r\n\r\n".utf8)
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 402: "Payment Required"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: status < 400 ? "Success" : "Failure"
    }
  }
}

/// The header fields of a reply, in the order in which they are sent.
struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
  private(set) var all: [(name: String, value: String)] = []

  init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name, value) }
  }

  mutating func append(_ name: String, _ value: String) { all.append((name, value)) }
}

/// What is done with a request, and what is logged of it.
struct HTTPServerAnswer: Sendable {
  var delivery: Delivery
  /// What the log says after method, path, status and time.
  var note = ""

  enum Delivery: Sendable {
    case reply(HTTPServerReply)
    /// The head promises the whole body; half of it comes, then the connection is closed.
    case cut(HTTPServerReply)
    /// The connection is reset without an answer.
    case reset
    /// No answer, for as long as the client waits.
    case hang
  }
}

/// What answers requests. Owned by the thread of the server, which calls it for one after another.
protocol HTTPService: Sendable {
  mutating func answer(_ request: HTTPServerRequest) -> HTTPServerAnswer
}
