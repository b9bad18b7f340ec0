import Testing
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a file is taken for.
struct DocumentTests {
  private static func ascii(_ text: String, at offset: Int = 0) -> [UInt8] {
    [UInt8](repeating: 0, count: offset) + Array(text.utf8)
  }

  static let known: [([UInt8], String, DocumentKind)] = [
    (ascii("%PDF-1.7\n\u{1}"), "a.txt", .pdf),
    (ascii("plain"), "a", .text), (ascii("plain"), "a.xyz", .text), ([], "a.txt", .text),
    (ascii("# Title"), "a.md", .markdown), (ascii("# Title"), "A.MARKDOWN", .markdown),
    (ascii("a,b"), "a.csv", .csv), (ascii("{}"), "a.b.json", .json), (ascii("<svg>"), "a.svg", .text),
    (ascii("ID3\u{4}"), "a", .mp3), ([0xFF, 0xFB, 0x90, 0], "a.wav", .mp3),
    ([0xFF, 0xF3, 0x90, 0], "a", .mp3),
    (ascii("RIFF") + [4, 0, 0, 0] + ascii("WAVEfmt "), "a.mp3", .wav),
    (ascii("OggS\0"), "a", .ogg), (ascii("fLaC\0"), "a", .flac),
    (ascii("ftypM4A \0", at: 4), "a.mp4", .m4a), (ascii("ftypisom\0", at: 4), "a.M4A", .m4a),
    (ascii("ftypisom\0", at: 4), "a.mp4", .mp4), (ascii("ftypmp42\0", at: 4), "a", .mp4),
    (ascii("ftypqt  \0", at: 4), "a.mp4", .mov),
    ([0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84] + ascii("webm"), "a.mkv", .webm),
  ]

  @Test(arguments: known)
  func theBytesSayWhatItIs(_ bytes: [UInt8], _ name: String, _ kind: DocumentKind) {
    #expect(DocumentKind(recognising: Data(bytes), named: name) == kind)
  }

  @Test func everyKindIsRecognised() {
    #expect(Set(Self.known.map(\.2)) == Set(DocumentKind.allCases))
  }

  static let unknown: [[UInt8]] = [
    [0x1F, 0x8B, 8], ascii("text\0text"), [0xFF, 0xF1, 0x50, 0x80], ascii("ftypheic\0", at: 4),
    ascii("ftypavif\0", at: 4), [0x1A, 0x45, 0xDF, 0xA3, 0x82] + ascii("matroska\0"),
    ascii("RIFF\0\0\0\0AVI \0"), [0xC3, 0x28],
  ]

  @Test(arguments: unknown)
  func whatNoEndpointTakesIsNothing(_ bytes: [UInt8]) {
    #expect(Document(name: "a.txt", bytes: Data(bytes)) == nil)
  }

  @Test func aTextIsItsTextAndEverythingElseIsADataURI() throws {
    let text = try #require(Document(name: "a.md", bytes: Data([0xEF, 0xBB, 0xBF] + Self.ascii("# Hé"))))
    #expect(text.text == "# Hé")
    let sound = try #require(Document(name: "a.ogg", bytes: Data(Self.ascii("OggS"))))
    #expect(sound.text == nil)
    #expect(sound.url == "data:audio/ogg;base64,T2dnUw==")
    #expect(Value.file(sound).json() == "\"data:audio/ogg;base64,T2dnUw==\"")
    #expect(Value.file(sound).noun == "a file")
  }

  @Test(arguments: [
    ("https://a.test/in/r.pdf", "r.pdf", DocumentKind.pdf),
    ("HTTP://a.test/talk.MP3?x=1.wav", "talk.MP3", .mp3),
    ("https://a.test/film.webm#t=3", "film.webm", .webm),
  ])
  func anAddressIsPassedOnAndItsEndingSaysWhatIsThere(_ address: String, _ name: String, _ kind: DocumentKind)
    throws
  {
    let document = try #require(Document(address: address))
    #expect(document.name == name)
    #expect(document.kind == kind)
    #expect(document.url == address)
    #expect(document.text == nil)
  }

  @Test(arguments: [
    "https://a.test/a.txt", "https://a.test/a.json", "https://a.test/a.png", "https://a.test/pdf",
    "https://a.test/",
    "ftp://a.test/a.pdf", "a.pdf", "",
  ])
  func otherAddressesAreOfNoDocument(_ address: String) {
    #expect(Document(address: address) == nil)
  }

  @Test func aPictureIsAFileToATypeAndAFileIsNoPicture() throws {
    let types = TypeTable()
    let picture = Value.image(.address("https://example.com/a.png"))
    let file = Value.file(try #require(Document(name: "a.txt", bytes: Data())))
    #expect(types.conform(picture, to: .file).fits)
    #expect(types.conform(file, to: .file).fits)
    #expect(!types.conform(file, to: .image).fits)
    #expect(!types.conform(file, to: .json).fits)
    #expect(!types.conform(.string("a"), to: .file).fits)
    #expect(!file.isJSON && !Value.list([file]).isJSON)
    #expect(file.isMedia && picture.isMedia && !Value.list([file]).isMedia)
  }
}
