import WeirValues

extension LooseReader {
  struct OpenBare {
    var node = 0
    var isKey = false
    /// Up to where it was read.
    var scan = 0
    /// How many brackets were opened in it.
    var nesting = 0
    var hasBlank = false
    var isPlain = true
    var isASCII = true
  }

  mutating func openBare(isKey: Bool) {
    bare = OpenBare(node: tree.nodes.count, isKey: isKey, scan: at)
    if !isKey { setState(.after) }
    tree.nodes.append(LooseTree.Node(kind: .bare, start: at, end: at, next: tree.nodes.count + 1))
    part = .bare
  }

  private func isFirstOnLine(_ place: Int) -> Bool {
    var before = place - 1
    while before >= max(0, place - 64), text[before] == .blank || text[before] == .tab { before -= 1 }
    return before < 0 || text[before] == .newline
  }

  mutating func readBare() -> Bool {
    let start = tree.nodes[bare.node].start
    while bare.scan < text.count {
      let byte = text[bare.scan]
      work &+= 1
      if byte.isDigit || byte.isLetter || byte == .point || byte == .minus {
        bare.scan += 1
        continue
      }
      let ends = bare.isKey ? endsKey(byte) : endsBare(byte)
      if isShort { return false }
      // At least one byte is taken, whatever it is.
      if ends, bare.scan > start { return endBare(at: bare.scan, isClosed: true) }
      if byte >= 0x80 { bare.isASCII = false }
      if byte == .backslash { bare.isPlain = false }
      bare.scan += 1
    }
    return false
  }

  private mutating func endsKey(_ byte: UInt8) -> Bool {
    switch byte {
    case .colon, .equals, .newline, .comma, .openBrace, .openBracket: return true
    case .closeBrace, .closeBracket, .closeParenthesis: return closers.count(of: byte) > 0
    case .quote: return text[bare.scan - (bare.scan > 0 ? 1 : 0)].isBlank
    case .backslash: return endsAtBackslash()
    case .less: return isTagEnd(at: bare.scan)
    case 0xEF: return sign(at: bare.scan).length > 1
    default: return false
    }
  }

  private mutating func endsBare(_ byte: UInt8) -> Bool {
    switch byte {
    case .comma: return endsAtComma(length: 1)
    case .semicolon: return endsAtSemicolon()
    case .openBrace, .openBracket:
      bare.nesting += 1
      return false
    case .closeBrace, .closeBracket, .closeParenthesis: return endsAtCloser(byte)
    case .newline, .carriageReturn: return true
    case .blank, .tab: return endsAtBlank()
    case .backslash: return endsAtBackslash()
    case .less: return isTagEnd(at: bare.scan)
    case 0xEF:
      let (sign, length) = sign(at: bare.scan)
      if sign == .comma { return endsAtComma(length: length) }
      return sign.isCloser && closers.count(of: sign) > 0
    default: return false
    }
  }

  /// In an object a comma may be part of the text, or of a number: `12,500`.
  private mutating func endsAtComma(length: Int) -> Bool {
    guard frames[frames.count - 1].isObject else { return bare.nesting == 0 }
    let next = afterBlanks(bare.scan + length)
    if peek(next) == .quote, !bare.hasBlank { return true }
    if isGroup(behind: bare.scan, length) { return false }
    return hasLineEnd(bare.scan..<next) || isNextField(at: next)
  }

  private mutating func endsAtSemicolon() -> Bool {
    let next = afterBlanks(bare.scan + 1)
    let byte = peek(next)
    return (byte.isCloser && closers.count(of: byte) > 0)
      || (frames[frames.count - 1].isObject && isKey(at: next))
  }

  private mutating func isGroup(behind comma: Int, _ length: Int) -> Bool {
    guard length == 1, comma > 0, text[comma - 1].isDigit else { return false }
    for place in comma + 1..<comma + 4 where !peek(place).isDigit { return false }
    return !peek(comma + 4).isDigit && !isColon(at: afterLineBlanks(comma + 4))
  }

  private mutating func endsAtCloser(_ closer: UInt8) -> Bool {
    if bare.nesting > 0, closer != .closeParenthesis {
      bare.nesting -= 1
      return false
    }
    return closers.count(of: closer) > 0
  }

