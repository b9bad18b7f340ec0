import WeirValues

/// fal's storage (fal: model-apis/fal-cdn): a token and an upload in one piece or in parts, or an address
/// to be put to. What is stored can be fetched again.
struct FalStorage {
  var files = MockFiles()
  private var tokens: Set<String> = []
  private var uploads: [String: Upload] = [:]
  private var count = 0
  private let words = FalMock(kind: .router)

  /// A file that has not come as a whole.
  private struct Upload {
    let path: String
    let mediaType: String
    var parts: [Int: [UInt8]] = [:]
  }

  enum Resource: Equatable {
    case token
    case upload
    case initiate
    case put(String)
    case beginParts
    case part(upload: String, Int)
    case complete(upload: String)
    case file(String)

    var methods: [String] {
      switch self {
      case .token, .upload, .initiate, .beginParts, .complete: ["POST"]
      case .put, .part: ["PUT"]
      case .file: ["GET", "HEAD"]
      }
    }

    /// Whether a key is asked for, as with the endpoints. The others want a token, or nothing.
    var needsKey: Bool { self == .token || self == .initiate }

    init?(_ path: String) {
      switch path {
      case "/storage/auth/token": self = .token
      case "/files/upload": self = .upload
      case "/storage/upload/initiate": self = .initiate
      case "/files/upload/multipart": self = .beginParts
      default:
        let steps = path.split(separator: "/").map(String.init)
        if steps.starts(with: ["storage", "put"]), steps.count == 4 {
          self = .put("/files/" + steps[2...].joined(separator: "/"))
          return
        }
        guard steps.first == "files", steps.count > 2 else { return nil }
        guard steps.count == 6, steps[3] == "multipart" else {
          if steps.count != 3 { return nil }
          self = .file(path)
          return
        }
        if steps[5] == "complete" {
          self = .complete(upload: steps[4])
        } else if let number = Int(steps[5]) {
          self = .part(upload: steps[4], number)
        } else {
          return nil
        }
      }
    }
  }

  mutating func answer(
    _ request: HTTPServerRequest, _ resource: Resource, time: Int
  ) throws(MockRefusal) -> HTTPServerAnswer {
    switch resource {
    case .token: return token(time)
    case .upload:
      try checkToken(request)
      let file = file(request.body, request)
      let path = newPath(request.fields["x-fal-file-name"])
      files.store(file, at: path)
      return json(["access_url": .string(files.base + path)], "stored \(file.note)")
    case .initiate: return try initiate(request)
    case .put(let path):
      let file = file(request.body, request)
      files.store(file, at: path)
      return HTTPServerAnswer(delivery: .reply(HTTPServerReply(200)), note: "stored \(file.note)")
    case .beginParts: return try beginParts(request)
    case .part(let id, let number): return try store(part: number, of: id, request)
    case .complete(let id): return try complete(id, request)
    case .file(let path): return try fetch(path)
    }
  }

  private func json(_ record: Record, _ note: String) -> HTTPServerAnswer {
    HTTPServerAnswer(delivery: .reply(HTTPServerReply(json: .record(record))), note: note)
  }

  private func file(_ bytes: [UInt8], _ request: HTTPServerRequest) -> MockFiles.File {
    MockFiles.File(bytes, mediaType: request.fields["content-type"] ?? "application/octet-stream")
  }

  /// A path of its own, which ends with the file's name as far as that can stand in an address.
  private mutating func newPath(_ name: String?) -> String {
    count += 1
    let plain = (name ?? "").utf8.filter {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
    }
    return "/files/mock\(count)/\(plain.isEmpty ? "file" : String(decoding: plain, as: UTF8.self))"
  }

  // MARK: Tokens

  private mutating func token(_ time: Int) -> HTTPServerAnswer {
    let token = "mock-token-\(tokens.count + 1)"
    tokens.insert(token)
    return json(
      [
        "token": .string(token), "token_type": .string("Bearer"), "base_url": .string(files.base),
        "expires_at": .string(MockTime.text(time + 3600)),
      ], "token")
  }

  private func checkToken(_ request: HTTPServerRequest) throws(MockRefusal) {
    let parts = (request.fields["authorization"] ?? "").split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bearer", tokens.contains(String(parts[1])) else {
      throw words.failure(401, "the upload needs `Authorization: Bearer` with a token of /storage/auth/token")
    }
  }

  // MARK: In two steps

  private mutating func initiate(_ request: HTTPServerRequest) throws(MockRefusal) -> HTTPServerAnswer {
    guard let body = try? Value(json: request.body), let name = body["file_name"]?.string,
      body["content_type"]?.string != nil
    else { throw words.failure(400, "`file_name` and `content_type` must be strings") }
    let path = newPath(name)
    return json(
      [
        "upload_url": .string("\(files.base)/storage/put\(path.dropFirst("/files".count))"),
        "file_url": .string(files.base + path),
      ], "initiate")
  }

  // MARK: In parts

  private mutating func beginParts(_ request: HTTPServerRequest) throws(MockRefusal) -> HTTPServerAnswer {
    try checkToken(request)
    let path = newPath(request.fields["x-fal-file-name"])
    let id = "upload\(count)"
    uploads[id] = Upload(path: path, mediaType: request.fields["content-type"] ?? "application/octet-stream")
    return json(["access_url": .string(files.base + path), "uploadId": .string(id)], "parts begin")
  }

  private mutating func store(
    part number: Int, of id: String, _ request: HTTPServerRequest
  ) throws(MockRefusal) -> HTTPServerAnswer {
    try checkToken(request)
    guard uploads[id] != nil else { throw words.failure(404, "no upload \(id) has begun") }
    uploads[id]?.parts[number] = request.body
    let reply = HTTPServerReply(200, ["etag": "\"\(id)-\(number)\""])
    return HTTPServerAnswer(delivery: .reply(reply), note: "part \(number) of \(request.body.count) bytes")
  }

  private mutating func complete(
    _ id: String, _ request: HTTPServerRequest
  ) throws(MockRefusal) -> HTTPServerAnswer {
    try checkToken(request)
    guard let upload = uploads.removeValue(forKey: id) else {
      throw words.failure(404, "no upload \(id) has begun")
    }
    let wanted = (try? Value(json: request.body))?["parts"]?.list ?? []
    var parts: [(number: Int, bytes: [UInt8])] = []
    for part in wanted {
      guard let number = part["partNumber"]?.number?.int, let content = upload.parts[number],
        part["etag"]?.string?.contains("\(id)-\(number)") ?? false
      else { throw words.failure(400, "a part was not sent, or its etag is another") }
      parts.append((number, content))
    }
    // By their numbers: clients name them in the order in which they arrived.
    let bytes = parts.sorted { $0.number < $1.number }.flatMap(\.bytes)
    let file = MockFiles.File(bytes, mediaType: upload.mediaType)
    files.store(file, at: upload.path)
    return json(["access_url": .string(files.base + upload.path)], "stored \(file.note)")
  }

  private func fetch(_ path: String) throws(MockRefusal) -> HTTPServerAnswer {
    guard let file = files[path] else { throw words.failure(404, "File not found") }
    return HTTPServerAnswer(
      delivery: .reply(HTTPServerReply(200, ["content-type": file.mediaType], body: file.bytes)),
      note: file.note)
  }
}
