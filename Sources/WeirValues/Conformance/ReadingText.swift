/// Why a text is not a value of the wanted type.
package struct TextMismatch: Error, Sendable, Hashable {
  /// Lower case, without a full stop: "expected `int`, found `abc`".
  package let message: String
}

extension TypeTable {
  /// Reads what a person gave for a value: on a command line, in an environment variable.
  ///
  /// A string is taken as it is, a literal text exactly, a bool is `true`, `false`, `yes` or `no`;
  /// everything else is JSON, without a field that the type does not have. Of a union the first
  /// member that the text is counts, `string` last, so that `null` is text where text will do. A
  /// picture is an address or a `data:` URI: a file is for the caller to open. Conditions are not
  /// asked.
  package func read(_ text: String, as type: ValueType) throws(TextMismatch) -> Value {
    let members = members(type)
    for member in members where member != .null {
      if let value = plain(text, member) { return value }
    }
    if members.contains(where: { $0 == .string || $0 == .secret || $0 == .error }) { return .string(text) }
    if text == "null", members.contains(.null) { return .null }
    guard members.contains(where: \.isWrittenAsJSON) else { throw mismatch(text, type) }
    return try readJSON(text, as: type)
  }

  /// What the text is as the member of a union alone; nil where it is nothing of the kind.
  private func plain(_ text: String, _ member: ValueType) -> Value? {
    switch member {
    case .text(let wanted): return text == wanted ? .string(text) : nil
    case .bool: return Self.bools[text].map { .bool($0) }
    case .image: return Picture(address: text).map { .image($0) }
    case .file:
      if let document = Document(address: text) ?? (try? Document(dataURI: text)) { return .file(document) }
      return Picture(address: text).map { .image($0) }
    case .int, .number, .json, .constant, .list, .record, .dictionary:
      guard let value = try? Value(json: text) else { return nil }
      let conformance = conform(value, to: member)
      return conformance.fits && conformance.extra.isEmpty ? conformance.value : nil
    case .string, .secret, .null, .union, .named, .error: return nil
    }
  }

  private static let bools = ["true": true, "yes": true, "false": false, "no": false]

  /// Called for what does not fit, so as to say why.
  private func readJSON(_ text: String, as type: ValueType) throws(TextMismatch) -> Value {
    let value: Value
    do throws(JSONError) {
      value = try Value(json: text)
    } catch {
      throw TextMismatch(
        message: "expected `\(describe(type))` as JSON, but \(error.message) (at byte \(error.offset + 1))")
    }
    let conformance = conform(value, to: type)
    if let first = conformance.mismatches.first {
      throw TextMismatch(message: first.message(whole: "the value"))
    }
    if let first = conformance.extra.first {
      throw TextMismatch(message: "`\(describe(type))` has no field `\(first)`")
    }
    return conformance.value
  }

  private func mismatch(_ text: String, _ type: ValueType) -> TextMismatch {
    TextMismatch(message: "expected `\(describe(type))`, found \(Value.string(text).phrase)")
  }
}

extension ValueType {
  /// Whether a person writes it in brackets or braces; numbers and the like have words of their own.
  fileprivate var isWrittenAsJSON: Bool {
    switch self {
    case .json, .list, .record, .dictionary: true
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .text, .constant, .union, .named,
      .error:
      false
    }
  }
}
