/// Writes the pieces of a file one after the other, and breaks the lines that are too long.
///
/// What is too long gives way from the outside in: first a documentation goes to a line of its own, then
/// the members of a union, then the elements of the outermost bracket that reaches over the limit. What
/// has no such place stays as long as it is.
struct Printer {
  static let greatestWidth = 100

  /// How the brackets at hand are written.
  private struct Context {
    enum Mode {
      /// All on one line, whatever is in it.
      case flat
      /// Without lines of its own, around something that has some.
      case open
      /// One element a line.
      case broken
    }

    let group: Int
    let mode: Mode
    /// Of the lines that begin with an element, of those that go on with one, and of the closing bracket.
    let elements: Int
    let continuation: Int
    let closing: Int
    /// Of the lines of the union at hand, where its members have some.
    var union: Int?
  }

  private let bytes: [UInt8]
  private let layout: Layout
  private let comments: [Comment]
  private(set) var text: [UInt8] = []
  private var column = 0
  /// The indentation of the line at hand.
  private var indentation = 0
  private var contexts = [
    Context(group: 0, mode: .broken, elements: 0, continuation: 2, closing: 0)
  ]
  private var spacing = EntrySpacing()

  init(_ bytes: [UInt8], _ layout: Layout, _ comments: [Comment]) {
    self.bytes = bytes
    self.layout = layout
    self.comments = comments
    text.reserveCapacity(bytes.count + bytes.count / 8)
  }

  mutating func print() {
    for index in layout.pieces.indices {
      let piece = layout.pieces[index]
      if piece.kind.closesBracket {
        printGapAtEnd(index)
      } else if piece.startsElement {
        printGapAtElement(index)
      } else {
        printGapInElement(index)
      }
      printPiece(index)
    }
    if !text.isEmpty, text.last != 0x0A { text.append(0x0A) }
  }

  private var context: Context { contexts[contexts.count - 1] }

  // MARK: Gaps

  private mutating func printGapAtEnd(_ index: Int) {
    let kind = layout.groups[context.group].kind
    if context.mode == .broken {
      let isEmpty = layout.groups[context.group].isEmpty
      if kind.endsLinesWithCommas, !isEmpty { write(",") }
      breakLine(before: index, to: context.closing, comments: context.elements)
    } else if layout.blankBefore[index] {
      write(" ")
    }
  }

  private mutating func printGapAtElement(_ index: Int) {
    let isFurther = layout.isFurtherElement(index)
    if isFurther, layout.groups[context.group].kind.partsWithCommas {
      if context.mode != .broken || layout.groups[context.group].kind.endsLinesWithCommas { write(",") }
    }
    contexts[contexts.count - 1].union = nil
    if context.mode == .broken {
      let isEntry = context.group == 0
      if isEntry { spacing.beginGap(&text) }
      breakLine(before: index, to: context.elements)
      if isEntry { spacing.beginEntry() }
      if isTall(index) { beginUnion(at: context.elements) }
    } else if isFurther || layout.blankBefore[index] {
      write(" ")
    }
  }

  private mutating func printGapInElement(_ index: Int) {
    switch layout.pieces[index].member {
    case .first where isTall(index):
      goOn(before: index, to: context.continuation)
      return beginUnion(at: context.continuation)
    case .next:
      if let union = context.union {
        goOn(before: index, to: union)
        return write("| ")
      }
      return write(" | ")
    case .first, .none: break
    }
    if layout.breaksBefore[index] || isTooLongDocumentation(index) {
      goOn(before: index, to: layout.isBranch(index) ? context.elements : context.continuation)
    } else if layout.blankBefore[index] {
      write(" ")
    }
  }

  private mutating func beginUnion(at indentation: Int) {
    contexts[contexts.count - 1].union = indentation
    write("| ")
  }

  // MARK: What is too long

  private func isTall(_ index: Int) -> Bool {
    guard case .first = layout.pieces[index].member else { return false }
    if layout.isTall[index] { return true }
    guard context.mode == .broken else { return false }
    let end = layout.unionEnd[index]
    let before = index > 0 ? index - 1 : 0
    let width = min(layout.flat[end] - layout.flat[before] + layout.tail[end], layout.stop[before])
    return column + width > Self.greatestWidth
  }

