import WeirDiagnostics

/// Takes the tokens and comments of a file apart into pieces, in one pass.
struct PieceReader {
  private let file: FileSyntax
  private let tokens: [Token]
  private let bytes: [UInt8]
  private let roles: SyntaxRoles
  private(set) var pieces: [Piece] = []
  private(set) var comments: [Comment] = []

  /// The brackets around the token at hand, innermost last.
  private var groups: [GroupKind] = [.file]
  private var index = 0
  private var nextComment = 0
  /// The end of the last token or comment.
  private var at = 0
  private var breaks = 0
  /// Of a member of a union, the line breaks before its bar.
  private var breaksBeforeBar: Int?

  // What is known of the piece to come.
  private var followsBreak = false
  private var startsElement = false
  private var firstComment = 0
  private var member = Piece.Member.none

  init(_ file: FileSyntax) {
    self.file = file
    tokens = file.tokens
    bytes = file.source.bytes
    roles = SyntaxRoles(file)
    at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    pieces.reserveCapacity(tokens.count)
  }

  mutating func read() {
    while index < tokens.count {
      let token = tokens[index]
      readGap(to: token.range.lowerBound)
      if !takesSeparator(token) { takePiece(token) }
      index += 1
      breaks = 0
    }
  }

  // MARK: Between tokens

  private mutating func readGap(to end: Int) {
    while nextComment < file.comments.count, file.comments[nextComment].start < end {
      let span = file.comments[nextComment]
      countBreaks(to: span.start)
      comments.append(
        Comment(
          range: trimmed(span.range), isTrailing: !followsBreak && !pieces.isEmpty,
          followsBlankLine: breaks > 1))
      at = span.end
      breaks = 0
      nextComment += 1
    }
    countBreaks(to: end)
  }

  private mutating func countBreaks(to end: Int) {
    while at < end {
      let isBreak = bytes[at] == 0x0A || bytes[at] == 0x0D && !(at + 1 < end && bytes[at + 1] == 0x0A)
      if isBreak { breaks += 1 }
      at += 1
    }
    if breaks > 0 { followsBreak = true }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return range.lowerBound..<end
  }

  // MARK: Separators

  /// Whether the token is one that the printer writes anew.
  private mutating func takesSeparator(_ token: Token) -> Bool {
    switch token.kind {
    case .comma where groups[groups.count - 1].partsWithCommas: startsElement = true
    case .bar:
      takeBar(token)
      // The bar begins the line of its member, so that a blank line stands before it.
      breaksBeforeBar = breaks
    default: return false
    }
    at = token.range.upperBound
    return true
  }

  private mutating func takeBar(_ token: Token) {
    switch pieces.last?.kind {
    case .equals, .colon, .arrow, .leftBracket:
      // The leading bar of what turns out to be no union is superfluous.
      if let end = roles.unionEnds[token.range.lowerBound] { member = .first(end: end, isLed: true) }
    default: member = .next
    }
  }

  // MARK: Pieces

  private mutating func takePiece(_ token: Token) {
    let start = token.range.lowerBound
    let role = roles[start]
    if token.kind.opensString { skipToClosingQuotes() }
    let end = tokens[index].range.upperBound
    if token.kind.closesBracket { groups.removeLast() }
    if case .none = member, let end = roles.unionEnds[start] { member = .first(end: end, isLed: false) }
    pieces.append(
      Piece(
        kind: token.kind, range: start..<end, width: width(token.kind, start..<end), roles: role,
        startsElement: !token.kind.closesBracket && begins(token.kind, role), member: member,
        comments: firstComment..<comments.count, followsBreak: followsBreak,
        followsBlankLine: (breaksBeforeBar ?? breaks) > 1))
    forget()
    at = end
    if token.kind.opensBracket {
      groups.append(GroupKind(token.kind, role))
      startsElement = true
    }
  }

  private mutating func begins(_ kind: TokenKind, _ role: SyntaxRole) -> Bool {
    if startsElement || role.contains(.element) || kind == .endOfFile { return true }
    switch groups[groups.count - 1] {
    case .comprehension where kind == .for:
      groups[groups.count - 1] = .comprehensionTail
      return true
    case .comprehensionTail: return kind == .if
    default: return false
    }
  }

  private mutating func forget() {
    followsBreak = false
    startsElement = false
    member = .none
    breaksBeforeBar = nil
    firstComment = comments.count
  }

  private mutating func skipToClosingQuotes() {
    var open = 0
    while true {
      switch tokens[index].kind {
      case .quote, .blockQuote: open += 1
      case .closingQuote, .closingBlockQuote: open -= 1
      default: break
      }
      if open == 0 { return }
      index += 1
    }
  }

  private func width(_ kind: TokenKind, _ range: Range<Int>) -> Int {
    switch kind {
    case .blockQuote: 3
    case .quote: bytes[range].count { $0 & 0xC0 != 0x80 }
    default: range.count
    }
  }
}
