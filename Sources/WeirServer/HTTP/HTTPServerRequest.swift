/// A whole request, as a client sent it.
struct HTTPServerRequest: Sendable {
  let method: String
  /// As on the request line, with the query.
  let target: String
  let fields: HTTPFields
  let body: [UInt8]
  /// Whether the client wants to send another request on the same connection.
  let isKeptAlive: Bool

  /// The target without its query. What is logged: a query may hold a secret.
  var path: String {
    target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
  }
}

/// Header fields in their order. Their names are kept, and looked for, in lower case.
struct HTTPFields: Sendable, Hashable {
  private(set) var all: [Field] = []

  struct Field: Sendable, Hashable {
    let name: String
    let value: String
  }

  init() {}

  mutating func append(_ lowerCaseName: String, _ value: String) {
    all.append(Field(name: lowerCaseName, value: value))
  }

  /// The first value under the name.
  subscript(name: String) -> String? {
    for field in all where field.name == name { return field.value }
    return nil
  }

  func count(_ name: String) -> Int { all.count { $0.name == name } }

  /// Whether a field that is a list of tokens holds this one.
  func has(_ token: String, in name: String) -> Bool {
    all.contains { field in
      field.name == name
        && field.value.utf8.split(separator: UInt8(ascii: ",")).contains { part in
          String(Substring(part)).trimmingBlanks.isSameToken(as: token)
        }
    }
  }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name, value) }
  }
}

extension String {
  /// Whether two tokens are equal but for the case of ASCII letters.
  func isSameToken(as other: String) -> Bool {
    let (left, right) = (utf8, other.utf8)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { $0 == $1 || ($0.isLetter && $0 ^ $1 == 0x20) }
  }

  var trimmingBlanks: String {
    guard let first = utf8.firstIndex(where: { !$0.isBlank }),
      let last = utf8.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(self[first...last])
  }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
}
