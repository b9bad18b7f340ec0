import WeirDiagnostics

extension Lexer {
  mutating func lexOpeningQuote() {
    let quote = UInt8(ascii: "\"")
    // In a tag, which stands on one line, there are no text blocks: `""` is an empty string there.
    if openTag == nil, byte(at + 1) == quote, byte(at + 2) == quote {
      sign(.blockQuote, 3)
      frames.append(.block(token: tokens.count - 1))
      return
    }
    sign(.quote, 1)
    frames.append(.quote(token: tokens.count - 1, within: openTag))
    openTag = nil
  }

  /// Text of a `"…"` up to its end, its next tag, or the end of its line.
  mutating func lexQuoted() {
    let start = at
    while true {
      at = Self.quotedSigns.next(in: bytes, at..<bytes.count)
      guard at < bytes.count else { break }
      switch bytes[at] {
      case UInt8(ascii: "\\"): skipEscape()
      case UInt8(ascii: "{") where next(is: "{"): return lexTagOpen(textFrom: start)
      case UInt8(ascii: "\""):
        appendText(from: start)
        return endString(.closingQuote, length: 1)
      case 0x0A, 0x0D: return endUnclosedQuote(textFrom: start)
      default: at += 1
      }
    }
    endUnclosedQuote(textFrom: start)
  }

  /// Text of a block up to its closing quotes, which begin their line, or its next tag.
  mutating func lexBlock() {
    let start = at
    while true {
      at = Self.blockSigns.next(in: bytes, at..<bytes.count)
      guard at < bytes.count else { break }
      switch bytes[at] {
      case UInt8(ascii: "\\"): skipBlockEscape()
      case UInt8(ascii: "{") where next(is: "{"): return lexTagOpen(textFrom: start)
      case UInt8(ascii: "\"") where next(is: "\"") && byte(at + 2) == UInt8(ascii: "\""):
        if isFirstOnLine(at) || !looksLikeOpening(at) {
          appendText(from: start)
          return endString(.closingBlockQuote, length: 3)
        }
        return endUnclosedBlock()
      default: at += 1
      }
    }
    endUnclosedBlock()
  }

  private static let quotedSigns = ByteSearch("\"", "\\", "{", "\n", "\r")
  private static let blockSigns = ByteSearch("\"", "\\", "{")

  /// `\{{` is taken whole; any other escape is a backslash and one byte.
  private mutating func skipEscape() {
    let isBraces = next(is: "{") && byte(at + 2) == UInt8(ascii: "{")
    let isAtLineEnd = byte(at + 1) == 0x0A || byte(at + 1) == 0x0D
    at = min(bytes.count, at + (isBraces ? 3 : isAtLineEnd ? 1 : 2))
  }

  private mutating func skipBlockEscape() {
    let quote = UInt8(ascii: "\"")
    if next(is: "{"), byte(at + 2) == UInt8(ascii: "{") {
      at += 3
    } else if byte(at + 1) == quote, byte(at + 2) == quote, byte(at + 3) == quote {
      at += 4
    } else {
      at += 1
    }
  }

  /// Of a run of braces the last two open the tag; the others are text.
  private mutating func lexTagOpen(textFrom start: Int) {
    var end = at
    while byte(end) == UInt8(ascii: "{") { end += 1 }
    at = end - 2
    appendText(from: start)
    if byte(end) == UInt8(ascii: "#") { return lexTagComment() }
    frames.append(.tag)
    openTag = at
    sign(.tagOpen, 2)
  }

  private mutating func lexTagComment() {
    let start = at
    while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D {
      if bytes[at] == UInt8(ascii: "}"), next(is: "}") {
        at += 2
        return append(.tagComment, from: start)
      }
      at += 1
    }
    diagnostics.append(.unclosedTag(at: span(start..<start + 2)))
    toldAt = at
    append(.tagComment, from: start)
  }

  private mutating func appendText(from start: Int) {
    if start < at { append(.text, from: start) }
  }

