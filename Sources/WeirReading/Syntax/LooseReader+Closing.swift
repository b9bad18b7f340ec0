extension LooseReader {
  /// Whether a quote ends its string, which is to be seen by what follows it: something that goes on with
  /// the object or list around. If not, it is part of the text, and should have been escaped.
  mutating func closesString(_ place: Int, _ length: Int) -> Bool {
    let behind = place + length
    let next = afterBlanks(behind)
    if isShort { return false }
    if next >= text.count { return true }
    guard let frame = frames.last else { return false }
    if string.isKey { return closesKey(next, behind) }
    let (byte, width) = sign(at: next)
    switch byte {
    case .comma:
      let then = afterBlanks(next + width)
      return frame.isObject ? isNextField(at: then) : isNextElement(at: then)
    case .closeBrace, .closeBracket, .closeParenthesis:
      if closers.count(of: byte) == 0 { return byte != .closeParenthesis && closesBehind(next + width) }
      return !isQuoteWithinText(next + width, text[place])
    case .semicolon: return frame.isObject && isNextField(at: afterBlanks(next + 1))
    case .colon, .equals:
      return !frame.isObject && string.refused == 0
        && (isFirstElement(of: frame) || (frames.count > 1 && frames[frames.count - 2].isObject))
    case .slash, .hash: return isCommentStart(at: next)
    case .less: return isTagEnd(at: next)
    default: break
    }
    guard next > behind else { return false }
    if frame.isObject { return closesBeforeField(next, behind) }
    if openingQuote(at: next) != nil { return true }
    return hasLineEnd(behind..<next) && isNextElement(at: next)
  }

  /// The comma before the next field is missing.
  private mutating func closesBeforeField(_ next: Int, _ behind: Int) -> Bool {
    if isQuotedKey(at: next) { return true }
    // Where keys are without quotes, the next one will be too.
    if tree.nodes[string.node - 1].kind == .bare, isWordKey(at: next) { return true }
    guard hasLineEnd(behind..<next) else { return false }
    if let fence, peek(next) == fence.sign, closesFence(at: next) { return true }
    return isWordKey(at: next) || lengthOfEllipsis(at: next) > 0
  }

  /// Behind a bracket too many, one that is due, and then nothing or a comma.
  private mutating func closesBehind(_ start: Int) -> Bool {
    var place = afterBlanks(start)
    guard (peek(place).isCloser && closers.count(of: peek(place)) > 0) || place >= text.count else {
      return false
    }
    while place - start < 128, peek(place).isCloser { place = afterBlanks(place + 1) }
    return peek(place) == .comma || peek(place) == fence?.sign || place >= text.count
  }

  /// `"}",` stands in a text that quotes a bracket: behind the bracket of an object no quote comes.
  private mutating func isQuoteWithinText(_ place: Int, _ quote: UInt8) -> Bool {
    guard peek(place) == quote else { return false }
    let next = peek(place + 1)
    return next == .comma || next.isCloser
  }

  private func isFirstElement(of frame: Frame) -> Bool { string.node == frame.node + 1 }

  /// A key ends before a colon, and where the colon is missing before a value.
  private mutating func closesKey(_ next: Int, _ behind: Int) -> Bool {
    let (byte, _) = sign(at: next)
    switch byte {
    case .colon, .equals: return true
    case .comma, .semicolon, .closeBrace, .closeBracket: return !hasColon(before: behind)
    case .minus: return peek(next + 1) == .greater || peek(next + 1).isDigit
    default: break
    }
    if hasColon(before: behind) || next == behind { return false }
    if byte.isDigit || byte == .openBrace || byte == .openBracket || openingQuote(at: next) != nil {
      return !isColonOnLine(next)
    }
    return hasLineEnd(behind..<next) || BareForm.isWord(text[next..<endOfLetters(next)])
  }

  /// Then the quote is more likely that of the value.
  private func hasColon(before place: Int) -> Bool {
    text[max(string.scan - 128, tree.nodes[string.node].start)..<place].contains(.colon)
  }

  /// Whether another quote with a colon behind it is near: then that one ends the key.
  private mutating func isColonOnLine(_ start: Int) -> Bool {
    for place in start..<start + 64 {
      switch peek(place) {
      case .newline, .comma, .openBrace, .closeBrace, 0: return false
      case .quote where place > start: if isColon(at: afterBlanks(place + 1)) { return true }
      default: break
      }
    }
    return false
  }

  private mutating func endOfLetters(_ start: Int) -> Int {
    var place = start
    while place - start < 12, peek(place).isLetter { place += 1 }
    return min(place, text.count)
  }
}
