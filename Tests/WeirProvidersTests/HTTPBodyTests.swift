import Testing
import WeirValues

@testable import WeirProviders

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Bodies whose files become base64 only on their way out.
struct HTTPBodyTests {
  private static func data(_ count: Int) -> Data {
    Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) })
  }

  @Test(arguments: 0..<20)
  func base64IsThatOfEverybody(count: Int) {
    let data = Self.data(count)
    let body = HTTPBody([.base64(data)])
    #expect(String(decoding: body.bytes, as: UTF8.self) == data.base64EncodedString())
    #expect(body.count == data.base64EncodedString().utf8.count)
  }

  @Test func everyPieceOfEveryLengthIsTheSame() {
    let body = HTTPBody([
      .bytes([1, 2, 3]), .base64(Self.data(10)), .bytes([]), .base64(Self.data(6)), .bytes([4]),
    ])
    let whole = body.bytes
    #expect(whole.count == 3 + 16 + 8 + 1)
    for length in 1...(whole.count + 1) {
      var upload = HTTPUpload(body)
      #expect(Self.readAll(&upload, length) == whole)
    }
  }

  @Test func isReadAgainFromAnyPlace() {
    let body = HTTPBody([.bytes([1, 2, 3]), .base64(Self.data(10)), .bytes([4])])
    let whole = body.bytes
    var upload = HTTPUpload(body)
    for place in [5, 0, whole.count, 2, 3, whole.count - 1] {
      let isThere = upload.move(to: place)
      #expect(isThere)
      #expect(Self.readAll(&upload, 7) == Array(whole[place...]))
    }
    for place in [whole.count + 1, -1] {
      let isThere = upload.move(to: place)
      #expect(!isThere)
    }
  }

  private static func readAll(_ upload: inout HTTPUpload, _ length: Int) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      var buffer = [UInt8](repeating: 0, count: length)
      let count = buffer.withUnsafeMutableBytes { upload.read(into: $0) }
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }

  @Test func jsonIsThatOfTheValue() throws {
    let picture = Picture.bytes(Data([0xFF, 0xD8, 0xFF, 1]), .jpeg)
    let document = try #require(Document(name: "a \"b\".pdf", bytes: Data("%PDF-1.7".utf8)))
    let film = try #require(Document(address: "https://example.com/a.mp4"))
    let value = Value.record([
      "a": .list([.int(1), .image(picture), .string("\"☃\n"), .list([]), .record([:])]),
      "\"b\"": .record(["c": .file(document), "d": .null, "f": .file(film)]),
      "e": .image(.address("https://example.com/a.png")),
    ])
    #expect(HTTPBody(json: value).bytes == value.jsonBytes())
    #expect(HTTPBody(json: value).segments.count == 5)
    #expect(HTTPBody(json: .record(["a": .int(1)])).segments == [.bytes(Array("{\"a\":1}".utf8))])
  }
}
