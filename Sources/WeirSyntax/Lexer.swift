package import WeirDiagnostics

/// The tokens of a file, its comments, and what no token begins with.
package struct LexedFile: Sendable {
  package let tokens: [Token]
  /// From `#` to the end of the line, in order.
  package let comments: [Span]
  package let diagnostics: [Diagnostic]
}

/// Parts a file into tokens in one pass over its bytes. Never fails and never stops early.
package func lex(_ source: SourceFile) -> LexedFile {
  var lexer = Lexer(source)
  lexer.lexFile()
  return LexedFile(tokens: lexer.tokens, comments: lexer.comments, diagnostics: lexer.diagnostics)
}

/// The lexer looks at each byte once. What it is inside of (brackets, strings, tags) is a stack of
/// its own, so that text nested ever so deep costs no native stack.
///
/// ```
///   prompt: "a {{ f("b") }} c"        stack while at b:  brace, quote, tag, parenthesis, quote
/// ```
///
/// A line break becomes the grammar's `NL` only where the rules at the head of the grammar leave it
/// in. Rules 1 to 3 are decided when the next token comes, rule 4 (before a string that no `:`
/// follows) when the token after that string does.
struct Lexer {
  enum Frame {
    case brace, bracket, parenthesis
    case tag
    /// The token that opened it, and the tag around it.
    case quote(token: Int, within: Int?)
    case block(token: Int)
  }

  let file: FileID
  let bytes: [UInt8]
  var at = 0
  var tokens: [Token] = []
  var comments: [Span] = []
  var diagnostics: [Diagnostic] = []
  var frames: [Frame] = []
  /// Where the tag opened that the lexer reads the code of.
  var openTag: Int?
  /// Where a line ended in the middle of a tag. What else ends unclosed there has the same cause.
  var toldAt: Int?
  var sawLineBreak = true
  /// A string whose end was just read and whose `NL` hangs on the next token.
  var undecidedString: Int?
  /// How many bytes were read as the text of a block that turned out to end before them.
  var readAgain = 0

  init(_ source: SourceFile) {
    file = source.id
    bytes = source.bytes
    tokens.reserveCapacity(bytes.count / 6)
  }

