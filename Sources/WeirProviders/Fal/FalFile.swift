import WeirEndpoint
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file that goes with a prompt, of which the bytes are at hand.
struct FalFile: Sendable, Hashable {
  /// As the person knows it: `talk.mp3`, `picture 2`.
  let words: String
  /// As the storage is told it.
  let name: String
  let mediaType: String
  let bytes: Data
  /// The file as a value, which a request holds as a data URI.
  let inline: Value

  /// fal's own clients upload larger ones in parts, which is not done here.
  static let greatest = 90_000_000
  /// What is larger than this is uploaded, unless the flow says otherwise.
  static let uploadOver = 4_000_000

  /// `number` counts the pictures of the prompt, from 1.
  init(picture bytes: Data, _ format: PictureFormat, number: Int) {
    words = "picture \(number)"
    name = "picture.\(format.rawValue)"
    mediaType = format.mediaType
    self.bytes = bytes
    inline = .image(.bytes(bytes, format))
  }

  init(_ document: Document, bytes: Data) {
    words = "`\(Excerpt.of(document.name))`"
    name = document.name
    mediaType = document.kind.mediaType
    self.bytes = bytes
    inline = .file(document)
  }

  func checkSize() throws(EndpointFailure) {
    guard bytes.count > Self.greatest else { return }
    throw EndpointFailure(
      .invalidRequest,
      "\(words) is too large for fal: \(bytes.count.megabytes), and the limit is \(Self.greatest.megabytes)",
      advice: "make it smaller, or put it on a server and give its address")
  }
}

/// What of a prompt is no text, in the order in which it stands there.
enum FalAttachment: Sendable, Hashable {
  case address(String)
  case file(FalFile)

  init(_ document: Document) {
    switch document.content {
    case .address(let address): self = .address(address)
    case .bytes(let bytes): self = .file(FalFile(document, bytes: bytes))
    }
  }

  /// A prompt's pictures, with the files among them numbered as the prompt numbers them.
  static func pictures(of prompt: [PromptPart]) -> [FalAttachment] {
    prompt.pictures.enumerated().map { place, picture in
      switch picture {
      case .address(let address): .address(address)
      case .bytes(let bytes, let format): .file(FalFile(picture: bytes, format, number: place + 1))
      }
    }
  }
}

extension Int {
  /// `5.2 MB`, in millions of bytes; in thousands, or bytes, below that.
  var megabytes: String {
    switch self {
    case ..<1_000: "\(self) bytes"
    case ..<1_000_000: "\((self + 500) / 1_000) kB"
    default:
      // Rounded up, so that what is over a limit never reads as the limit itself.
      (self + 99_999) / 100_000 % 10 == 0
        ? "\((self + 99_999) / 1_000_000) MB"
        : "\((self + 99_999) / 100_000 / 10).\((self + 99_999) / 100_000 % 10) MB"
    }
  }
}
