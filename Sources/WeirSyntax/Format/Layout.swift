/// Which line breaks stand in any case, and how wide everything is without the others.
///
/// The author says by a line break after an opening bracket that its elements have lines of their own,
/// and by one at an operator, a `where` or the like that the expression goes on there. A text block or
/// a comment says it too. All that is known before the first line is printed; what remains for the
/// printer is to break what is too long.
struct Layout {
  let pieces: [Piece]
  /// The file first, then all pairs of brackets in the order in which they open.
  private(set) var groups: [Group] = []
  /// For each piece that opens or closes one, the group.
  private(set) var groupAt: [Int]
  /// Whether the line breaks before the piece, other than before an element or a closing bracket.
  private(set) var breaksBefore: [Bool]
  /// For the first member of each union, whether all members stand on lines of their own.
  private(set) var isTall: [Bool]
  /// For the first member of each union, its last piece.
  private(set) var unionEnd: [Int]
  /// Whether a blank stands before the piece on one line.
  private(set) var blankBefore: [Bool]
  /// The columns up to the end of the piece, if the file stood on one line.
  private(set) var flat: [Int]
  /// The columns from the end of the piece to the first line break that stands in any case.
  private(set) var stop: [Int]
  /// The columns from the end of the piece to the first place where the line may break.
  private(set) var tail: [Int]

  init(_ pieces: [Piece]) {
    self.pieces = pieces
    let count = pieces.count
    groupAt = Array(repeating: 0, count: count)
    breaksBefore = Array(repeating: false, count: count)
    isTall = Array(repeating: false, count: count)
    unionEnd = Array(repeating: 0, count: count)
    blankBefore = Array(repeating: false, count: count)
    flat = Array(repeating: 0, count: count)
    stop = Array(repeating: 0, count: count)
    tail = Array(repeating: 0, count: count)
  }

  /// A group that is open, while the pieces are gone through from the first to the last.
  private struct Frame {
    let group: Int
    /// Whether a line breaks in it outside of the brackets in it.
    var breaksItself = false
    var breaksInElement = false
    var breaksBeforeLastElement = false
    var union: Int?
    var unionLimit = 0
  }

  private var frames: [Frame] = []
  /// For each piece, the group in which the place before it lies.
  private var owner: [Int] = []

  mutating func measure() {
    owner.reserveCapacity(pieces.count)
    groups.append(Group(kind: .file, open: -1, isBroken: true))
    frames.append(Frame(group: 0))
    for index in pieces.indices { take(index) }
    groups[0].close = pieces.count
    for index in pieces.indices.dropLast().reversed() { measureBehind(index) }
  }

  // MARK: From the first to the last

  private mutating func take(_ index: Int) {
    owner.append(frames[frames.count - 1].group)
    blankBefore[index] = needsBlank(before: index)
    takeGap(index)
    flat[index] = (index > 0 ? flat[index - 1] : 0) + separatorWidth(index) + pieces[index].width
    if pieces[index].kind.opensBracket { open(index) }
    if pieces[index].kind.closesBracket { close(index) }
    if pieces[index].kind == .blockQuote { noteBreakInside() }
  }

  private mutating func open(_ index: Int) {
    let piece = pieces[index]
    groupAt[index] = groups.count
    frames.append(Frame(group: groups.count))
    groups.append(Group(kind: GroupKind(piece.kind, piece.roles), open: index))
  }

  /// What the place before a piece says of the group that it lies in.
  private mutating func takeGap(_ index: Int) {
    let piece = pieces[index]
    let hasComment = !piece.comments.isEmpty
    takeUnion(index)
    if piece.kind.closesBracket || piece.startsElement {
      if piece.startsElement { startElement() }
      if hasComment { noteBreak() }
    } else if hasComment || piece.followsBreak && keepsBreak(before: index) {
      breaksBefore[index] = true
      noteBreak()
    }
  }

  private mutating func startElement() {
    let last = frames.count - 1
    if frames[last].breaksInElement { frames[last].breaksBeforeLastElement = true }
    frames[last].breaksInElement = false
  }

  private mutating func noteBreak() {
    frames[frames.count - 1].breaksItself = true
    noteBreakInside()
  }

  private mutating func noteBreakInside() {
    frames[frames.count - 1].breaksInElement = true
    groups[frames[frames.count - 1].group].holdsBreak = true
  }

  private mutating func takeUnion(_ index: Int) {
    let piece = pieces[index]
    let last = frames.count - 1
    if let union = frames[last].union {
      let isOver = piece.range.lowerBound >= frames[last].unionLimit || piece.kind.closesBracket
      if isOver { frames[last].union = nil } else { unionEnd[union] = index }
    }
    switch piece.member {
    case .none: return
    case .first(let end, let isLed):
      frames[last].union = index
      frames[last].unionLimit = end
      unionEnd[index] = index
      if isLed, piece.followsBreak { makeTall(index) }
    case .next: if let union = frames[last].union, piece.followsBreak { makeTall(union) }
    }
  }

  private mutating func makeTall(_ union: Int) {
    isTall[union] = true
    noteBreak()
  }

  private mutating func close(_ index: Int) {
    let frame = frames.removeLast()
    var group = groups[frame.group]
    group.close = index
    group.isBroken = isBroken(group, frame)
    groups[frame.group] = group
    groupAt[index] = frame.group
    if group.isBroken || group.holdsBreak { noteBreakInside() }
    // The brackets belong to the union that they stand in.
    if let union = frames[frames.count - 1].union { unionEnd[union] = index }
  }

