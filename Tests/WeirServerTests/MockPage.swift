import WeirValues

@testable import WeirServer

/// A request to a `MockService`, without a socket.
struct MockRequest {
  let request: HTTPServerRequest

  init(
    _ method: String, _ path: String, key: String = "Key id:secret", _ body: String = "",
    fields: [(String, String)] = []
  ) {
    self.init(method, path, key: key, Array(body.utf8), fields: fields)
  }

  init(
    _ method: String, _ path: String, key: String = "Key id:secret", _ body: [UInt8],
    fields: [(String, String)] = []
  ) {
    var bytes: [UInt8] = []
    var places: [(name: Range<Int>, value: Range<Int>)] = []
    let all = (key.isEmpty ? [] : [("authorization", key)]) + [("host", "mock.test")] + fields
    for (name, value) in all {
      let start = bytes.count
      bytes += name.utf8
      bytes += value.utf8
      places.append((start..<(start + name.utf8.count), (start + name.utf8.count)..<bytes.count))
    }
    var fields = HTTPRequestFields(in: bytes)
    for place in places { fields.append(name: place.name, value: place.value) }
    request = HTTPServerRequest(method: method, target: path, fields: fields, body: body, isKeptAlive: true)
  }
}

/// An answer on one page, for goldens: JSON with indents, the pieces of a stream one after another.
enum MockPage {
  static func of(_ answer: HTTPServerAnswer) -> String {
    let delay = answer.delay == .zero ? "" : "after \(milliseconds(answer.delay))\n"
    let body =
      switch answer.delivery {
      case .nothing(let ending): "(\(ending.word))\n"
      case .reply(let reply): "\(head(reply.status, reply.fields))\n\(text(reply))\n"
      case .stream(let stream): page(stream)
      }
    return "\(delay)\(body)\nlog: \(answer.note)\n"
  }

  private static func head(_ status: Int, _ fields: HTTPFields) -> String {
    "\(status)\n" + fields.all.map { "\($0.name): \($0.value)\n" }.joined()
  }

  static func text(_ reply: HTTPServerReply) -> String {
    (try? Value(json: reply.body).json(indent: 2)) ?? String(decoding: reply.body, as: UTF8.self)
  }

  private static func page(_ stream: HTTPServerStream) -> String {
    var page = head(stream.status, stream.fields)
    for piece in pieces(stream) {
      page += "\n[\(piece.pause == .zero ? "" : "after \(milliseconds(piece.pause)) ")\(piece.events)]\n"
      page += visible(piece.bytes)
    }
    return page + "\n(\(stream.ending.word))\n"
  }

  static func pieces(_ stream: HTTPServerStream) -> [HTTPPiece] {
    var (pieces, all) = (stream.pieces, [HTTPPiece]())
    while let piece = pieces.next() { all.append(piece) }
    return all
  }

  private static func milliseconds(_ duration: Duration) -> String { "\(Int(duration / .milliseconds(1)))ms" }

  /// A line a line; other line ends, and bytes that are no characters, by their names.
  private static func visible(_ bytes: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n": text += "\\n\n"
      case "\r": text += "\\r"
      case "\u{FFFD}": text += "\\?"
      case "\u{FEFF}": text += "\\BOM"
      case "\u{2028}": text += "\\u2028"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The bytes of a stream, or of the body of a reply.
  static func bytes(_ answer: HTTPServerAnswer) -> [UInt8] {
    switch answer.delivery {
    case .nothing: []
    case .reply(let reply): reply.body
    case .stream(let stream): pieces(stream).flatMap(\.bytes)
    }
  }

  static func json(_ answer: HTTPServerAnswer) throws -> Value { try Value(json: bytes(answer)) }

  /// The events of a stream, comments and `[DONE]` left out.
  static func events(_ answer: HTTPServerAnswer) throws -> [Value] {
    try String(decoding: bytes(answer), as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix("data: {") }.map { try Value(json: Array($0.utf8.dropFirst(6))) }
  }
}
