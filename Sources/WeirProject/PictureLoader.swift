package import WeirValues

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

extension ProjectFiles {
  package static let greatestPicture = 20 << 20

  /// The picture that an argument names: a path, an http or https address, or a `data:` URI.
  ///
  /// An address is passed on as it is. Everything else is told by its bytes to be one of the kinds
  /// that vision endpoints take, before anything is asked.
  package func loadPicture(_ argument: String) throws(LoadFailure) -> Picture {
    if let address = FetchedAddress(argument) {
      try refuse(address)
      return .address(argument)
    }
    if argument.isDataURI {
      do {
        return try Picture(dataURI: argument)
      } catch {
        throw LoadFailure("the `data:` URI is not a picture: \(error.message)")
      }
    }
    try refuseOtherAddress(argument, of: "pictures")
    return try picture(read(argument, atMost: Self.greatestPicture, as: "picture"), named: "`\(argument)`")
  }

  /// The file that an argument names, for an input of type `file`: a picture, told as `loadPicture`
  /// does, or another kind that endpoints take. An address is passed on as it is: its ending says what is there,
  /// and without one that says so it is that of a picture. The bytes of a `data:` URI say what is in it.
  package func loadFile(_ argument: String) throws(LoadFailure) -> Value {
    if let address = FetchedAddress(argument) {
      if let document = Document(address: argument) { return .file(document) }
      try refuseAddressOfText(argument)
      try refuse(address, isPicture: false)
      return .image(.address(argument))
    }
    if argument.isDataURI { return try fileInDataURI(argument) }
    try refuseOtherAddress(argument, of: "files")
    let data = try read(argument, atMost: ProjectFolder.greatestFile, as: "file")
    if PictureFormat(recognising: data) != nil { return .image(try picture(data, named: "`\(argument)`")) }
    guard let document = Document(name: FilePaths.name(argument), bytes: data) else {
      let failure = FileFailure(argument, .notDocument(Self.describe(data)))
      throw LoadFailure(failure.message, advice: failure.advice)
    }
    return .file(document)
  }

  private func fileInDataURI(_ text: String) throws(LoadFailure) -> Value {
    if let picture = try? Picture(dataURI: text) { return .image(picture) }
    do {
      return .file(try Document(dataURI: text))
    } catch {
      switch error {
      case .unknownFormat(let declared):
        throw LoadFailure(
          "the bytes of the `data:` URI, said to be `\(declared)`, are no file that models take")
      case .notADataURI, .notMarkedAsBase64, .notBase64:
        throw LoadFailure("the `data:` URI cannot be read: \(error.message)")
      }
    }
  }

  /// What certainly nobody can fetch, or is none of the kinds that are fetched: sent all the same it would be
  /// refused, or paid for.
  private func refuse(_ address: FetchedAddress, isPicture: Bool = true) throws(LoadFailure) {
    if let fault = address.fault {
      throw LoadFailure(
        "the address `\(address.text)` \(fault)", advice: "write it like `https://example.com/a.png`")
    }
    guard let ending = address.endingOfNoPicture else { return }
    let why = isPicture ? "no picture" : "none that models take"
    throw LoadFailure(
      "`\(address.text)` is the address of a `.\(ending)` file, which is \(why)",
      advice: isPicture ? "give the address of a PNG, JPEG, GIF or WebP picture" : nil)
  }

  /// `ftp://…` is no file that is missing, but an address that nobody takes a file from.
  private func refuseOtherAddress(_ argument: String, of what: String) throws(LoadFailure) {
    guard let end = argument.firstRange(of: "://")?.lowerBound, end > argument.startIndex, !exists(argument),
      argument[..<end].utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) || (0x2B...0x39).contains($0) })
    else { return }
    throw LoadFailure(
      "\(what) are not fetched from `\(argument[..<end])://` addresses",
      advice: "give an address that begins with `https://` or `http://`, a `data:` URI, or the path of a file"
    )
  }

  /// Sent as that of a picture it would be refused, or paid for.
  private func refuseAddressOfText(_ address: String) throws(LoadFailure) {
    let path = String(address.prefix { $0 != "?" && $0 != "#" })
    guard let kind = DocumentKind(endingOf: path), kind.isText else { return }
    throw LoadFailure(
      "`\(address)` is the address of a text, which is not fetched",
      advice: "save the file, and give its path")
  }

  /// The picture in some bytes, `name` being where they come from, for messages.
  package func picture(_ data: Data, named name: String) throws(LoadFailure) -> Picture {
    if data.isEmpty { throw LoadFailure("the picture \(name) is empty") }
    if data.count > Self.greatestPicture {
      throw LoadFailure(
        "the picture \(name) has \(data.count) bytes; at most \(Self.greatestPicture >> 20) MB are sent")
    }
    guard let format = PictureFormat(recognising: data) else {
      throw LoadFailure(
        "\(name) is not a picture that models take: \(Self.describe(data))",
        advice: "convert it to PNG, JPEG, GIF or WebP")
    }
    return .bytes(data, format)
  }

  /// What some bytes seem to be, for one who expected a picture.
  static func describe(_ data: Data) -> String {
    let start = Array(data.prefix(64))
    func begins(_ text: String, at offset: Int = 0) -> Bool {
      start.dropFirst(offset).starts(with: text.utf8)
    }
    if begins("%PDF") { return "it is a PDF" }
    if begins("<svg") || begins("<?xml") { return "it is SVG or XML text" }
    if begins("<!DOCTYPE") || begins("<html") { return "it is an HTML page" }
    if begins("BM") { return "it is a BMP picture" }
    if begins("II*") || begins("MM\u{0}*") { return "it is a TIFF picture" }
    if begins("ftypheic", at: 4) || begins("ftypheix", at: 4) || begins("ftypmif1", at: 4) {
      return "it is a HEIC picture"
    }
    if begins("ftypavif", at: 4) { return "it is an AVIF picture" }
    if begins("ftyp", at: 4) { return "it is a video" }
    // Where there is more than was looked at, the last character may be cut off.
    let isText = (0...(data.count > start.count ? 3 : 0)).contains {
      String(validating: start.dropLast($0), as: UTF8.self) != nil
    }
    if isText { return "it is text" }
    let bytes = start.prefix(4).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return "it begins with the bytes \(bytes.joined(separator: " "))"
  }
}

extension String {
  fileprivate var isDataURI: Bool { prefix(5).lowercased() == "data:" }
}
