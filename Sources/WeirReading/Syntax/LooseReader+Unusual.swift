extension LooseReader {
  /// What does not stand in valid JSON where `at` is, or not so simply.
  mutating func readUnusual(_ byte: UInt8) -> Bool {
    let blank = lengthOfOddBlank(at: at)
    if isShort { return false }
    if blank > 0 { return skip(blank, byte == .backslash ? .wrongEscape : .unescapedControl) }
    if let isRead = readCommentStart() { return isRead }
    if endsRoot(at: at) {
      if isShort { return false }
      let isTag = isReasoning && tag(at: at)?.isOpening == false
      if isShort { return false }
      return isTag ? giveUpAtTag() : endRoot()
    }
    let ellipsis = lengthOfEllipsis(at: at)
    let (sign, length) = sign(at: at)
    if isShort { return false }
    if ellipsis > 0 { return readEllipsis(length: ellipsis) }
    guard length > 1 else { return readUnusual(sign, length) }
    let start = at
    let mends = tree.mends.count
    mend(Self.mendOfSign(sign, isEscaped: byte == .backslash), at: at)
    let isRead = readUnusual(sign, length)
    // It will be looked at again.
    if !isRead { takeBackMends(from: start, since: mends) }
    return isRead
  }

  private mutating func readUnusual(_ sign: UInt8, _ length: Int) -> Bool {
    switch frames[frames.count - 1].state {
    case .key, .nextKey: return readUnusualKey(sign, length)
    case .colon: return readUnusualColon(sign, length)
    case .value: return readUnusualValue(sign, length)
    case .element, .nextElement: return readUnusualElement(sign, length)
    case .after: return readUnusualAfter(sign, length)
    }
  }

  private static func mendOfSign(_ sign: UInt8, isEscaped: Bool) -> Reading.Change.Kind {
    if isEscaped { return .wrongEscape }
    switch sign {
    case .comma: return .missingComma
    case .colon: return .missingColon
    default: return .missingBracket
    }
  }

  /// Blanks that JSON does not know, and line ends of a text that was once the inside of a string.
  mutating func lengthOfOddBlank(at place: Int) -> Int {
    let first = peek(place)
    switch first {
    case 0..<0x20: return 1
    case .backslash: return isEscapedBlank(peek(place + 1)) ? 2 : 0
    case 0xC2: return peek(place + 1) == 0xA0 ? 2 : 0
    case 0xE2: return peek(place + 1) == 0x80 && (0x80...0x8F).contains(peek(place + 2)) ? 3 : 0
    case 0xE3: return peek(place + 1) == 0x80 && peek(place + 2) == 0x80 ? 3 : 0
    case 0xEF: return peek(place + 1) == 0xBB && peek(place + 2) == 0xBF ? 3 : 0
    default: return 0
    }
  }

  /// Nil where no comment stands. A value may begin with a hash: `#ff0000`.
  private mutating func readCommentStart() -> Bool? {
    let state = frames[frames.count - 1].state
    let isHash = text[at] == .hash && state != .value && state != .element && state != .nextElement
    let isComment = isHash || isCommentStart(at: at)
    if isShort { return false }
    guard isComment else { return nil }
    mend(.comment, at: at)
    part = peek(at + 1) == .star && text[at] == .slash ? .blockComment : .lineComment
    at += part == .blockComment ? 2 : 1
    return true
  }

  mutating func readComment() -> Bool {
    let start = at
    defer { work &+= at - start }
    while at < text.count {
      if part == .lineComment, text[at] == .newline {
        part = .between
        return true
      }
      if part == .blockComment, text[at] == .star {
        let next = peek(at + 1)
        if isShort { return false }
        if next == .slash {
          at += 2
          part = .between
          return true
        }
      }
      at += 1
    }
    return false
  }

  /// The line that closes the fence, or a closing tag: what is not closed by now lacks its bracket.
  private mutating func endsRoot(at place: Int) -> Bool {
    if let fence, peek(place) == fence.sign { return closesFence(at: place) }
    return isTagEnd(at: place)
  }

  mutating func isTagEnd(at place: Int) -> Bool {
    guard peek(place) == .less else { return false }
    let next = peek(place + 1)
    return next == .bar || (next == .slash && peek(place + 2).isLetter)
  }

  private mutating func giveUpAtTag() -> Bool {
    dropRoot()
    return true
  }

  /// The comma before it is none too many.
  private mutating func readEllipsis(length: Int) -> Bool {
    completeField()
    setState(.after)
    tree.noteEllipsis(at: at)
    return skip(length, .ellipsis)
  }

  private mutating func readUnusualKey(_ sign: UInt8, _ length: Int) -> Bool {
    if let isRead = readSurplusComma(sign, length) { return isRead }
    switch sign {
    case .colon: return skip(length, .unquotedKey)
    case .openBrace where closers.brackets > 0 && frames.count > 1 && !frames[frames.count - 2].isObject:
      // The object before was not closed: `[{"a": 1, {"a": 2}]`.
      mend(.missingBracket, at: at)
      closeContainer(at: at)
      setState(.nextElement)
      return true
    case .openBrace, .openBracket, .openParenthesis: return skip(length, .surplusBracket)
    default: break
    }
    let quote = openingQuote(at: at)
    if isShort { return false }
    if let (quote, length) = quote {
      openString(quote, length: length, isKey: true)
    } else {
      openBare(isKey: true)
    }
    return true
  }

  /// Commas where a value or a bracket is due, and the bracket behind one.
  private mutating func readSurplusComma(_ sign: UInt8, _ length: Int) -> Bool? {
    if sign == .comma || sign == .semicolon { return skip(length, .surplusComma) }
    guard sign.isCloser else { return nil }
    let state = frames[frames.count - 1].state
    if state == .nextKey || state == .nextElement {
      mend(.surplusComma, at: lastComma)
      setState(.after)
    }
    return readCloser(sign, length: length)
  }

  private mutating func readUnusualColon(_ sign: UInt8, _ length: Int) -> Bool {
    let isArrow = (sign == .equals || sign == .minus) && peek(at + 1) == .greater
    if isShort { return false }
    switch sign {
    case .colon:
      setState(.value)
      at += length
    case .comma, .semicolon, .closeBrace, .closeBracket, .closeParenthesis: completeField()
    default:
      mend(.missingColon, at: at)
      if sign != .equals, !isArrow { root.lacksColons = true }
      setState(.value)
      at += isArrow ? 2 : sign == .equals ? 1 : 0
    }
    return true
  }

  private mutating func readUnusualValue(_ sign: UInt8, _ length: Int) -> Bool {
    switch sign {
    case .comma, .semicolon, .closeBrace, .closeBracket, .closeParenthesis:
      addMissingValue()
      return true
    case .colon, .equals, .greater: return skip(length, .missingColon)
    default: return readUnusualStart(sign, length)
    }
  }

  private mutating func readUnusualElement(_ sign: UInt8, _ length: Int) -> Bool {
    if let isRead = readSurplusComma(sign, length) { return isRead }
    if sign == .colon { return skip(length, .missingComma) }
    return readUnusualStart(sign, length)
  }

  /// Where a value begins, in some way of other languages.
  private mutating func readUnusualStart(_ sign: UInt8, _ length: Int) -> Bool {
    if sign == .openBrace || sign == .openBracket || sign == .openParenthesis {
      if sign == .openParenthesis { mend(.missingBracket, at: at) }
      openContainer(sign, length: length)
      return true
    }
    var quote = openingQuote(at: at)
    if quote == nil, let (prefix, isCall) = lengthOfPrefix(at: at) {
      if isShort { return false }
      mend(isCall ? .otherWord : .otherQuote, at: at)
      at += prefix
      if isCall, !frames[frames.count - 1].isCall {
        frames[frames.count - 1].isCall = true
        closers.parentheses += 1
      }
      quote = openingQuote(at: at)
    }
    if isShort { return false }
    setState(.after)
    if let (quote, length) = quote {
      openString(quote, length: length, isKey: false)
    } else {
      openBare(isKey: false)
    }
    return true
  }

  /// What stands before a quote: `b'…'`, `ObjectId("…")`, `new Date("…")`.
  private mutating func lengthOfPrefix(at start: Int) -> (length: Int, isCall: Bool)? {
    guard peek(start).isLetter else { return nil }
    var place = start
    while place - start < 48, peek(place).isOfName || peek(place) == .point { place += 1 }
    if place - start == 3, isWord("new ", at: start) {
      place += 1
      while place - start < 48, peek(place).isOfName || peek(place) == .point { place += 1 }
    }
    let next = peek(place)
    if next == .openParenthesis, peek(place + 1) == .quote || peek(place + 1) == .apostrophe {
      return (place + 1 - start, true)
    }
    guard place - start <= 2, next == .quote || next == .apostrophe else { return nil }
    for letter in start..<place where ![0x62, 0x66, 0x72, 0x75].contains(peek(letter) | 0x20) { return nil }
    return (place - start, false)
  }

  private mutating func readUnusualAfter(_ sign: UInt8, _ length: Int) -> Bool {
    let frame = frames[frames.count - 1]
    switch sign {
    case .comma: readComma(length: length)
    case .semicolon:
      mend(.missingComma, at: at)
      readComma(length: length)
    case .closeBrace, .closeBracket, .closeParenthesis: return readCloser(sign, length: length)
    case .colon, .equals:
      if isOnlyString(of: frame) { return makeObject() }
      if isKeyInList(frame) { return endListBeforeKey() }
      return skip(length, .missingComma)
    default: addMissingComma()
    }
    return true
  }

  private func isOnlyString(of frame: Frame) -> Bool {
    !frame.isObject && tree.nodes.count == frame.node + 2 && tree.nodes[frame.node + 1].kind == .string
  }

  private func isKeyInList(_ frame: Frame) -> Bool {
    guard !frame.isObject, frames.count > 1, frames[frames.count - 2].isObject else { return false }
    return string.node == tree.nodes.count - 1 && string.node > frame.node + 1
  }

  /// The list before it was not closed: `{"a": [1, 2, "b": 3}`.
  private mutating func endListBeforeKey() -> Bool {
    let list = frames[frames.count - 1].node
    let end = tree.nodes[string.node].start
    mend(.missingBracket, at: end)
    closeContainer(at: end)
    tree.nodes[list].next = string.node
    setState(.colon)
    return true
  }

  /// A list with keys is an object in the wrong brackets.
  private mutating func makeObject() -> Bool {
    let frame = frames[frames.count - 1]
    let node = tree.nodes[frame.node]
    tree.nodes[frame.node] = LooseTree.Node(kind: .object, start: node.start, end: node.end, next: node.next)
    mend(.missingBracket, at: node.start)
    frames[frames.count - 1].isObject = true
    setState(.colon)
    return true
  }
}
