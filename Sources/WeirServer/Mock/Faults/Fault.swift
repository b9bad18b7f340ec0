/// A way in which an endpoint fails its clients, put in the place of one answer.
///
/// Spelled as `weir mock --fault` takes it: `429`, `429:retry-after=1`, `500:body=oops`, `hang`, `cut`,
/// `reset`, `html502`, `empty200`, `error200`.
package enum Fault: Sendable, Hashable {
  /// This status, with header fields, and the vendor's own error as the body unless one is given.
  case status(Int, fields: [Field] = [], body: String? = nil)
  /// No answer, for as long as the client waits.
  case hang
  /// The right answer, of which half the body comes.
  case cut
  /// The connection is reset.
  case reset
  /// 502 with the page of a proxy.
  case html502
  /// 200 without a body.
  case empty200
  /// 200 with an error of the vendor in it.
  case error200

  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    /// Nil for what could not stand in a head.
    init?(checking name: String, _ value: String) {
      let isName = name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
      guard isName, !name.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
      self.init(name, value)
    }
  }

  private static let words: [String: Fault] = [
    "hang": .hang, "cut": .cut, "reset": .reset, "html502": .html502, "empty200": .empty200,
    "error200": .error200,
  ]

  package init(parsing text: String) throws(FaultError) {
    if let fault = Self.words[text] {
      self = fault
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let status = Int(parts[0]), (200...599).contains(status), parts[0].utf8.count == 3 else {
      throw FaultError(
        message: "no fault is spelled `\(text)`",
        help: "a fault is a status from 200 to 599, such as `429` or `429:retry-after=1`, or one of "
          + Self.words.keys.sorted().map { "`\($0)`" }.joined(separator: ", "))
    }
    let (fields, body) = parts.count == 1 ? ([], nil) : try Self.settings(String(parts[1]))
    self = .status(status, fields: fields, body: body)
  }

  /// `name=value` parted by commas; what follows `body=` is the body, whatever is in it.
  private static func settings(_ text: String) throws(FaultError) -> ([Field], String?) {
    var fields: [Field] = []
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix("body=") { return (fields, String(rest.dropFirst("body=".count))) }
      let end = rest.firstIndex(of: ",") ?? rest.endIndex
      fields.append(try field(rest[..<end]))
      rest = rest[end...].dropFirst()
    }
    return (fields, nil)
  }

  private static func field(_ text: Substring) throws(FaultError) -> Field {
    let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard pair.count == 2, let field = Field(checking: pair[0], pair[1]) else {
      throw FaultError(
        message: "`\(text)` is no header field of a fault",
        help: "write `name=value`, parted by commas, and `body=…` last")
    }
    return field
  }
}

/// Why a text is no fault.
package struct FaultError: Error, Sendable, Hashable {
  /// Lower case, without a full stop.
  package let message: String
  /// One line that can be acted on.
  package let help: String
}