  mutating func lexFile() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    if bytes[at...].starts(with: [UInt8(ascii: "#"), UInt8(ascii: "!")]) { skipComment() }
    lexRest()
    closeStrings()
    append(.endOfFile, from: at)
  }

  // MARK: Code

  mutating func lexCode() {
    let start = at
    let byte = bytes[at]
    switch byte {
    case 0x20, 0x09: at += 1
    case 0x0A, 0x0D: lexLineBreak()
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      lexWord()
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "$"): lexNumber()
    case UInt8(ascii: "\""): lexOpeningQuote()
    case UInt8(ascii: "{"): open(.leftBrace, .brace)
    case UInt8(ascii: "["): open(.leftBracket, .bracket)
    case UInt8(ascii: "("): open(.leftParenthesis, .parenthesis)
    case UInt8(ascii: "}"): lexRightBrace()
    case UInt8(ascii: "]"): close(.rightBracket) { if case .bracket = $0 { true } else { false } }
    case UInt8(ascii: ")"): close(.rightParenthesis) { if case .parenthesis = $0 { true } else { false } }
    case UInt8(ascii: ","): sign(.comma, 1)
    case UInt8(ascii: ":"): sign(.colon, 1)
    case UInt8(ascii: "|") where !next(is: "|"): sign(.bar, 1)
    case UInt8(ascii: "+"): sign(.plus, 1)
    case UInt8(ascii: "*"): sign(.star, 1)
    case UInt8(ascii: "/"): sign(.slash, 1)
    case UInt8(ascii: "%"): sign(.percent, 1)
    case UInt8(ascii: "-"): next(is: ">") ? sign(.arrow, 2) : sign(.minus, 1)
    case UInt8(ascii: "="): next(is: "=") ? sign(.equal, 2) : sign(.equals, 1)
    case UInt8(ascii: "<"): next(is: "=") ? sign(.lessOrEqual, 2) : sign(.less, 1)
    case UInt8(ascii: ">"): next(is: "=") ? sign(.greaterOrEqual, 2) : sign(.greater, 1)
    case UInt8(ascii: "!") where next(is: "="): sign(.notEqual, 2)
    case UInt8(ascii: "?"):
      next(is: ".") ? sign(.questionDot, 2) : next(is: "?") ? sign(.doubleQuestion, 2) : sign(.question, 1)
    case UInt8(ascii: "."):
      next(is: ".") && self.byte(at + 2) == UInt8(ascii: ".") ? sign(.ellipsis, 3) : sign(.dot, 1)
    default: lexUnknown(from: start)
    }
  }

  private mutating func lexLineBreak() {
    if let openTag { return closeTag(openedAt: openTag) }
    at += 1
    sawLineBreak = true
  }

  mutating func skipComment() {
    let start = at
    while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
    comments.append(span(start..<at))
  }

  private mutating func lexWord() {
    let start = at
    while at < bytes.count, Self.isWordByte(bytes[at]) { at += 1 }
    let reserved = reservedWord(start..<at)
    let isName = reserved == nil || followsDot || precedesColon
    append(isName ? .name : reserved ?? .name, from: start)
  }

  private var followsDot: Bool { tokens.last?.kind == .dot || tokens.last?.kind == .questionDot }

  /// Whether the next byte but blanks is a colon.
  private var precedesColon: Bool {
    var next = at
    while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
    return byte(next) == UInt8(ascii: ":")
  }

  private mutating func lexNumber() {
    let start = at
    if bytes[at] == UInt8(ascii: "$") { at += 1 }
    skipDigits()
    if byte(at) == UInt8(ascii: "."), Self.isDigit(byte(at + 1)) {
      at += 1
      skipDigits()
    }
    while at < bytes.count, Self.isWordByte(bytes[at]) { at += 1 }
    append(.number, from: start)
  }

  private mutating func skipDigits() {
    while at < bytes.count, Self.isDigit(bytes[at]) || bytes[at] == UInt8(ascii: "_") { at += 1 }
  }

  private mutating func lexRightBrace() {
    if case .tag = frames.last, next(is: "}") {
      frames.removeLast()
      openTag = nil
      return sign(.tagClose, 2)
    }
    close(.rightBrace) { if case .brace = $0 { true } else { false } }
  }

  /// One token and one message for a run of bytes that nothing begins with.
  private mutating func lexUnknown(from start: Int) {
    at += 1
    while at < bytes.count, bytes[at] >= 0x80 || bytes[at] == bytes[start] { at += 1 }
    if bytes[start..<at].elementsEqual("“".utf8) { skipString(to: "”") }
    if bytes[start..<at].elementsEqual("'".utf8) { skipString(to: "'") }
    let place = span(start..<at)
    append(.unknown, from: start)
    diagnostics.append(
      .unexpectedCharacter(
        String(decoding: bytes[start..<at], as: UTF8.self), at: place, edits: respelling(start..<at)))
  }

  /// Text between other quotes on one line, so that they are told of once. It looks only so far for
  /// the closing one, or a long line of opening ones would be searched for each of them.
  private mutating func skipString(to quote: String) {
    let closing = Array(quote.utf8)
    var end = at
    while end < min(bytes.count, at + 200), bytes[end] != 0x0A, bytes[end] != UInt8(ascii: "\"") {
      if bytes[end...].starts(with: closing) {
        at = end + closing.count
        return
      }
      end += 1
    }
  }

  // MARK: Tokens

  mutating func sign(_ kind: TokenKind, _ length: Int) {
    let start = at
    at += length
    append(kind, from: start)
  }

  private mutating func open(_ kind: TokenKind, _ frame: Frame) {
    sign(kind, 1)
    frames.append(frame)
  }

  /// A closing bracket takes its opening one off the stack, and what was left open above it, but
  /// never the tag that it stands in. It looks only so far for it: brackets left open in hundreds
  /// are no slip, and to search them all each time would be quadratic.
  private mutating func close(_ kind: TokenKind, _ isMatch: (Frame) -> Bool) {
    sign(kind, 1)
    for depth in 1...32 where depth <= frames.count {
      let frame = frames[frames.count - depth]
      if case .tag = frame { return }
      if isMatch(frame) { return frames.removeLast(depth) }
    }
  }

  mutating func append(_ kind: TokenKind, from start: Int) {
    let breaksHere = sawLineBreak && kind != .endOfFile
    var followsLineBreak = breaksHere
    if breaksHere, let last = tokens.last {
      followsLineBreak = !last.kind.continuesAfter && !kind.continuesBefore && !isInBrackets
    }
    if let string = undecidedString {
      if kind != .colon { tokens[string].followsLineBreak = false }
      undecidedString = nil
    }
    if isInBrackets, !breaksHere { closeBracketsAtEntry(before: kind) }
    tokens.append(Token(kind, start..<at, isFirstOnLine: breaksHere, followsLineBreak: followsLineBreak))
    sawLineBreak = false
  }

  /// Within "(" or "[" a line that begins with the word of an entry and then a name, a string or
  /// "{" cannot be an expression: the brackets were left open, and the entry begins on its own line.
  private mutating func closeBracketsAtEntry(before kind: TokenKind) {
    guard kind == .name || kind.opensString || kind == .leftBrace,
      let last = tokens.last, last.isFirstOnLine, last.kind == .name, openTag == nil,
      EntryWord(bytes, last.range) != nil
    else { return }
    while isInBrackets { frames.removeLast() }
    tokens[tokens.count - 1].followsLineBreak = true
  }

  private var isInBrackets: Bool {
    switch frames.last {
    case .bracket, .parenthesis: true
    default: false
    }
  }

  // MARK: Bytes

  func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  func next(is sign: Unicode.Scalar) -> Bool { byte(at + 1) == UInt8(ascii: sign) }

  func span(_ range: Range<Int>) -> Span { Span(range, in: file) }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
  }

  /// Reserved words are at most five letters long, so their bytes fit into one number.
  private func reservedWord(_ range: Range<Int>) -> TokenKind? {
    guard 2...5 ~= range.count else { return nil }
    var key: UInt64 = 0
    for index in range { key = key << 8 | UInt64(bytes[index]) }
    switch key {
    case 0x616E64: return .and
    case 0x6F72: return .or
    case 0x6E6F74: return .not
    case 0x696E: return .in
    case 0x6966: return .if
    case 0x7468656E: return .then
    case 0x656C7365: return .else
    case 0x666F72: return .for
    case 0x7768657265: return .where
    case 0x74727565: return .true
    case 0x66616C7365: return .false
    case 0x6E756C6C: return .null
    case 0x6974: return .it
    case 0x656E64: return .end
    default: return nil
    }
  }
}
