package import WeirEndpoint

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An http or https address, read strictly and taken apart once.
///
/// What two readers could understand differently (a blank, a backslash, a host that is not ASCII) is
/// refused, so that the host which is judged here is the host that libcurl connects to.
package struct WebAddress: Sendable, Hashable {
  /// As it was written, name and password included.
  let text: String
  let isEncrypted: Bool
  /// In lower case, without brackets.
  package let host: String
  let port: Int
  /// Whether a name or password stands before the host.
  let hasPassword: Bool

  package init(_ text: String) throws(EndpointFailure) {
    guard let address = WebAddress(strict: text) else {
      throw EndpointFailure(
        .invalidRequest, "`\(Excerpt.of(text))` is not an http or https address",
        advice: "write it like `https://example.com/v1`")
    }
    self = address
  }

  /// nil for what is no http or https address.
  init?(strict text: String) {
    guard let url = URL(string: text, encodingInvalidCharacters: false),
      let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https",
      let host = url.host(), !host.isEmpty, (1...65535).contains(url.port ?? 80)
    else { return nil }
    self.text = text
    isEncrypted = scheme == "https"
    self.host = host.lowercased()
    port = url.port ?? (isEncrypted ? 443 : 80)
    hasPassword = url.user != nil || url.password != nil
  }

  private init(text: String, at other: WebAddress) {
    self.text = text
    isEncrypted = other.isEncrypted
    host = other.host
    port = other.port
    hasPassword = other.hasPassword
  }

  /// The address with `path`, which begins with `/`, after its own; what stands after a `?` is kept.
  package func appending(_ path: String) -> WebAddress {
    let end = text.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.endIndex
    var base = text[..<end]
    while base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
    return WebAddress(text: base + path + text[end...], at: self)
  }

  /// The address with `query`, which is fit for one, after what it asks already.
  func asking(_ query: String) -> WebAddress {
    let end = text.utf8.firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
    let sign = text[..<end].utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
    return WebAddress(text: text[..<end] + sign + query, at: self)
  }

  /// Where a `Location` leads from here; nil where that is no http or https address.
  func resolving(_ location: String) -> WebAddress? {
    guard let base = URL(string: text, encodingInvalidCharacters: false),
      let url = URL(string: location, relativeTo: base)
    else { return nil }
    return WebAddress(strict: url.absoluteString)
  }

  /// The same server, reached in the same way.
  func hasSameOrigin(as other: WebAddress) -> Bool {
    isEncrypted == other.isEncrypted && host == other.host && port == other.port
  }

  /// On this machine: `localhost`, 127.0.0.0/8 or `::1`, as written and not as some name server says.
  package var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The host as messages name it, with the port where it is not the usual one.
  package var site: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// Path and query, as the request line has them.
  package var path: String {
    guard let url = URL(string: text, encodingInvalidCharacters: false) else { return "/" }
    let path = url.path().isEmpty ? "/" : url.path()
    return path + (url.query().map { "?\($0)" } ?? "")
  }
}
