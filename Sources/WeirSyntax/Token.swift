/// The smallest piece that the grammar knows. What lies between two tokens is blanks and comments.
///
/// A string is several tokens: its quotes, its stretches of text, and for every tag `{{`, the tokens
/// of the expression, and `}}`.
package struct Token: Sendable {
  package let kind: TokenKind
  /// Whether the grammar's `NL` stands before it: a line break that ends an entry or a setting.
  package internal(set) var followsLineBreak: Bool
  /// Whether it is the first on its line.
  package let isFirstOnLine: Bool
  private let lower: UInt32
  private let upper: UInt32

  init(_ kind: TokenKind, _ range: Range<Int>, isFirstOnLine: Bool, followsLineBreak: Bool) {
    self.kind = kind
    self.followsLineBreak = followsLineBreak
    self.isFirstOnLine = isFirstOnLine
    lower = UInt32(range.lowerBound)
    upper = UInt32(range.upperBound)
  }

  package var range: Range<Int> { Int(lower)..<Int(upper) }
}

package enum TokenKind: UInt8, Sendable, Hashable {
  case name, number
  // Reserved words, which are names after "." and before ":".
  case and, or, not, `in`, `if`, then, `else`, `for`, `where`, `true`, `false`, null, it, end
  // Strings
  case quote, closingQuote, blockQuote, closingBlockQuote, text, tagOpen, tagClose, tagComment
  // Signs
  case leftBrace, rightBrace, leftBracket, rightBracket, leftParenthesis, rightParenthesis
  case comma, colon, equals, bar, dot, questionDot, question, arrow, ellipsis, doubleQuestion
  case plus, minus, star, slash, percent
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  /// A byte or a word that no token begins with; told by the lexer already.
  case unknown
  case endOfFile
}

extension TokenKind {
  /// Whether it stands between two operands (rules 2 and 3 of `NL`).
  var isBinaryOperator: Bool {
    switch self {
    case .and, .or, .in, .ellipsis, .doubleQuestion, .plus, .minus, .star, .slash, .percent, .equal,
      .notEqual,
      .less, .lessOrEqual, .greater, .greaterOrEqual:
      true
    default: false
    }
  }

  /// Rule 2: a line that ends in one of these goes on.
  var continuesAfter: Bool {
    switch self {
    case .not, .equals, .colon, .comma, .bar, .dot, .questionDot, .arrow, .if, .then, .else, .where, .for:
      true
    default: isBinaryOperator
    }
  }

  /// Rule 3: a line that begins with one of these goes on with the one before.
  var continuesBefore: Bool {
    switch self {
    case .dot, .questionDot, .bar, .arrow, .then, .else, .where: true
    default: isBinaryOperator
    }
  }

  var closesBracket: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }

  /// Whether an expression can begin with it and nothing else can.
  var beginsValue: Bool {
    switch self {
    case .name, .number, .true, .false, .null, .it, .quote, .blockQuote: true
    default: false
    }
  }

  var opensString: Bool { self == .quote || self == .blockQuote }

  var isReservedWord: Bool { (TokenKind.and.rawValue...TokenKind.end.rawValue).contains(rawValue) }
}

extension Token {
  /// What it is, for a message: "`{`", "a string", "the end of the file".
  func noun(in bytes: [UInt8]) -> String {
    switch kind {
    case .endOfFile: "the end of the file"
    case .number: "the number `\(text(in: bytes))`"
    case .name: "`\(text(in: bytes))`"
    case .quote, .blockQuote: "a string"
    case .closingQuote, .closingBlockQuote: "the end of the string"
    case .text: "text"
    default: "`\(text(in: bytes))`"
    }
  }

  func text(in bytes: [UInt8]) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
