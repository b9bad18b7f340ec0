import Testing
import WeirEndpoint
import WeirTestSupport
import WeirValues

@testable import WeirServer

/// fal's storage: what is uploaded can be fetched, and is known where it comes back.
@Suite struct FalStorageTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
  private static let name = "sha256:\(SHA256.hex(of: png))"

  private struct Storage {
    var service: MockService
    var token = ""

    init(tape: Tape? = nil) throws {
      var options = MockOptions()
      options.tape = tape
      service = MockService(options, epoch: 1_748_372_400)
      let answer = send("POST", "/storage/auth/token?storage_type=fal-cdn-v3", Array("{}".utf8))
      token = try MockPage.json(answer)["token"]?.string ?? ""
    }

    mutating func send(
      _ method: String, _ url: String, key: String = "Key id:secret", _ body: [UInt8] = [],
      fields: [(String, String)] = []
    ) -> HTTPServerAnswer {
      let path = url.replacing("http://mock.test", with: "")
      return service.answer(MockRequest(method, path, key: key, body, fields: fields).request, at: .zero)
    }

    mutating func upload(_ method: String, _ url: String, _ body: [UInt8]) -> HTTPServerAnswer {
      send(
        method, url, key: "Bearer \(token)", body,
        fields: [("content-type", "image/png"), ("x-fal-file-name", "a b.png")])
    }

    mutating func status(_ answer: HTTPServerAnswer) -> Int {
      if case .reply(let reply) = answer.delivery { reply.status } else { 0 }
    }
  }

  @Test func speaksAsItsGoldenSays() throws {
    var storage = try Storage()
    var page = MockPage.of(storage.send("POST", "/storage/auth/token", Array("{}".utf8)))
    page += MockPage.of(storage.upload("POST", "/files/upload", Self.png))
    let body = Array(#"{"file_name": "a.txt", "content_type": "text/plain"}"#.utf8)
    page += MockPage.of(storage.send("POST", "/storage/upload/initiate?storage_type=gcs", body))
    page += MockPage.of(storage.send("POST", "/storage/upload/initiate", Array("{}".utf8)))
    page += MockPage.of(storage.send("POST", "/files/upload", Self.png))
    page += MockPage.of(storage.upload("POST", "/files/upload/multipart", []))
    page += MockPage.of(storage.send("GET", "/files/mock9/a.png"))
    Golden.expect(page, matches: "server/storage/storage.txt")
  }

  @Test func givesBackWhatWasUploaded() throws {
    var storage = try Storage()
    let uploaded = try MockPage.json(storage.upload("POST", "/files/upload", Self.png))
    let url = try #require(uploaded["access_url"]?.string)
    #expect(url == "http://mock.test/files/mock1/ab.png")
    let file = storage.send("GET", url, key: "")
    #expect(MockPage.bytes(file) == Self.png)
    #expect(file.note == "\(Self.name) (11 bytes image/png)")
  }

  @Test func takesAFileInTwoSteps() throws {
    var storage = try Storage()
    let body = Array(#"{"file_name": "a.txt", "content_type": "text/plain"}"#.utf8)
    let urls = try MockPage.json(storage.send("POST", "/storage/upload/initiate?storage_type=gcs", body))
    let put = storage.send("PUT", urls["upload_url"]?.string ?? "", Array("hello".utf8))
    #expect(storage.status(put) == 200)
    #expect(MockPage.bytes(storage.send("GET", urls["file_url"]?.string ?? "")) == Array("hello".utf8))
  }

  @Test func takesAFileInParts() throws {
    var storage = try Storage()
    let begun = try MockPage.json(storage.upload("POST", "/files/upload/multipart", []))
    let url = try #require(begun["access_url"]?.string)
    let upload = "\(url)/multipart/\(begun["uploadId"]?.string ?? "")"
    var parts: [Value] = []
    for (number, part) in [(2, Self.png[4...]), (1, Self.png[..<4])] {
      guard case .reply(let reply) = storage.upload("PUT", "\(upload)/\(number)", Array(part)).delivery,
        let etag = reply.fields.all.first(where: { $0.name == "etag" })?.value
      else {
        Issue.record("no etag")
        return
      }
      parts.append(.record(["partNumber": .int(number), "etag": .string(etag)]))
    }
    let complete = Value.record(["parts": .list(parts)]).jsonBytes()
    #expect(storage.status(storage.upload("POST", "\(upload)/complete", complete)) == 200)
    #expect(MockPage.bytes(storage.send("GET", url)) == Self.png)
    #expect(storage.status(storage.upload("POST", "\(upload)/complete", complete)) == 404)
  }

  @Test func knowsItsFilesWhereTheyComeBack() throws {
    let tape = Tape([Tape.Entry(pictures: [Self.name], answer: "A cat.")])
    var storage = try Storage(tape: tape)
    let uploaded = try MockPage.json(storage.upload("POST", "/files/upload", Self.png))
    let url = try #require(uploaded["access_url"]?.string)
    let body = #"{"prompt": "p", "model": "m/n", "image_urls": ["\#(url)"]}"#
    let answer = storage.send("POST", "/openrouter/router/vision", Array(body.utf8))
    #expect(try MockPage.json(answer)["output"] == .string("A cat."))
    #expect(answer.note.contains("images=1 \(Self.name) (11 bytes image/png)"))
    let lost = body.replacing("mock1", with: "mock7")
    let refused = try MockPage.json(storage.send("POST", "/openrouter/router/vision", Array(lost.utf8)))
    #expect(refused["detail"]?.list?.first?["type"] == .string("image_load_error"))
  }

  @Test func wantsItsTokenForUploads() throws {
    var storage = try Storage()
    for key in ["", "Key id:secret", "Bearer other"] {
      #expect(storage.status(storage.send("POST", "/files/upload", key: key, Self.png)) == 401)
    }
  }
}