  private func isTooLongDocumentation(_ index: Int) -> Bool {
    guard context.mode == .broken, layout.pieces[index].kind == .quote, layout.isDocumentation(index) else {
      return false
    }
    return column + 1 + layout.pieces[index].width + layout.tail[index] > Self.greatestWidth
  }

  private func mode(of index: Int) -> Context.Mode {
    let group = layout.groups[layout.groupAt[index]]
    if group.isBroken { return .broken }
    if context.mode == .flat || group.isEmpty { return .flat }
    guard group.kind.mayBreak else { return .open }
    let width =
      group.holdsBreak
      ? layout.stop[index] : layout.flat[group.close] - layout.flat[index] + layout.tail[group.close]
    if column + width > Self.greatestWidth { return .broken }
    return group.holdsBreak ? .open : .flat
  }

  // MARK: Pieces

  private mutating func printPiece(_ index: Int) {
    let piece = layout.pieces[index]
    if piece.kind == .blockQuote { return printBlock(piece) }
    text += bytes[piece.range]
    column += piece.width
    if piece.kind.opensBracket { open(index) }
    if piece.kind.closesBracket { contexts.removeLast() }
  }

  /// The text stands one level further in than the line of its opening quotes, or below them where they
  /// begin their line.
  private mutating func printBlock(_ piece: Piece) {
    let beginsLine = column == indentation
    if !beginsLine { indentation += 2 }
    TextBlock(bytes[piece.range]).write(into: &text, indentation: indentation)
    column = indentation + 3
    spacing.noteBreak(at: text.count, isBlank: false)
  }

  private mutating func open(_ index: Int) {
    let group = layout.groupAt[index]
    let mode = mode(of: index)
    let kind = layout.groups[group].kind
    guard mode == .broken else {
      return contexts.append(
        Context(
          group: group, mode: mode, elements: context.elements, continuation: context.continuation,
          closing: context.closing))
    }
    // The braces of an entry belong to its first line, however many lines its head has.
    let base = kind == .body || kind == .settings ? context.elements : indentation
    contexts.append(
      Context(
        group: group, mode: mode, elements: base + 2, continuation: base + (kind == .parentheses ? 2 : 4),
        closing: base))
  }

  private mutating func write(_ sign: String) {
    text += sign.utf8
    column += sign.utf8.count
  }

  // MARK: Line breaks

  /// Ends the line and begins the one of an element or a closing bracket. Blank lines stay where they part
  /// something, and are one at most.
  private mutating func breakLine(before index: Int, to place: Int, comments commentPlace: Int? = nil) {
    let piece = layout.pieces[index]
    let isFirst = index == 0 || layout.pieces[index - 1].kind.opensBracket
    let hasLines = printComments(
      of: piece, at: commentPlace ?? place, keepsBlankLines: true, isFirst: isFirst)
    // The end of the file has no line of its own.
    if piece.kind == .endOfFile { return }
    let parts = !piece.kind.closesBracket && (hasLines || !isFirst)
    newLine(afterBlank: parts && piece.followsBlankLine, at: place)
  }

  /// Ends the line and goes on with the element on the next one.
  private mutating func goOn(before index: Int, to place: Int) {
    _ = printComments(of: layout.pieces[index], at: place, keepsBlankLines: false, isFirst: false)
    newLine(afterBlank: false, at: place)
  }

  /// The comment that ends the line, and those that have lines of their own; whether there are some.
  private mutating func printComments(
    of piece: Piece, at place: Int, keepsBlankLines: Bool, isFirst: Bool
  ) -> Bool {
    var hasLines = false
    for comment in comments[piece.comments] {
      if comment.isTrailing {
        text += "  ".utf8
      } else {
        let parts = keepsBlankLines && (hasLines || !isFirst)
        newLine(afterBlank: parts && comment.followsBlankLine, at: place)
        hasLines = true
      }
      text += bytes[comment.range]
    }
    return hasLines
  }

  private mutating func newLine(afterBlank isAfterBlank: Bool, at place: Int) {
    if !text.isEmpty {
      spacing.noteBreak(at: text.count, isBlank: isAfterBlank)
      text.append(0x0A)
      if isAfterBlank { text.append(0x0A) }
    }
    text.append(contentsOf: repeatElement(0x20, count: place))
    indentation = place
    column = place
  }
}
