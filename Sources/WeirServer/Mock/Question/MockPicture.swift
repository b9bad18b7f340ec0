import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A picture as a request holds it: an address, which is believed unless it is one of the mock's own
/// files, or a `data:` URI, which is looked into. Also another file, which only has to be there.
struct MockPicture {
  /// As tapes know it: `sha256:…` of the decoded bytes, or the address.
  let tapeName: String
  /// For the log: `sha256:… (240512 bytes image/png)`.
  let note: String
  /// Whether a model has to see to read it.
  private(set) var isImage = true

  init(url: String, in files: MockFiles) throws(MockPictureError) {
    if Self.isAddress(url) {
      try self.init(address: url, in: files)
      return
    }
    let (data, format) = try Self.decode(url)
    let name = "sha256:\(SHA256.hex(of: data))"
    self.init(tapeName: name, note: "\(name) (\(data.count) bytes \(format.mediaType))")
  }

  /// A file that is no picture, by an address or a `data:` URI.
  init(file url: String, in files: MockFiles) throws(MockPictureError) {
    if Self.isAddress(url) {
      try self.init(address: url, in: files)
    } else {
      self.init(content: try Self.content(url, of: "a file"))
    }
    isImage = false
  }

  /// The bytes of a file without a word about what they are.
  init(base64 text: String) throws(MockPictureError) {
    guard let data = Data(base64Encoded: text) else {
      throw MockPictureError(message: "the base64 of a file cannot be decoded")
    }
    self.init(content: data)
    isImage = false
  }

  static func isAddress(_ url: String) -> Bool { url.beginsLikeWebAddress }

  private init(address: String, in files: MockFiles) throws(MockPictureError) {
    switch files.find(address) {
    case .elsewhere: self.init(tapeName: address, note: address)
    case .missing: throw MockPictureError(message: "nothing was uploaded to \(address)")
    case .stored(let file): self.init(tapeName: file.name, note: file.note)
    }
  }

  private init(content: Data) {
    let name = "sha256:\(SHA256.hex(of: content))"
    self.init(tapeName: name, note: "\(name) (\(content.count) bytes)")
  }

  private init(tapeName: String, note: String) {
    self.tapeName = tapeName
    self.note = note
  }

  private static func decode(_ url: String) throws(MockPictureError) -> (Data, PictureFormat) {
    let data = try content(url, of: "an image")
    guard let format = PictureFormat(recognising: data) else {
      throw MockPictureError(message: "the data is no image (PNG, JPEG, GIF or WebP) that can be opened")
    }
    return (data, format)
  }

  private static func content(_ url: String, of noun: String) throws(MockPictureError) -> Data {
    guard url.hasPrefix("data:") else {
      throw MockPictureError(message: "\(noun) is an http or https address or a `data:` URI")
    }
    // Of bytes, because the URI is as long as the picture.
    guard let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")), url[..<comma].hasSuffix(";base64") else {
      throw MockPictureError(message: "the `data:` URI of \(noun) is not base64")
    }
    guard let data = Data(base64Encoded: Data(url.utf8[comma...].dropFirst())) else {
      throw MockPictureError(message: "the base64 of \(noun) cannot be decoded")
    }
    return data
  }
}

/// Why a picture is none.
struct MockPictureError: Error {
  /// Lower case, without a full stop.
  let message: String
}
