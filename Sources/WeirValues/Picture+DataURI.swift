#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Why a text is not a picture written as a `data:` URI.
package enum DataURIFailure: Error, Sendable, Hashable {
  /// It does not begin with `data:`, or has no comma.
  case notADataURI
  /// What stands before the comma does not end in `;base64`.
  case notMarkedAsBase64
  /// The data is not whole base64 in the plain alphabet, without white space.
  case notBase64
  /// The bytes are of no known picture; what they were said to be.
  case unknownFormat(declared: String)

  /// Lower case, without a full stop.
  package var message: String {
    switch self {
    case .notADataURI: "expected `data:`, a media type, `;base64,` and the bytes"
    case .notMarkedAsBase64: "expected `;base64` before the comma"
    case .notBase64: "the data is not valid base64"
    case .unknownFormat(let declared):
      "the bytes, said to be `\(declared)`, are no PNG, JPEG, GIF or WebP picture"
    }
  }
}

extension Picture {
  /// Reads `data:image/png;base64,…` (RFC 2397). What kind of picture it is, the bytes say, whatever
  /// media type stands before them.
  package init(dataURI text: String) throws(DataURIFailure) {
    let (declared, data) = try Data.inDataURI(text)
    guard let picture = Picture(bytes: data) else { throw .unknownFormat(declared: declared) }
    self = picture
  }
}

extension Document {
  /// Reads `data:application/pdf;base64,…` (RFC 2397). What kind of document it is, the bytes say; the media type
  /// counts only where they do not.
  package init(dataURI text: String) throws(DataURIFailure) {
    let (declared, data) = try Data.inDataURI(text)
    let kind = DocumentKind.allCases.first { declared.lowercased().hasPrefix($0.mediaType) }
    guard let document = Document(name: "file\(kind.map { ".\($0.ending)" } ?? "")", bytes: data) else {
      throw .unknownFormat(declared: declared)
    }
    self = document
  }
}

extension DocumentKind {
  /// How names of files of the kind end.
  fileprivate var ending: String {
    switch self {
    case .text: "txt"
    case .markdown: "md"
    case .pdf, .csv, .json, .mp3, .wav, .m4a, .ogg, .flac, .mp4, .webm, .mov: rawValue
    }
  }
}

extension Data {
  /// The media type that a `data:` URI says, with its parameters, and its bytes.
  fileprivate static func inDataURI(_ text: String) throws(DataURIFailure) -> (declared: String, Data) {
    let bytes = text.utf8
    guard bytes.count >= 5, text.prefix(5).lowercased() == "data:",
      let comma = bytes.firstIndex(of: UInt8(ascii: ","))
    else { throw .notADataURI }
    let head = text[bytes.index(bytes.startIndex, offsetBy: 5)..<comma]
    guard head.lowercased().hasSuffix(";base64") else { throw .notMarkedAsBase64 }
    guard let data = Data(base64Encoded: String(text[bytes.index(after: comma)...])) else { throw .notBase64 }
    return (String(head.dropLast(";base64".count)), data)
  }
}
