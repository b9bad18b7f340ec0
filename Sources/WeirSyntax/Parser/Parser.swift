package import WeirDiagnostics

/// Reads a file into a tree. Never fails: what cannot be read is told, and reading goes on at the
/// next entry, setting or closing brace.
package func parse(_ source: SourceFile) -> (FileSyntax, [Diagnostic]) {
  let lexed = lex(source)
  var parser = Parser(source, lexed)
  parser.checkEncoding()
  let entries = parser.parseEntries()
  let file = FileSyntax(
    source: source, entries: entries, comments: lexed.comments, isWhole: parser.diagnostics.isEmpty,
    metaNames: parser.metaNames)
  return (file, parser.diagnostics)
}

/// Recursive descent over the tokens, one function for each rule of the grammar.
///
/// The verbs have one meaning each. `accept` takes a token if it is there. `expect` takes it or
/// reports. `parse…` gives a node whatever happens. `skip…` leaves out what cannot be read.
struct Parser {
  let file: FileID
  let bytes: [UInt8]
  let tokens: [Token]
  var index = 0
  var diagnostics: [Diagnostic]
  /// Where the strings and tags begin that only the end of their line has ended, in order.
  private let runaways: [Int]
  /// The names that stand in a `meta(…)`.
  var metaNames: Set<String> = []
  /// The places of the `[` and `(` that are closed. Found in one pass when it is first asked.
  lazy var closedBrackets = Set(closed: tokens)
  /// Whether the parameters of a tool are being read.
  var openParameters = false
  /// How many bodies are open around this place.
  var openBodies = 0
  var cook: TextCook
  private var isUTF8 = true
  /// How deep the functions stand in one another; see `nested`.
  var depth = 0
  static let greatestDepth = 100
  /// The token at which something was told: nothing more is, before another is read.
  var silentAt: Int?

  init(_ source: SourceFile, _ lexed: LexedFile) {
    file = source.id
    bytes = source.bytes
    tokens = lexed.tokens
    cook = TextCook(bytes: source.bytes, file: source.id)
    diagnostics = lexed.diagnostics
    runaways = lexed.diagnostics.filter { $0.code == .unclosedTag || $0.code == .unclosedString }
      .map(\.span.start).sorted()
  }

  mutating func checkEncoding() {
    guard let range = bytes.firstInvalidUTF8 else { return }
    isUTF8 = false
    cook.isUTF8 = false
    // In another encoding there are more bytes of no token, all for the same cause.
    diagnostics.removeAll { $0.code == .unexpectedCharacter }
    diagnostics.append(.notUTF8(at: Span(range, in: file)))
  }

  // MARK: Tokens

  var current: Token { tokens[index] }
  var kind: TokenKind { tokens[index].kind }
  var nextKind: TokenKind { index + 1 < tokens.count ? tokens[index + 1].kind : .endOfFile }
  var isAtEnd: Bool { kind == .endOfFile }

  /// The end of the token before this one.
  var lastEnd: Int { index > 0 ? tokens[index - 1].range.upperBound : 0 }

  var currentSpan: Span { Span(current.range, in: file) }

  func span(from start: Int) -> Span { Span(start..<max(start, lastEnd), in: file) }

  func text(of token: Token) -> String { text(of: token.range) }

  func text(of range: Range<Int>) -> String { bytes.text(range, isUTF8: isUTF8) }

  mutating func advance() {
    if index + 1 < tokens.count { index += 1 }
  }

