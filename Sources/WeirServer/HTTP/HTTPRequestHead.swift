/// The request line and the header fields of a request, and what they say of its body.
struct HTTPRequestHead {
  private let method: String
  private let target: String
  private let fields: HTTPRequestFields
  private let isNewest: Bool
  let isChunked: Bool
  /// 0 when the body is chunked or there is none.
  let bodyLength: Int

  /// Reads everything up to and including the empty line.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPRequestError) {
    let bytes = Array(bytes)
    var rest = bytes[...]
    (method, target, isNewest) = try Self.requestLine(Self.takeLine(from: &rest))
    var fields = HTTPRequestFields(in: bytes)
    while !rest.isEmpty {
      let line = Self.takeLine(from: &rest)
      if line.isEmpty { break }
      let (name, value) = try Self.field(line)
      fields.append(name: name, value: value)
    }
    self.fields = fields
    if isNewest, fields.count("host") != 1 { throw Self.bad("exactly one `Host` is needed") }
    if let expectation = fields["expect"], expectation.lowercased() != "100-continue" {
      throw HTTPRequestError(status: 417, message: "cannot meet the expectation")
    }
    isChunked = try Self.isChunked(fields, isNewest: isNewest)
    bodyLength = try Self.bodyLength(fields, isChunked: isChunked)
  }

  var expectsContinue: Bool { isNewest && fields["expect"] != nil }

  func request(with body: [UInt8]) -> HTTPServerRequest {
    let isKeptAlive =
      isNewest ? !fields.has("close", in: "connection") : fields.has("keep-alive", in: "connection")
    return HTTPServerRequest(
      method: method, target: target, fields: fields, body: body, isKeptAlive: isKeptAlive,
      takesChunks: isNewest)
  }

  /// The next line without its end.
  private static func takeLine(from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let feed = rest.firstIndex(of: 0x0A) else {
      defer { rest = [] }
      return rest
    }
    let line = rest[..<feed]
    rest = rest[(feed + 1)...]
    return line.last == 0x0D ? line.dropLast() : line
  }

  private static func bad(_ message: String) -> HTTPRequestError {
    HTTPRequestError(status: 400, message: message)
  }

  private static func requestLine(
    _ line: ArraySlice<UInt8>
  ) throws(HTTPRequestError) -> (method: String, target: String, isNewest: Bool) {
    let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == 3, words[0].allSatisfy(isTokenByte), !words[0].isEmpty,
      words[1].first == UInt8(ascii: "/") || words[1].elementsEqual("*".utf8),
      words[1].allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw bad("the request line is no `METHOD /path HTTP/1.1`") }
    let version = String(decoding: words[2], as: UTF8.self)
    guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
      guard version.hasPrefix("HTTP/") else { throw bad("the request line names no version") }
      throw HTTPRequestError(status: 505, message: "only HTTP/1.1 and HTTP/1.0 are spoken here")
    }
    return (
      String(decoding: words[0], as: UTF8.self), String(decoding: words[1], as: UTF8.self),
      version == "HTTP/1.1"
    )
  }

  /// Where name and value lie.
  private static func field(
    _ line: ArraySlice<UInt8>
  ) throws(HTTPRequestError) -> (name: Range<Int>, value: Range<Int>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(isTokenByte)
    else { throw bad("a header field is no `Name: value`") }
    let value = line[(colon + 1)...].trimmingBlanks
    guard value.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }) else {
      throw bad("a header field holds a control character")
    }
    return (line.startIndex..<colon, value.indices)
  }

  private static func isChunked(_ fields: HTTPRequestFields, isNewest: Bool) throws(HTTPRequestError) -> Bool
  {
    guard let coding = fields["transfer-encoding"] else { return false }
    guard isNewest else { throw bad("HTTP/1.0 has no `Transfer-Encoding`") }
    guard fields.count("transfer-encoding") == 1, coding.lowercased() == "chunked" else {
      throw HTTPRequestError(status: 501, message: "of transfer codings only `chunked` is known")
    }
    return true
  }

  /// With a transfer coding beside it, two servers could read two requests out of the same bytes.
  private static func bodyLength(_ fields: HTTPRequestFields, isChunked: Bool) throws(HTTPRequestError) -> Int
  {
    guard let length = fields["content-length"] else { return 0 }
    guard !isChunked else { throw bad("`Content-Length` and `Transfer-Encoding` cannot both hold") }
    let isSure = fields.count("content-length") == 1
    guard isSure || fields.values("content-length").allSatisfy({ $0 == length }), !length.isEmpty,
      length.utf8.allSatisfy(\.isDigit)
    else {
      throw bad("`Content-Length` is no number")
    }
    // More digits than an `Int` has are certainly too many bytes.
    return Int(length) ?? .max
  }

  /// RFC 9110, 5.6.2.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    if byte.isLetter || byte.isDigit { return true }
    switch Unicode.Scalar(byte) {
    case "!", "#", "$", "%", "&", "'", "*", "+", "-", ".", "^", "_", "`", "|", "~": return true
    default: return false
    }
  }
}
