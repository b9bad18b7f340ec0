package import WeirEndpoint

/// A line of a request's header, whose value may end in a key.
package struct HTTPHeader: Sendable, Hashable {
  package let name: String
  /// All of the value, or what stands before the key: `Bearer `.
  package let text: String
  package let secret: Secret?

  package init(_ name: String, _ text: String, secret: Secret? = nil) {
    self.name = name
    self.text = text
    self.secret = secret
  }

  /// The value with `<key>` for the key.
  package var shown: String { text + (secret.map { "\($0)" } ?? "") }
}

extension HTTPHeader {
  /// What a dialect of JSON sends: the user's own headers come last and replace those of their name,
  /// so that a server which wants its key in another form can be had.
  static func json(
    _ key: Secret?, prefix: String, adding headers: [HTTPHeader], accepting type: String = "application/json"
  ) -> [HTTPHeader] {
    let usual =
      [HTTPHeader("Content-Type", "application/json"), HTTPHeader("Accept", type)]
      + (key.map { [HTTPHeader("Authorization", prefix, secret: $0)] } ?? [])
    let given = Set(headers.map { $0.name.lowercased() })
    return usual.filter { !given.contains($0.name.lowercased()) } + headers
  }

  /// As libcurl takes it, where `Name:` would take a header away and `Name;` is an empty one.
  var line: String {
    let value = text + (secret?.revealed ?? "")
    return value.isEmpty ? "\(name);" : "\(name): \(value)"
  }

  /// Whether it stays on its line; a key that was read from a file often ends in a line break.
  var isWellFormed: Bool {
    let value = (text + (secret?.revealed ?? "")).utf8
    return !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
      && value.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }
}