  mutating func accept(_ kind: TokenKind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  /// A word that is only one where the grammar asks for it.
  func isAt(word: String) -> Bool {
    kind == .name && bytes[current.range].elementsEqual(word.utf8)
  }

  mutating func accept(word: String) -> Bool {
    guard isAt(word: word) else { return false }
    advance()
    return true
  }

  mutating func expect(_ kind: TokenKind, _ what: @autoclosure () -> String) -> Bool {
    if accept(kind) { return true }
    reportUnexpected(expected: what())
    return false
  }

  mutating func expectName(_ what: @autoclosure () -> String) -> NameSyntax {
    if kind == .name, !isAtWholeEntry {
      let name = NameSyntax(text: text(of: current), span: currentSpan)
      advance()
      return name
    }
    let isReserved = kind.isReservedWord
    reportUnexpected(
      expected: what(),
      help: isReserved ? "`\(text(of: current))` is a reserved word; choose another name" : nil)
    let missing = NameSyntax(text: "", span: Span(current.range, in: file))
    if isReserved { advance() }
    return missing
  }

  // MARK: Reports

  mutating func report(_ diagnostic: Diagnostic) {
    if silentAt != index { diagnostics.append(diagnostic) }
  }

  /// Reports and skips to the next entry. What the functions under way miss there is no news.
  mutating func giveUp(_ diagnostic: Diagnostic) {
    report(diagnostic)
    giveUp()
  }

  mutating func giveUp() {
    skipToEntry()
    silentAt = index
  }

  /// One report for one place: what comes after an unreadable token is silent.
  mutating func reportUnexpected(expected: String, help: String? = nil, edits: [Diagnostic.Edit] = []) {
    guard kind != .unknown else { return }
    // Of two slashes the first may be where an operator can stand.
    let isSlashes = kind == .slash && (nextKind == .slash || index > 0 && tokens[index - 1].kind == .slash)
    let help = help ?? (isSlashes ? "a comment begins with `#`" : nil)
    report(
      .unexpected(
        current.noun(in: bytes), expected: expected, at: foundSpan, help: help,
        edits: edits + surplusComma))
    silentAt = index
  }

  /// Brackets that end at the same place unclosed are each told, the innermost first.
  mutating func reportUnclosed(_ sign: String, opened: Span) {
    if isSwallowed(after: opened.start) { return }
    guard kind != .unknown, silentAt != index || diagnostics.last?.code == .unclosedBracket else { return }
    diagnostics.append(
      .unclosedBracket(sign, opened: opened, found: current.noun(in: bytes), at: foundSpan))
    silentAt = index
  }

  /// Whether a string or tag on the line of an opening bracket ran on to the line's end, which was told:
  /// what closes the bracket most likely stands in it.
  private func isSwallowed(after opening: Int) -> Bool {
    var low = 0
    var high = runaways.count
    while low < high {
      let middle = (low + high) / 2
      if runaways[middle] < opening { low = middle + 1 } else { high = middle }
    }
    return low < runaways.count && !bytes[opening..<runaways[low]].contains(0x0A)
  }

  /// The current token, or at the end of the file the last byte there is.
  private var foundSpan: Span {
    guard isAtEnd else { return currentSpan }
    return Span(max(0, lastEnd - 1)..<lastEnd, in: file)
  }

  // MARK: Depth

  /// Runs `body` one level deeper; past the limit it reports once and skips to the next entry.
  mutating func nested<Node>(or missing: (Span) -> Node, _ body: (inout Parser) -> Node) -> Node {
    guard depth < Self.greatestDepth else {
      let place = currentSpan
      giveUp(.tooDeep(at: place))
      return missing(place)
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  // MARK: Recovery

  /// Whether an entry begins here: its word in the first column, and no field or value of that name.
  var isAtEntryInFirstColumn: Bool {
    let token = tokens[index]
    guard token.isFirstOnLine, token.kind == .name, isInFirstColumn(token),
      nextKind != .colon, nextKind != .equals
    else { return false }
    return EntryWord(bytes, token.range) != nil
  }

  /// Whether an entry begins here beyond doubt: no value or name that is missing before it is meant.
  var isAtWholeEntry: Bool {
    guard isAtEntryInFirstColumn, !tokens[index + 1].isFirstOnLine else { return false }
    return [.name, .quote, .blockQuote, .leftBrace, .number].contains(nextKind)
  }

  func isInFirstColumn(_ token: Token) -> Bool {
    let start = token.range.lowerBound
    return start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
  }

  /// To the next line that can begin an entry of the file.
  mutating func skipToEntry() {
    while !isAtEnd, !isAtEntryInFirstColumn { advance() }
  }

  /// Out of whatever stands here: to the next line or comma at this depth, the closing brace of the
  /// block, or an entry in the first column.
  mutating func skipToSeparator() {
    var open = 0
    var isFirst = true
    while !isAtEnd {
      if isAtEntryInFirstColumn { return }
      if open == 0, !isFirst, current.followsLineBreak { return }
      isFirst = false
      switch kind {
      case .leftBrace, .leftBracket, .leftParenthesis, .tagOpen: open += 1
      case .rightBrace:
        if open == 0 { return }
        open -= 1
      case .rightBracket, .rightParenthesis, .tagClose: open = max(0, open - 1)
      case .comma: if open == 0 { return }
      default: break
      }
      advance()
    }
  }
}

extension Set<Int> {
  /// The places of the brackets among some tokens that have their counterpart. A line break that means
  /// something ends those that were left open: within them there is none.
  fileprivate init(closed tokens: [Token]) {
    self.init()
    var open: [(place: Int, closing: TokenKind)] = []
    for (place, token) in tokens.enumerated() {
      if token.followsLineBreak {
        while let last = open.last, last.closing == .rightBracket || last.closing == .rightParenthesis {
          open.removeLast()
        }
      }
      switch token.kind {
      case .leftBracket: open.append((place, .rightBracket))
      case .leftParenthesis: open.append((place, .rightParenthesis))
      case .leftBrace: open.append((place, .rightBrace))
      case .tagOpen: open.append((place, .tagClose))
      case .rightBracket, .rightParenthesis, .rightBrace, .tagClose:
        if let last = open.last, last.closing == token.kind { insert(open.removeLast().place) }
      default: break
      }
    }
  }
}