  /// A comment ends it, and the next value or field if the comma was forgotten.
  private mutating func endsAtBlank() -> Bool {
    let next = afterLineBlanks(bare.scan)
    let byte = peek(next)
    if isShort { return false }
    if byte == .newline || byte == .carriageReturn || isCommentStart(at: next) { return true }
    if lengthOfEllipsis(at: next) > 0, isLiteralSoFar() { return true }
    bare.hasBlank = true
    let isSign = byte.isDigit || byte == .minus || byte == .openBrace || byte == .openBracket
    let isQuote = openingQuote(at: next) != nil
    let ends =
      if frames[frames.count - 1].isObject {
        isQuote ? isQuotedKey(at: next) : isLiteralSoFar() && isWordKey(at: next)
      } else {
        (isSign || isQuote) && isLiteralSoFar() && !(next == bare.scan + 1 && isGroup(behind: bare.scan, 1))
      }
    if !ends, !isShort { bare.scan = next - 1 }
    return ends
  }

  private func isLiteralSoFar() -> Bool {
    let said = text[tree.nodes[bare.node].start..<bare.scan]
    if said.count > 64 { return false }
    switch BareForm(said) {
    case .literal, .word: return true
    case .number, .text: return false
    }
  }

  /// Before a sign, or a line end of a text that was once the inside of a string.
  private mutating func endsAtBackslash() -> Bool {
    let next = peek(bare.scan + 1)
    if next == .closeBrace || next == .closeBracket || next == .comma || next == .quote { return true }
    return root.isEscaped && isEscapedBlank(next)
  }

  /// Its text ends before `place`, where reading goes on.
  mutating func endBare(at place: Int, isClosed: Bool) -> Bool {
    let start = tree.nodes[bare.node].start
    var end = place
    while end > start + 1, text[end - 1].isBlank { end -= 1 }
    if isClosed, !bare.isKey {
      let isProse = isProse(start..<end, next: place)
      if isShort { return false }
      if isProse {
        giveUpRoot(readTo: place)
        return true
      }
    }
    if bare.isKey, isClosed, isJunkKey(place) {
      giveUpRoot(readTo: place)
      return true
    }
    end = mendBare(start, end)
    tree.nodes[bare.node].end = end
    tree.nodes[bare.node].isClosed = isClosed
    tree.nodes[bare.node].isPlain = bare.isPlain
    at = place
    part = .between
    if bare.isKey { setState(.colon) }
    return true
  }

  /// Says what is forgiven; gives the end without a quote whose partner was forgotten.
  private mutating func mendBare(_ start: Int, _ end: Int) -> Int {
    if !bare.isASCII, let wrong = UTF8.firstInvalid(in: text, start..<end) { mend(.invalidUTF8, at: wrong) }
    let last = text[end - 1]
    if end - start > 1, last == .quote || last == .apostrophe, !text[start..<end - 1].contains(last) {
      mend(.missingQuote, at: start)
      return end - 1
    }
    if bare.isKey {
      mend(.unquotedKey, at: start)
      if frames.count == 1, text[start..<end].contains(.blank) { root.hasWords = true }
    } else if let kind = BareForm(text[start..<end]).mend {
      mend(kind, at: start)
      if kind == .unquotedText, bare.hasBlank, frames.count == 1, !frames[0].isObject { root.hasWords = true }
    }
    return end
  }

  /// Words in a list in prose that run over the end of a line are the prose.
  private mutating func isProse(_ said: Range<Int>, next: Int) -> Bool {
    guard root.isInProse, frames.count == 1, !frames[0].isObject, bare.hasBlank else {
      return false
    }
    guard text[next] == .newline || text[next] == .carriageReturn, !isFirstOnLine(said.lowerBound) else {
      return false
    }
    let sign = sign(at: afterBlanks(next)).byte
    return sign != .comma && sign != .closeBracket && BareForm(text[said]).mend == .unquotedText
  }

  /// Something without a colon where a key is due, in what is an object only perhaps.
  private func isJunkKey(_ place: Int) -> Bool {
    guard root.isInProse, !root.isCertain, frames.count == 1 else { return false }
    let byte = text[place]
    return byte == .newline || byte == .comma || byte.isCloser
  }
}
