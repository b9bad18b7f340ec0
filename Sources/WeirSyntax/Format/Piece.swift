import WeirDiagnostics

/// What the formatter puts one after the other: a token, or a whole string.
///
/// Commas that part elements and the `|` of types are no pieces. The printer writes them anew, because
/// whether and where they stand depends on the line breaks.
struct Piece {
  enum Member {
    case none
    /// The first member of a union, which ends at this place of the file.
    case first(end: Int, isLed: Bool)
    case next
  }

  /// That of the opening quotes for a string.
  let kind: TokenKind
  /// Its bytes; those of a string with both quotes.
  let range: Range<Int>
  /// In characters; of a text block the first line.
  let width: Int
  let roles: SyntaxRole
  /// Whether it is the first of an entry, setting, field, pair, element or argument, or of whatever else
  /// its bracket holds.
  let startsElement: Bool
  let member: Member
  /// Those before it and after the last piece, among the comments of the file.
  let comments: Range<Int>
  /// Whether a line break stands between it and the last piece.
  let followsBreak: Bool
  /// Whether the line before it is blank.
  let followsBlankLine: Bool
}

/// A comment and how it stands between its neighbours.
struct Comment {
  /// Without the blanks at its end.
  let range: Range<Int>
  /// Whether it ends the line of the piece before it.
  let isTrailing: Bool
  let followsBlankLine: Bool
}

extension TokenKind {
  var opensBracket: Bool { self == .leftParenthesis || self == .leftBracket || self == .leftBrace }
}