  private func isBroken(_ group: Group, _ frame: Frame) -> Bool {
    let closesAfterComment = !pieces[group.close].comments.isEmpty
    if group.isEmpty { return closesAfterComment }
    if pieces[group.open + 1].followsBreak { return true }
    switch group.kind {
    case .file, .body: return true
    case .settings, .fields, .record, .comprehension, .comprehensionTail: return group.holdsBreak
    // Brackets at the end of the last element may stand at those around them: `f([` … `])`
    case .list, .arguments: return frame.breaksItself || frame.breaksBeforeLastElement
    case .listType: return frame.breaksItself
    case .index, .parentheses: return closesAfterComment
    }
  }

  // MARK: From the last to the first

  private mutating func measureBehind(_ index: Int) {
    let next = index + 1
    if breaksInAnyCase(before: next) {
      stop[index] = 0
    } else {
      let isEnd = pieces[next].kind == .blockQuote
      stop[index] = separatorWidth(next) + pieces[next].width + (isEnd ? 0 : stop[next])
    }
    tail[index] = tailWidth(behind: index)
  }

  private func breaksInAnyCase(before index: Int) -> Bool {
    let piece = pieces[index]
    if piece.startsElement || piece.kind.closesBracket {
      let group = groups[owner[index]]
      if group.isBroken && !group.isEmpty || !piece.comments.isEmpty { return true }
    }
    if case .first = piece.member, isTall[index] { return true }
    if case .next = piece.member, piece.followsBreak { return true }
    return breaksBefore[index]
  }

  private func tailWidth(behind index: Int) -> Int {
    let next = index + 1
    let piece = pieces[next]
    let group = groups[owner[next]]
    if breaksInAnyCase(before: next) || isDocumentation(next) {
      return endsLineWithComma(before: next) ? 1 : 0
    }
    if (piece.startsElement || piece.kind.closesBracket) && group.kind.mayBreak {
      return endsLineWithComma(before: next) ? 1 : 0
    }
    let width = separatorWidth(next) + piece.width
    let opensLine =
      piece.kind.opensBracket && groups[groupAt[next]].kind.mayBreak && !groups[groupAt[next]].isEmpty
    return opensLine || piece.kind == .blockQuote ? width : width + tail[next]
  }

  private func endsLineWithComma(before index: Int) -> Bool {
    let piece = pieces[index]
    return (piece.startsElement || piece.kind.closesBracket) && groups[owner[index]].kind.endsLinesWithCommas
  }

  /// What stands between a piece and the one before it on one line, in columns.
  private func separatorWidth(_ index: Int) -> Int {
    if case .next = pieces[index].member { return 3 }
    let commas = groups[owner[index]].kind.partsWithCommas && isFurtherElement(index)
    return commas ? 2 : blankBefore[index] ? 1 : 0
  }

  /// Whether it starts an element, and not the first of its group.
  func isFurtherElement(_ index: Int) -> Bool {
    pieces[index].startsElement && owner[index] > 0 && groups[owner[index]].open != index - 1
  }
}

// MARK: Between two pieces

extension Layout {
  func kindBefore(_ index: Int) -> TokenKind? { index > 0 ? pieces[index - 1].kind : nil }

  /// Whether it is a string behind what it documents, or a reason behind its condition.
  func isDocumentation(_ index: Int) -> Bool {
    guard pieces[index].kind.opensString, !pieces[index].startsElement, index > 0 else { return false }
    let last = pieces[index - 1]
    switch last.kind {
    case .name, .number, .quote, .blockQuote, .it, .true, .false, .null, .question, .rightBrace,
      .rightBracket,
      .rightParenthesis:
      // `about "…"`
      return last.kind != .name || !last.startsElement
    default: return false
    }
  }

  /// Whether it is the `else` between two bodies, which is no expression.
  func isBranch(_ index: Int) -> Bool {
    guard pieces[index].kind == .else, kindBefore(index) == .rightBrace else { return false }
    return groups[groupAt[index - 1]].kind == .body
  }

  /// Whether the expression or type goes on there on a new line if the author has it so.
  private func keepsBreak(before index: Int) -> Bool {
    let piece = pieces[index]
    let last = index - 1
    guard last >= 0 else { return false }
    if isSign(index) || isBranch(index) { return keepsBreak(behind: last) }
    switch piece.kind {
    case .dot, .questionDot, .where, .then, .else, .arrow: return true
    case .quote, .blockQuote: return isDocumentation(index) || keepsBreak(behind: last)
    default: return piece.kind.isBinaryOperator || keepsBreak(behind: last)
    }
  }

  private func keepsBreak(behind index: Int) -> Bool {
    if isSign(index) || isBranch(index) { return false }
    switch pieces[index].kind {
    case .equals, .colon, .arrow, .then, .else: return true
    default: return pieces[index].kind.isBinaryOperator
    }
  }

  private func isSign(_ index: Int) -> Bool { pieces[index].roles.contains(.sign) }

  private func needsBlank(before index: Int) -> Bool {
    guard index > 0 else { return false }
    let piece = pieces[index]
    let last = pieces[index - 1]
    if last.kind.opensBracket {
      let isEmpty = piece.kind.closesBracket
      return !isEmpty && GroupKind(last.kind, last.roles).hasInnerBlanks
    }
    if piece.kind.closesBracket { return groups[frames[frames.count - 1].group].kind.hasInnerBlanks }
    switch last.kind {
    case .dot, .questionDot, .ellipsis: return false
    case .minus where last.roles.contains(.sign): return false
    default: break
    }
    switch piece.kind {
    case .comma, .colon, .dot, .questionDot, .question, .ellipsis: return false
    case .leftParenthesis: return GroupKind(piece.kind, piece.roles) != .arguments
    case .leftBracket: return GroupKind(piece.kind, piece.roles) != .index
    default: return true
    }
  }
}
