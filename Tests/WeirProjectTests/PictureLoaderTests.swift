import Testing
import WeirProject
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What an argument for a picture leads to.
struct PictureLoaderTests {
  private func load(_ bytes: [UInt8], named name: String = "picture") throws -> Picture {
    let folder = try TestFolder([name: bytes])
    return try withExtendedLifetime(folder) { try folder.files.loadPicture(name) }
  }

  private func failure(_ body: () throws -> Void) -> LoadFailure? {
    #expect(throws: LoadFailure.self) { try body() }
  }

  @Test(arguments: ["ftp://a.test/cat.png", "s3://bucket/cat.png"])
  func anAddressThatNobodyFetchesIsToldWithThoseThatAreTaken(_ address: String) throws {
    let files = try TestFolder().files
    for (load, what) in [
      ({ _ = try files.loadPicture(address) }, "pictures"), ({ _ = try files.loadFile(address) }, "files"),
    ] {
      let failure = failure(load)
      #expect(failure?.message.hasPrefix("\(what) are not fetched from `") == true)
      #expect(failure?.advice?.contains("`https://` or `http://`, a `data:` URI") == true)
    }
  }

  @Test(arguments: [
    (PictureBytes.png, PictureFormat.png), (PictureBytes.jpeg, .jpeg), (PictureBytes.gif, .gif),
    (PictureBytes.webp, .webp),
  ])
  func theBytesSayWhatItIsAndNotTheName(_ bytes: [UInt8], _ format: PictureFormat) throws {
    for name in ["cat.png", "cat.jpg", "cat.txt", "cat"] {
      #expect(try load(bytes, named: name) == .bytes(Data(bytes), format))
    }
  }

  struct Stranger: Sendable {
    let bytes: [UInt8]
    let seems: String

    init(_ start: String, at offset: Int = 0, _ seems: String) {
      bytes = [UInt8](repeating: 0, count: offset) + Array(start.utf8)
      self.seems = seems
    }

    init(_ bytes: [UInt8], _ seems: String) {
      self.bytes = bytes
      self.seems = seems
    }
  }

  static let strangers: [Stranger] = [
    Stranger("%PDF-1.7\n", "it is a PDF"), Stranger("<svg xmlns='x'>", "it is SVG or XML text"),
    Stranger("<?xml version='1.0'?>", "it is SVG or XML text"),
    Stranger("<!DOCTYPE html>", "it is an HTML page"), Stranger("BMF", "it is a BMP picture"),
    Stranger("II*", "it is a TIFF picture"), Stranger("ftypheic", at: 4, "it is a HEIC picture"),
    Stranger("ftypavif", at: 4, "it is an AVIF picture"), Stranger("ftypisom", at: 4, "it is a video"),
    Stranger("A cat.", "it is text"),
    Stranger([0x1F, 0x8B, 8, 0x0A, 0xFF], "it begins with the bytes 1F 8B 08 0A"),
    Stranger([0xFE], "it begins with the bytes FE"), Stranger("ab", "it is text"),
  ]

  @Test(arguments: strangers)
  func whatIsNoPictureIsToldForWhatItSeemsToBe(_ stranger: Stranger) throws {
    let failure = failure { _ = try load(stranger.bytes, named: "cat.png") }
    #expect(failure?.message == "`cat.png` is not a picture that models take: \(stranger.seems)")
    #expect(failure?.advice == "convert it to PNG, JPEG, GIF or WebP")
  }

  /// 64 bytes are looked at; a character of three bytes lies across that border.
  @Test func longTextBeyondASCIIIsText() throws {
    let text = Array((String(repeating: "a", count: 63) + "本日は晴天なり").utf8)
    let failure = failure { _ = try load(text, named: "cat.png") }
    #expect(failure?.message == "`cat.png` is not a picture that models take: it is text")
  }

  @Test func anEmptyFileIsTold() throws {
    #expect(failure { _ = try load([], named: "cat.png") }?.message == "the picture `cat.png` is empty")
  }

  @Test func twentyMegabytesAreTakenAndNoMore() throws {
    let folder = try TestFolder()
    try folder.makeSparseFile("large.png", size: ProjectFiles.greatestPicture + 1)
    let failure = failure { _ = try folder.files.loadPicture("large.png") }
    #expect(failure?.message == "the picture `large.png` has 20971521 bytes; at most 20 MB are read")
    let most = Data(PictureBytes.png) + Data(count: ProjectFiles.greatestPicture - PictureBytes.png.count)
    #expect(try folder.files.picture(most, named: "standard input") == .bytes(most, .png))
    let more = most + [0]
    #expect(throws: LoadFailure.self) { try folder.files.picture(more, named: "standard input") }
  }

  @Test(arguments: ["https://example.com/cat.png", "http://example.com/cat", "HTTPS://EXAMPLE.COM/CAT.PNG"])
  func anAddressIsPassedOn(_ address: String) throws {
    #expect(try TestFolder().files.loadPicture(address) == .address(address))
  }

