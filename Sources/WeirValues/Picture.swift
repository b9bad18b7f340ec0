#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// A picture on its way to a model: its bytes, or the address where the endpoint finds them.
package enum Picture: Sendable, Hashable {
  /// An http or https address, passed on as it is.
  case address(String)
  case bytes(Data, PictureFormat)

  /// What the wire carries: the address, or the bytes as a `data:` URI.
  package var url: String {
    switch self {
    case .address(let address): address
    case .bytes(let data, let format):
      "data:\(format.mediaType);base64,\(data.base64EncodedString())"
    }
  }

  /// What `url` says: an http or https address where a picture may be, or the bytes in a `data:` URI; nil for
  /// anything else.
  package init?(address: String) {
    if let found = FetchedAddress(address) {
      guard found.fault == nil, found.endingOfNoPicture == nil else { return nil }
      self = .address(address)
    } else if let picture = try? Picture(dataURI: address) {
      self = picture
    } else {
      return nil
    }
  }

  /// The bytes of a picture; nil for what is none of the known formats.
  package init?(bytes data: Data) {
    guard let format = PictureFormat(recognising: data) else { return nil }
    self = .bytes(data, format)
  }
}

/// The kinds of picture that every vision endpoint takes, told apart by their first bytes.
package enum PictureFormat: String, Sendable, CaseIterable {
  case png, jpeg, gif, webp

  package var mediaType: String { "image/\(rawValue)" }

  package init?(recognising data: Data) {
    func has(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
      data.dropFirst(offset).starts(with: bytes)
    }
    if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if has([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if has(Array("GIF87a".utf8)) || has(Array("GIF89a".utf8)) {
      self = .gif
    } else if has(Array("RIFF".utf8)), has(Array("WEBP".utf8), at: 8) {
      self = .webp
    } else {
      return nil
    }
  }
}
