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
    var bytes = Self.head(
      status, fields, framing: form.isChunked ? .chunked : .length(body.count), isKeptAlive: form.isKeptAlive,
      room: body.count)
    if form.isHeadOnly { return bytes }
    if form.isChunked { writeChunks(into: &bytes) } else { bytes.append(contentsOf: body) }
    return bytes
  }

  /// How a client knows where the body ends.
  enum Framing {
    case chunked
    case length(Int)
    case endOfConnection
  }

  /// Everything before the body, with room behind it.
  static func head(
    _ status: Int, _ fields: HTTPFields, framing: Framing, isKeptAlive: Bool, room: Int = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(room + 256)
    func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
    write("HTTP/1.1 ")
    write(String(status))
    write(" ")
    write(reason(status))
    for field in fields.all {
      write("\r\n")
      write(field.name)
      write(": ")
      write(field.value)
    }
    switch framing {
    case .chunked: write("\r\ntransfer-encoding: chunked")
    case .length(let count):
      write("\r\ncontent-length: ")
      write(String(count))
    case .endOfConnection: break
    }
    write(isKeptAlive ? "\r\n\r\n" : "\r\nconnection: close\r\n\r\n")
    return bytes
  }

  /// One chunk of a chunked body.
  static func write(chunk: some Collection<UInt8>, into bytes: inout [UInt8]) {
    guard !chunk.isEmpty else { return }
    bytes.append(contentsOf: String(chunk.count, radix: 16).utf8)
    bytes.append(contentsOf: [0x0D, 0x0A])
    bytes.append(contentsOf: chunk)
    bytes.append(contentsOf: [0x0D, 0x0A])
  }

  /// What ends a chunked body.
  static let lastChunk = Array("0\r\n\r\n".utf8)

  /// Of an odd size, so that characters are cut in two now and then.
  private static let chunkSize = 997

  private func writeChunks(into bytes: inout [UInt8]) {
    for start in stride(from: 0, to: body.count, by: Self.chunkSize) {
      Self.write(chunk: body[start..<min(body.count, start + Self.chunkSize)], into: &bytes)
    }
    bytes.append(contentsOf: Self.lastChunk)
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 202: "Accepted"
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

  /// In the place of what had the name, which is given in lower case.
  mutating func set(_ name: String, _ value: String) {
    all.removeAll { $0.name == name }
    append(name, value)
  }
}
