import WeirDiagnostics
package import WeirSyntax

/// A file formatted, and what must hold then, whatever the file is.
///
/// The tree is the same but for places, and so are the comments in their order and all tokens but the
/// commas and bars that part things. Formatting it again changes nothing.
package struct FormatTrial {
  package let formatted: [UInt8]
  private let file: FileSyntax

  /// A file that was read without a complaint.
  package init(_ file: FileSyntax) {
    self.file = file
    formatted = format(file)
  }

  /// What does not hold, in words; empty when all does.
  package func complaints() -> [String] {
    let (again, told) = parse(SourceFile(path: "formatted.flow", bytes: formatted))
    if let first = told.first {
      return ["formatted, it has a mistake: \(first.code.name) at \(first.span.range)"]
    }
    return treeComplaints(again) + tokenComplaints(again) + textComplaints()
      + (format(again) == formatted ? [] : ["formatted twice, it is another text"])
  }

  private func treeComplaints(_ again: FileSyntax) -> [String] {
    let before = file.entries.map { Shorthand($0).text }
    let after = again.entries.map { Shorthand($0).text }
    if before.count != after.count { return ["\(before.count) entries became \(after.count)"] }
    return zip(before, after).filter { $0 != $1 }.map { "an entry became another: \($0) became \($1)" }
  }

  private func tokenComplaints(_ again: FileSyntax) -> [String] {
    if file.commentTexts != again.commentTexts { return ["the comments became others"] }
    return file.words == again.words ? [] : ["the tokens became others"]
  }

  /// One line break at the end, and nothing of Windows but what stands in a text.
  private func textComplaints() -> [String] {
    if formatted.isEmpty { return [] }
    if formatted.last != 0x0A { return ["the last line has no end"] }
    if formatted.first == 0x0A || formatted.suffix(2) == [0x0A, 0x0A] { return ["a blank line at an end"] }
    return []
  }
}

extension FileSyntax {
  /// Without the blanks at their ends.
  fileprivate var commentTexts: [[UInt8]] {
    comments.map { comment in
      let text = source.bytes[comment.range]
      return text.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { Array(text[...$0]) } ?? []
    }
  }

  /// What stands outside of text blocks, without what parts things.
  fileprivate var words: [String] {
    var blocks = 0
    var words: [String] = []
    for token in tokens {
      if token.kind == .blockQuote { blocks += 1 }
      if token.kind == .closingBlockQuote { blocks -= 1 }
      let isSeparator = token.kind == .comma || token.kind == .bar
      if blocks > 0 || isSeparator { continue }
      words.append(String(decoding: source.bytes[token.range], as: UTF8.self))
    }
    return words
  }
}