  /// Whether the grammar's `NL` stands before a string is decided by what follows it (rule 4).
  private mutating func endString(_ kind: TokenKind, length: Int) {
    sign(kind, length)
    var opening = 0
    switch frames.removeLast() {
    case .quote(let token, let tag):
      opening = token
      openTag = tag
    case .block(let token): opening = token
    case .brace, .bracket, .parenthesis, .tag: preconditionFailure("only a string ends with quotes")
    }
    if tokens[opening].followsLineBreak { undecidedString = opening }
  }

  private mutating func endUnclosedQuote(textFrom start: Int) {
    appendText(from: start)
    if case .quote(let opening, within: nil) = frames.last, toldAt != at {
      diagnostics.append(.unclosedString(at: span(tokens[opening].range)))
    }
    endString(.closingQuote, length: 0)
  }

  /// The closing quotes are missing. The text is taken to end before the first line that can only be
  /// code: one that has the word of an entry or a closing brace in its first column.
  private mutating func endUnclosedBlock() {
    guard case .block(let opening) = frames.last else { return }
    let limit = startOfLine(at)
    let start = tokens[opening].range.upperBound
    forget(after: start)
    diagnostics.append(.unclosedBlock(at: span(tokens[opening].range)))
    tokens.removeSubrange((opening + 1)...)
    at = start
    // Beyond all reason the file is no flow, and to read it again each time would be quadratic.
    readAgain += limit - start
    if readAgain > 16 * bytes.count { at = limit }
    while at < limit, !isCodeLine(at) { skipLine() }
    at = max(start, min(at, limit))
    appendText(from: start)
    endString(.closingBlockQuote, length: 0)
    sawLineBreak = true
  }

  /// What was found in the tags of a text that turns out to end before them.
  private mutating func forget(after place: Int) {
    while let last = diagnostics.last, last.span.start > place { diagnostics.removeLast() }
    while let last = comments.last, last.start > place { comments.removeLast() }
  }

  /// Where the line of the quotes at `index` begins; at the end of the file, there.
  private func startOfLine(_ index: Int) -> Int {
    guard index < bytes.count else { return index }
    return bytes[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  private mutating func skipLine() {
    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
    at = min(at + 1, bytes.count)
  }

  private func isCodeLine(_ start: Int) -> Bool {
    guard start > 0, bytes[start - 1] == 0x0A else { return false }
    if byte(start) == UInt8(ascii: "}") { return byte(start + 1) != UInt8(ascii: "}") }
    var end = start
    while Self.isWordByte(byte(end)) { end += 1 }
    return end > start && byte(end) == 0x20
      && EntryWord(bytes, start..<end) != nil
  }

  private func isFirstOnLine(_ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, bytes[before] == 0x20 || bytes[before] == 0x09 { before -= 1 }
    return before < 0 || bytes[before] == 0x0A
  }

  /// Whether quotes in the middle of a line open a block, as in `prompt: """` at a line's end.
  private func looksLikeOpening(_ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, bytes[before] == 0x20 { before -= 1 }
    guard before >= 0, bytes[before] == UInt8(ascii: ":") || bytes[before] == UInt8(ascii: "=") else {
      return false
    }
    return byte(index + 3) == 0x0A || byte(index + 3) == 0x0D
  }

  // MARK: Ends without a sign

  /// A tag ends with its line, whatever is still open in it.
  mutating func closeTag(openedAt opening: Int) {
    if toldAt != at { diagnostics.append(.unclosedTag(at: span(opening..<opening + 2))) }
    toldAt = at
    while let frame = frames.popLast() {
      if case .tag = frame { break }
    }
    openTag = nil
    append(.tagClose, from: at)
  }

  /// At the end of the file: ends every string and tag that is still open, innermost first.
  mutating func closeStrings() {
    while let frame = frames.last {
      if let openTag {
        closeTag(openedAt: openTag)
        continue
      }
      switch frame {
      case .quote: endUnclosedQuote(textFrom: at)
      case .block:
        endUnclosedBlock()
        lexRest()
      case .brace, .bracket, .parenthesis, .tag: return
      }
    }
  }

  mutating func lexRest() {
    while at < bytes.count {
      switch frames.last {
      case .quote: lexQuoted()
      case .block: lexBlock()
      default: lexCode()
      }
    }
  }
}