  @Test(arguments: [
    ("https://", "the address `https://` names no host"),
    ("https:///a.png", "the address `https:///a.png` names no host"),
    ("http://?x", "the address `http://?x` names no host"),
    ("https://a.test/a b.png", "the address `https://a.test/a b.png` has a blank in it"),
    (
      "https://a.test/a.DOCX?x=1",
      "`https://a.test/a.DOCX?x=1` is the address of a `.docx` file, which is no picture"
    ),
    (
      "HTTPS://a.test/x/a.zip",
      "`HTTPS://a.test/x/a.zip` is the address of a `.zip` file, which is no picture"
    ),
    ("http://a.test/a.mp3", "`http://a.test/a.mp3` is the address of a `.mp3` file, which is no picture"),
  ])
  func anAddressThatIsNoPicturesIsTold(_ address: String, _ message: String) throws {
    let files = try TestFolder().files
    #expect(failure { _ = try files.loadPicture(address) }?.message == message)
  }

  @Test(arguments: [
    "https://a.html", "https://a.test/b.zip/cat", "https://a.test/cat?f=x.zip", "https://a.test/b.svg",
  ])
  func anAddressThatMayBeAPicturesIsTaken(_ address: String) throws {
    #expect(try TestFolder().files.loadPicture(address) == .address(address))
  }

  @Test func aFileMayBeADataURI() throws {
    let files = try TestFolder().files
    func uri(_ type: String, _ bytes: [UInt8]) -> String {
      "data:\(type);base64,\(Data(bytes).base64EncodedString())"
    }
    let pdf = try #require(Document(name: "file.pdf", bytes: Data("%PDF-1.4".utf8)))
    #expect(try files.loadFile(uri("application/pdf", Array("%PDF-1.4".utf8))) == .file(pdf))
    let notes = try #require(Document(name: "file.md", bytes: Data("# A".utf8)))
    #expect(try files.loadFile(uri("text/markdown;charset=utf-8", Array("# A".utf8))) == .file(notes))
    #expect(
      try files.loadFile(uri("image/png", PictureBytes.png)) == .image(.bytes(Data(PictureBytes.png), .png)))
    #expect(
      failure { _ = try files.loadFile(uri("application/zip", [0x50, 0x4B, 3, 4, 0])) }?.message
        == "the bytes of the `data:` URI, said to be `application/zip`, are no file that models take")
    #expect(
      failure { _ = try files.loadFile("https://a.test/a.docx") }?.message
        == "`https://a.test/a.docx` is the address of a `.docx` file, which is none that models take")
  }

  @Test func aDataURIIsRead() throws {
    let uri = "data:image/png;base64,\(Data(PictureBytes.gif).base64EncodedString())"
    #expect(try TestFolder().files.loadPicture(uri) == .bytes(Data(PictureBytes.gif), .gif))
  }

  @Test(arguments: [
    ("data:image/png,abc", "expected `;base64` before the comma"),
    ("data:image/png;base64,%%%", "the data is not valid base64"),
    (
      "data:image/png;base64,QSBjYXQ=",
      "the bytes, said to be `image/png`, are no PNG, JPEG, GIF or WebP picture"
    ),
    ("data:", "expected `data:`, a media type, `;base64,` and the bytes"),
  ])
  func aDataURIThatIsNoPictureIsTold(_ uri: String, _ why: String) throws {
    let failure = failure { _ = try TestFolder().files.loadPicture(uri) }
    #expect(failure?.message == "the `data:` URI is not a picture: \(why)")
  }

  @Test func aFileIsAPictureOrADocument() throws {
    let folder = try TestFolder([
      "cat": PictureBytes.png, "in/a.pdf": Array("%PDF-1.4".utf8), "a.gz": [0x1F, 0x8B, 8, 0],
    ])
    let document = try #require(Document(name: "a.pdf", bytes: Data("%PDF-1.4".utf8)))
    #expect(try folder.files.loadFile("in/a.pdf") == .file(document))
    #expect(try folder.files.loadFile("cat") == .image(.bytes(Data(PictureBytes.png), .png)))
    #expect(try folder.files.loadFile("https://a.test/b.png") == .image(.address("https://a.test/b.png")))
    let there = try #require(Document(address: "https://a.test/b.PDF?x=1"))
    #expect(try folder.files.loadFile("https://a.test/b.PDF?x=1") == .file(there))
    #expect(
      self.failure { _ = try folder.files.loadFile("https://a.test/b.md?x=1") }?.message
        == "`https://a.test/b.md?x=1` is the address of a text, which is not fetched")
    let failure = failure { _ = try folder.files.loadFile("a.gz") }
    #expect(
      failure?.message == "`a.gz` is not a file that models take: it begins with the bytes 1F 8B 08 00")
    #expect(self.failure { _ = try folder.files.loadFile("b.gz") }?.advice == "did you mean `a.gz`?")
  }

  @Test func aMissingPictureIsToldWithTheNearestName() throws {
    let folder = try TestFolder(["pictures/cat.png": PictureBytes.png])
    let failure = failure { _ = try folder.files.loadPicture("pictures/cta.png") }
    #expect(failure?.message == "there is no picture `pictures/cta.png`")
    #expect(failure?.advice == "did you mean `pictures/cat.png`?")
  }
}
