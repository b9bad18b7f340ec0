extension LooseReader {
  /// Blanks that are skipped again each time that a piece comes, if there are many, are remembered.
  struct LongBlanks {
    var first = 0..<0
    var second = 0..<0

    mutating func remember(_ range: Range<Int>) {
      if second.contains(range.lowerBound) {
        second = second.lowerBound..<range.upperBound
      } else if first.contains(range.lowerBound) {
        first = first.lowerBound..<range.upperBound
      } else {
        second = first
        first = range
      }
    }
  }

  /// The byte there, 0 where there is none. What stands behind the pieces that came makes the answer short.
  @inline(__always)
  mutating func peek(_ place: Int) -> UInt8 {
    work &+= 1
    if place < text.count { return text[place] }
    if !isFinished { isShort = true }
    return 0
  }

  /// Where something else than a blank stands, from `start` on.
  @inline(__always)
  mutating func afterBlanks(_ start: Int) -> Int {
    if start < text.count, text[start] > .blank, text[start] < 0x80, text[start] != .backslash {
      return start
    }
    return afterSomeBlanks(start)
  }

  private mutating func afterSomeBlanks(_ start: Int) -> Int {
    var place = start
    if longBlanks.first.contains(start) { place = longBlanks.first.upperBound }
    if longBlanks.second.contains(start) { place = longBlanks.second.upperBound }
    let scanned = place
    while true {
      while place < text.count, text[place].isBlank { place += 1 }
      if place < text.count, text[place] >= 0x80, lengthOfOddBlank(at: place) > 0 {
        place += lengthOfOddBlank(at: place)
        continue
      }
      guard root.isEscaped, peek(place) == .backslash, isEscapedBlank(peek(place + 1)) else { break }
      place += 2
    }
    work &+= place - scanned
    if place - start > 32, place > scanned { longBlanks.remember(start..<place) }
    if place >= text.count, !isFinished { isShort = true }
    return place
  }

  func isEscapedBlank(_ byte: UInt8) -> Bool { byte == 0x6E || byte == 0x72 || byte == 0x74 }

  /// The same on one line, and no more than a line is likely to hold.
  mutating func afterLineBlanks(_ start: Int) -> Int {
    var place = start
    while place - start < 128, peek(place) == .blank || peek(place) == .tab { place += 1 }
    return place
  }

  /// Whether a line end is between the two, which are close or between which only blanks are.
  mutating func hasLineEnd(_ range: Range<Int>) -> Bool {
    // The end of long blanks tells as much as all of them: what is sought is whether a line begins there.
    let range = max(range.lowerBound, range.upperBound - 1024)..<min(range.upperBound, text.count)
    return text[range].contains(.newline)
      || (root.isEscaped && range.dropLast().contains { text[$0] == .backslash && text[$0 + 1] == 0x6E })
  }

  mutating func isWord(_ word: StaticString, at place: Int) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where peek(place + index) != word.utf8Start[index] {
      return false
    }
    return true
  }

  mutating func isCommentStart(at place: Int) -> Bool {
    let first = peek(place)
    if first == .slash {
      let second = peek(place + 1)
      return second == .slash || second == .star
    }
    return first == .hash && peek(place + 1).isBlank
  }

  /// The three dots in place of what was left out; how many bytes they are long, or 0.
  mutating func lengthOfEllipsis(at place: Int) -> Int {
    let first = peek(place)
    if first == .point { return peek(place + 1) == .point && peek(place + 2) == .point ? 3 : 0 }
    return first == 0xE2 && peek(place + 1) == 0x80 && peek(place + 2) == 0xA6 ? 3 : 0
  }

  /// The sign that is meant, and how many bytes it is long: signs of full width, and signs behind a
  /// backslash, mean the plain ones.
  mutating func sign(at place: Int) -> (byte: UInt8, length: Int) {
    let first = peek(place)
    if first == .backslash {
      let second = peek(place + 1)
      switch second {
      case .openBracket, .closeBracket, .openBrace, .closeBrace, .comma, .colon: return (second, 2)
      default: return (first, 1)
      }
    }
    // The commas of Arabic and Japanese.
    if first == 0xD8, peek(place + 1) == 0x8C { return (.comma, 2) }
    if first == 0xE3, peek(place + 1) == 0x80, peek(place + 2) == 0x81 { return (.comma, 3) }
    guard first == 0xEF else { return (first, 1) }
    switch (peek(place + 1), peek(place + 2)) {
    case (0xBC, 0x8C): return (.comma, 3)
    case (0xBC, 0x9A): return (.colon, 3)
    case (0xBD, 0x9B): return (.openBrace, 3)
    case (0xBD, 0x9D): return (.closeBrace, 3)
    case (0xBC, 0xBB): return (.openBracket, 3)
    case (0xBC, 0xBD): return (.closeBracket, 3)
    default: return (first, 1)
    }
  }

  /// Whether a key in quotes with its colon stands here. Longer than keys are, it is taken for one.
  mutating func isQuotedKey(at place: Int) -> Bool {
    guard let (quote, length) = openingQuote(at: place) else { return false }
    let start = place + length
    if isPlainKey(start, quote) { return true }
    var place = start
    while place - start < Self.longestKey {
      let closing = closingLength(of: quote, at: place)
      if closing > 0, !isApostrophe(quote, place, closing) {
        let next = afterBlanks(place + closing)
        return next >= text.count ? isFinished : isColon(at: next)
      }
      switch peek(place) {
      case .backslash: place += 2
      case .newline: return false
      // A key that the end of the text cuts off.
      case 0 where place >= text.count: return isFinished
      default: place += 1
      }
    }
    return true
  }

  private static var longestKey: Int { 256 }

  /// The same for most keys: a name, its quote, and the colon right behind it.
  mutating func isPlainKey(_ start: Int, _ quote: LooseQuote) -> Bool {
    guard quote == .double || quote == .single || quote == .curly, start < text.count else { return false }
    let near = UnsafeRawBufferPointer(rebasing: text[..<min(text.count, start + Self.longestKey)])
    var isASCII = true
    let end = near.endOfPlainText(from: start, quote.closingBytes, isASCII: &isASCII)
    work &+= end - start
    if quote == .curly {
      return near.isCurlyQuote(at: end) && end + 3 < near.count && near[end + 3] == .colon
    }
    guard end + 1 < near.count, near[end] == quote.closingBytes.0, near[end + 1] == .colon else {
      return false
    }
    seenKey = SeenKey(start: start, end: end, isASCII: isASCII)
    return true
  }

  /// Between letters a single quote is one.
  private mutating func isApostrophe(_ quote: LooseQuote, _ place: Int, _ length: Int) -> Bool {
    guard quote == .single || quote == .curlySingle else { return false }
    return text[place - 1].isLetter && peek(place + length).isLetter
  }

  mutating func isColon(at place: Int) -> Bool {
    let (byte, _) = sign(at: place)
    return byte == .colon || byte == .equals
  }

  /// Whether a name without quotes and its colon stand here. The colon of an address or of the time of
  /// day is none.
  mutating func isWordKey(at start: Int) -> Bool {
    var place = start
    while place - start < 64 {
      let byte = peek(place)
      guard byte.isOfName || byte == .minus || byte == .point || byte == .backslash else { break }
      if byte == 0xEF, sign(at: place).length > 1 { break }
      place += 1
    }
    guard place > start, place - start < 64 else { return false }
    if peek(place) == .quote || peek(place) == .apostrophe { place += 1 }
    let colon = afterLineBlanks(place)
    let (byte, length) = sign(at: colon)
    guard byte == .colon || byte == .equals else { return false }
    let next = peek(colon + length)
    return !(next == .slash && peek(colon + length + 1) == .slash) && !(peek(start).isDigit && next.isDigit)
  }

  mutating func isKey(at place: Int) -> Bool { isQuotedKey(at: place) || isWordKey(at: place) }

  /// Whether what stands here, behind a comma, goes on with an object: if not, the comma was part of a
  /// text.
  mutating func isNextField(at place: Int) -> Bool {
    if place >= text.count { return isFinished }
    let (byte, length) = sign(at: place)
    switch byte {
    case .closeBrace, .closeBracket, .comma: return true
    case .openBrace: return openingQuote(at: afterBlanks(place + length)) != nil
    default: break
    }
    if isCommentStart(at: place) || lengthOfEllipsis(at: place) > 0 { return true }
    return isKey(at: place) || (root.lacksColons && openingQuote(at: place) != nil)
  }

  /// The same for a list.
  mutating func isNextElement(at place: Int) -> Bool {
    if place >= text.count { return isFinished }
    let (byte, _) = sign(at: place)
    switch byte {
    case .openBrace, .openBracket, .closeBrace, .closeBracket, .openParenthesis, .closeParenthesis, .comma:
      return true
    case .minus, .plus, .point, 0x30...0x39: return true
    default: break
    }
    if openingQuote(at: place) != nil || isCommentStart(at: place) { return true }
    return lengthOfEllipsis(at: place) > 0 || isLiteralWord(at: place)
  }

  /// Whether a word that stands for a value ends before a sign here.
  private mutating func isLiteralWord(at start: Int) -> Bool {
    var place = start
    while place - start < 12, peek(place).isLetter { place += 1 }
    guard place > start, place < text.count, BareForm.isWord(text[start..<place]) else { return false }
    let next = peek(afterLineBlanks(place))
    return next == .comma || next.isCloser || next == .newline
  }
}

extension UnsafeRawBufferPointer {
  /// Whether a curly double quote stands there, whole.
  func isCurlyQuote(at place: Int) -> Bool {
    guard place + 2 < count, self[place] == 0xE2, self[place + 1] == 0x80 else { return false }
    return (0x9C...0x9F).contains(self[place + 2])
  }
}
