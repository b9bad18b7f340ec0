import WeirDiagnostics
import WeirProgram
import WeirSyntax

extension FileSyntax {
  /// Leaves out the warnings and notes that a comment in the file allows, and tells of comments that allow
  /// nothing. Errors always stay.
  ///
  /// ```
  /// # weir: allow unused-input, unused-let     ← the next line that is no comment
  /// input tone: string
  /// input mood: string   # weir: allow unused-input     ← this line
  /// ```
  ///
  /// A text block belongs to the line that it opens on, for no comment can stand in it.
  func withoutAllowed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var allowances = Allowances(self)
    guard !allowances.isEmpty else { return diagnostics }
    let kept = diagnostics.filter {
      $0.severity == .error || $0.span.file != source.id || !allowances.takes($0)
    }
    // What is wrong may be the reason that a warning is not there.
    let isCertain = isWhole && !kept.hasErrors
    return kept + allowances.unknown + (isCertain ? allowances.unused(in: self) : [])
  }
}

/// The comments `# weir: allow …` of a file, by the lines that they are for.
private struct Allowances {
  /// A word of a comment, and the code that it means.
  private struct Word {
    let comment: Int
    let span: Span
    let code: String
    var isUsed = false
  }

  private struct Line {
    let range: Range<Int>
    var words: [Int]
  }

  private var comments: [(place: Span, words: Range<Int>)] = []
  private var words: [Word] = []
  /// In the order of the file, no two with a byte in common.
  private var lines: [Line] = []
  private(set) var unknown: [Diagnostic] = []
  private var guesses: [String: Guess?] = [:]

  var isEmpty: Bool { comments.isEmpty }

  init(_ file: FileSyntax) {
    for place in file.comments where file.source.bytes.allows(place.range) { add(place, in: file) }
  }

  // MARK: Reading

  private mutating func add(_ place: Span, in file: FileSyntax) {
    let start = words.count
    let bytes = file.source.bytes
    for range in bytes.words(after: place.range) { add(Span(range, in: place.file), in: file.source) }
    comments.append((place, start..<words.count))
    guard start < words.count, let first = file.lineStart(meantBy: place) else { return }
    if lines.last?.range.lowerBound != file.tokens[first].range.lowerBound {
      lines.append(Line(range: file.line(from: first), words: []))
    }
    lines[lines.count - 1].words += start..<words.count
  }

  /// A word that is no code stands for the code that was most likely meant, so that there is one message.
  private mutating func add(_ span: Span, in source: SourceFile) {
    let text = source.text(of: span)
    let guess = Self.codes.contains(text) ? nil : self.guess(for: text)
    if !Self.codes.contains(text) { unknown.append(.unknownCode(text, nearest: guess, at: span)) }
    words.append(
      Word(
        comment: comments.count, span: span, code: guess?.name ?? text,
        isUsed: !Self.codes.contains(text)))
  }

  /// The same slip often stands in many places.
  private mutating func guess(for word: String) -> Guess? {
    if let known = guesses[word] { return known }
    let guess = Self.sortedCodes.guess(for: word)
    guesses[word] = .some(guess)
    return guess
  }

  private static let sortedCodes = codes.sorted()

  private static let codes = Set(
    (DiagnosticCode.syntaxCodes + DiagnosticCode.programCodes + DiagnosticCode.checkCodes).map(\.name))

  // MARK: Using

  /// Whether one of the comments allows it; then that comment is of use.
  mutating func takes(_ diagnostic: Diagnostic) -> Bool {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].range.upperBound <= diagnostic.span.start { low = middle + 1 } else { high = middle }
    }
    guard low < lines.count, lines[low].range.contains(diagnostic.span.start),
      let word = lines[low].words.first(where: { words[$0].code == diagnostic.code.name })
    else { return false }
    words[word].isUsed = true
    return true
  }

  /// The words that had nothing to allow. A comment of which no word is of use can go.
  func unused(in file: FileSyntax) -> [Diagnostic] {
    comments.flatMap { place, range -> [Diagnostic] in
      if range.isEmpty { return [.emptyAllow(at: place)] }
      let isUseless = words[range].allSatisfy { !$0.isUsed }
      let edits = isUseless ? [Diagnostic.Edit(file.removal(ofComment: place), "")] : []
      return words[range].filter { !$0.isUsed }.map { .unusedAllow($0.code, at: $0.span, edits: edits) }
    }
  }
}

extension [UInt8] {
  /// Whether a comment begins with `# weir: allow`.
  fileprivate func allows(_ comment: Range<Int>) -> Bool { wordsStart(comment) != nil }

  private func wordsStart(_ comment: Range<Int>) -> Int? {
    var at = comment.lowerBound + 1
    for word in ["weir:", "allow"] {
      while at < comment.upperBound, self[at] == 0x20 || self[at] == 0x09 { at += 1 }
      for byte in word.utf8 {
        guard at < comment.upperBound, self[at] == byte else { return nil }
        at += 1
      }
    }
    guard at == comment.upperBound || isGap(self[at]) else { return nil }
    return at
  }

  /// What stands between blanks and commas.
  fileprivate func words(after comment: Range<Int>) -> [Range<Int>] {
    guard var at = wordsStart(comment) else { return [] }
    var words: [Range<Int>] = []
    while at < comment.upperBound {
      let start = at
      while at < comment.upperBound, !isGap(self[at]) { at += 1 }
      if start < at { words.append(start..<at) } else { at += 1 }
    }
    return words
  }

  private func isGap(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",") }
}

extension FileSyntax {
  /// The first token of the line that a comment is about; nil where none follows it.
  fileprivate func lineStart(meantBy comment: Span) -> Int? {
    let tokens = tokens
    let next = index(ofTokenAt: comment.start)
    let isAlone = source.wholeLines(comment.range) != nil
    var first = isAlone || next == 0 ? next : next - 1
    while first > 0, !tokens[first].isFirstOnLine { first -= 1 }
    return tokens[first].kind == .endOfFile ? nil : first
  }

  /// To the end of the last token of its line.
  fileprivate func line(from first: Int) -> Range<Int> {
    let tokens = tokens
    var last = first
    while tokens[last + 1].kind != .endOfFile, !tokens[last + 1].isFirstOnLine { last += 1 }
    return tokens[first].range.lowerBound..<tokens[last].range.upperBound
  }

  /// The comment with its line, or with the blanks before it.
  fileprivate func removal(ofComment comment: Span) -> Span {
    if let lines = source.wholeLines(comment.range) { return Span(lines, in: comment.file) }
    var start = comment.start
    while start > 0, source.bytes[start - 1] == 0x20 || source.bytes[start - 1] == 0x09 { start -= 1 }
    return Span(start..<comment.end, in: comment.file)
  }
}
