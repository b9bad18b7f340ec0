#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// A file on its way to a model that is no picture: a PDF, a text, a sound or a film; or the address where the
/// endpoint finds it.
package struct Document: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    case bytes(Data)
    /// An http or https address, passed on as it is.
    case address(String)
  }

  /// Without folders, as the model is told it.
  package let name: String
  package let content: Content
  package let kind: DocumentKind

  /// The bytes of a document; nil for what is none of the known kinds. What it is, its bytes say; only
  /// for texts, and for a container that holds either sound or film, its name says which.
  package init?(name: String, bytes: Data) {
    guard let kind = DocumentKind(recognising: bytes, named: name) else { return nil }
    self.name = name
    content = .bytes(bytes)
    self.kind = kind
  }

  /// An http or https address of which the ending says that a PDF, a sound or a film is there; nil for any
  /// other. A text is not among them, for its words go into the prompt and would have to be fetched.
  package init?(address: String) {
    guard FetchedAddress(address)?.fault == nil, address.beginsLikeWebAddress else { return nil }
    let name = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last.map(String.init) ?? ""
    guard let kind = DocumentKind(endingOf: name), !kind.isText else { return nil }
    self.name = name
    content = .address(address)
    self.kind = kind
  }

  /// What the wire carries: the address, or the bytes as a `data:` URI (RFC 2397).
  package var url: String {
    switch content {
    case .address(let address): address
    case .bytes(let data): "data:\(kind.mediaType);base64,\(data.base64EncodedString())"
    }
  }

  /// The text of a document that is one, without a byte order mark; it then goes into a prompt as text.
  package var text: String? {
    guard kind.isText, case .bytes(let bytes) = content else { return nil }
    return String(
      decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes, as: UTF8.self)
  }
}

/// The kinds of document that there are endpoints for.
package enum DocumentKind: String, Sendable, CaseIterable {
  case pdf
  case text, markdown, csv, json
  case mp3, wav, m4a, ogg, flac
  case mp4, webm, mov

  package var mediaType: String {
    switch self {
    case .pdf: "application/pdf"
    case .text: "text/plain"
    case .markdown: "text/markdown"
    case .csv: "text/csv"
    case .json: "application/json"
    case .mp3: "audio/mpeg"
    case .wav: "audio/wav"
    case .m4a: "audio/mp4"
    case .ogg: "audio/ogg"
    case .flac: "audio/flac"
    case .mp4: "video/mp4"
    case .webm: "video/webm"
    case .mov: "video/quicktime"
    }
  }

  package var isText: Bool {
    switch self {
    case .text, .markdown, .csv, .json: true
    case .pdf, .mp3, .wav, .m4a, .ogg, .flac, .mp4, .webm, .mov: false
    }
  }

  package var isAudio: Bool {
    switch self {
    case .mp3, .wav, .m4a, .ogg, .flac: true
    case .pdf, .text, .markdown, .csv, .json, .mp4, .webm, .mov: false
    }
  }

  /// What the ending of a name says, as `.pdf` or `.MP3` does.
  package init?(endingOf name: String) {
    switch Self.ending(of: name) {
    case "md": self = .markdown
    case "txt": self = .text
    case let ending: self.init(rawValue: ending)
    }
  }

  /// In small letters, without its dot; empty where there is none.
  private static func ending(of name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[$0...].dropFirst().lowercased() } ?? ""
  }

  package init?(recognising data: Data, named name: String) {
    let suffix = Self.ending(of: name)
    guard
      let kind = Self(signature: Array(data.prefix(64)), suffix: suffix) ?? Self(text: data, suffix: suffix)
    else { return nil }
    self = kind
  }

  /// What the first bytes say.
  private init?(signature start: [UInt8], suffix: String) {
    func has(_ text: String, at offset: Int = 0) -> Bool { start.dropFirst(offset).starts(with: text.utf8) }
    if has("%PDF-") {
      self = .pdf
    } else if has("ID3") || (start.count > 1 && start[0] == 0xFF && start[1] & 0xE6 == 0xE2) {
      // The second is the head of a frame: MPEG audio, layer III.
      self = .mp3
    } else if has("RIFF"), has("WAVE", at: 8) {
      self = .wav
    } else if has("OggS") {
      self = .ogg
    } else if has("fLaC") {
      self = .flac
    } else if start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      // Matroska; browsers and models take the kind that says it is WebM.
      guard (4..<60).contains(where: { has("webm", at: $0) }) else { return nil }
      self = .webm
    } else if has("ftyp", at: 4), start.count >= 12 {
      self.init(brand: String(decoding: start[8..<12], as: UTF8.self), suffix: suffix)
    } else {
      return nil
    }
  }

  /// ISO base media files (ISO/IEC 14496-12) say by a brand who is meant to play them.
  private init?(brand: String, suffix: String) {
    switch brand {
    case "M4A ", "M4B ": self = .m4a
    case "qt  ": self = .mov
    case "heic", "heix", "hevc", "mif1", "msf1", "avif", "avis": return nil
    default: self = suffix == "m4a" ? .m4a : .mp4
    }
  }

  private init?(text data: Data, suffix: String) {
    guard !data.contains(0), UTF8.firstInvalid(in: Array(data)) == nil else { return nil }
    switch suffix {
    case "md", "markdown": self = .markdown
    case "csv": self = .csv
    case "json": self = .json
    default: self = .text
    }
  }
}
