/// An http or https address of something that an endpoint is to fetch itself, looked at and not asked.
package struct FetchedAddress: Sendable, Hashable {
  package let text: String
  /// In small letters, without its dot; empty where there is none.
  private let ending: String

  /// Nil for what does not begin like one.
  package init?(_ text: String) {
    guard text.beginsLikeWebAddress else { return nil }
    self.text = text
    let path = text.pathOfAddress
    ending = path.utf8.lastIndex(of: UInt8(ascii: ".")).map { path[$0...].dropFirst().lowercased() } ?? ""
  }

  /// Why nobody can fetch it, as words behind the address; nil where one may.
  package var fault: String? {
    let rest = text.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2)
    let host = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
    if host.isEmpty || host.first == UInt8(ascii: ":") { return "names no host" }
    if text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) { return "has a blank in it" }
    return nil
  }

  /// The ending of a path that is surely that of no picture; nil where there may be one.
  package var endingOfNoPicture: String? {
    Self.others.contains(ending) || DocumentKind(endingOf: "a.\(ending)") != nil ? ending : nil
  }

  private static let others: Set<String> = [
    "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "epub", "htm", "html", "xml",
    "yaml", "yml", "zip", "gz", "tgz", "tar", "bz2", "xz", "7z", "rar", "exe", "dmg", "iso", "avi", "mkv",
    "aac",
  ]
}

extension String {
  /// Whether it begins with `http://` or `https://`, in letters of either size (RFC 3986, 3.1).
  package var beginsLikeWebAddress: Bool {
    let start = String(decoding: utf8.prefix(8), as: UTF8.self).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// What stands between the host of an address and its `?` or `#`.
  fileprivate var pathOfAddress: Substring {
    let rest = utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2)
    let whole = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let path = whole.drop { $0 != UInt8(ascii: "/") }
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[$0...].dropFirst() } ?? path
    return Substring(name)
  }
}
