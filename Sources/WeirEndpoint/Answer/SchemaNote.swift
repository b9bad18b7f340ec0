import WeirValues

/// What a comment of the notation says about a type: its documentation, then its bounds in brackets.
struct SchemaNote {
  private let text: String

  /// Nil when the schema says neither.
  init?(_ node: SchemaNode) {
    let documentation = node["description"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    let bounds = SchemaBounds.phrase(of: node).map { "(\($0))" }
    guard documentation != nil || bounds != nil else { return nil }
    text = [documentation, bounds].compactMap(\.self).joined(separator: " ")
  }

  init(comment: String) { text = comment }

  var lines: [String] {
    text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.filter { $0 != 0x0D }, as: UTF8.self)
    }
  }

  /// Without what would end the comment.
  var onOneLine: String {
    lines.joined(separator: " ").replacing("*/", with: "* /")
  }

  /// `description` and the bounds, read from the comment. The bounds are the longest bracketed end of
  /// it that is nothing but bounds.
  var keywords: [Record.Field] {
    for open in openings {
      let inner = text[text.index(after: open)...].dropLast()
      if let bounds = SchemaBounds.keywords(in: inner) {
        return description(String(text[..<open].dropLast())) + bounds
      }
    }
    return description(text)
  }

  /// Where the bounds may begin. Only so many, because each is read to the end of the comment.
  private var openings: [String.Index] {
    guard text.hasSuffix(")") else { return [] }
    return text.indices.filter { place in
      text[place] == "(" && (place == text.startIndex || text[..<place].hasSuffix(" "))
    }.suffix(64)
  }

  private func description(_ text: String) -> [Record.Field] {
    text.isEmpty ? [] : [.init("description", .string(text))]
  }
}
