import Testing
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct PictureTests {
  private static let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1])

  @Test func aDataURIIsReadAndWrittenAgain() throws {
    let picture = Picture.bytes(Self.png, .png)
    #expect(try Picture(dataURI: picture.url) == picture)
    #expect(try Picture(dataURI: picture.url).url == picture.url)
  }

  @Test(arguments: [
    "data:image/jpeg;base64,", "data:text/plain;charset=utf-8;base64,", "data:;base64,",
    "DATA:image/PNG;BASE64,",
  ])
  func theBytesSayWhichKindItIs(_ head: String) throws {
    #expect(try Picture(dataURI: head + Self.png.base64EncodedString()) == .bytes(Self.png, .png))
  }

  @Test(arguments: [
    ("", DataURIFailure.notADataURI), ("https://example.com/a,b", .notADataURI),
    ("data:image/png;base64", .notADataURI),
    ("data:image/png,AAAA", .notMarkedAsBase64), ("data:image/pngbase64,AAAA", .notMarkedAsBase64),
    ("data:image/png;base64,iVBORw0KGgo", .notBase64), ("data:image/png;base64,iVBO Rw0K", .notBase64),
    ("data:image/png;base64,iVBO\nRw0K", .notBase64), ("data:image/png;base64,-_-_", .notBase64),
    ("data:image/png;base64,", .unknownFormat(declared: "image/png")),
    ("data:image/svg+xml;base64,PHN2Zz4=", .unknownFormat(declared: "image/svg+xml")),
  ])
  func whatIsNoPictureSaysWhy(_ text: String, _ failure: DataURIFailure) {
    #expect(throws: failure) { try Picture(dataURI: text) }
  }

  @Test(
    arguments: [
      ([0xFF, 0xD8, 0xFF, 0xE0], PictureFormat.jpeg), (Array("GIF89a".utf8), .gif),
      (Array("GIF87a".utf8), .gif),
      (Array("RIFF....WEBPVP8 ".utf8), .webp), (Array("RIFF....WAVE".utf8), nil), (Array("<svg/>".utf8), nil),
      ([], nil),
    ] as [([UInt8], PictureFormat?)])
  func formatsAreKnownByTheirFirstBytes(_ bytes: [UInt8], _ format: PictureFormat?) {
    #expect(PictureFormat(recognising: Data(bytes)) == format)
  }

  @Test(arguments: [
    ("https://example.com/a.png", true), ("HTTP://EXAMPLE.COM/a", true), ("https://", false),
    ("https://a.test/a b", false), ("https://a.test/a.docx", false), ("https://a.test/a.pdf", false),
    ("ftp://example.com", false),
    ("a.png", false), ("", false),
  ])
  func addressesAreOfTheWeb(_ text: String, _ isAddress: Bool) {
    #expect((Picture(address: text) == .address(text)) == isAddress)
  }
}
