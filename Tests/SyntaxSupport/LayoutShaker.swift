import WeirDiagnostics
import WeirSyntax

/// Lays a flow out anew as no person would: with line breaks, blanks and comments between its tokens,
/// mostly where the grammar allows them. What stands in strings stays.
package struct LayoutShaker {
  private var random: Random

  package init(_ random: Random) { self.random = random }

  package mutating func shake(_ bytes: [UInt8]) -> [UInt8] {
    let tokens = lex(SourceFile(path: "shaken.flow", bytes: bytes)).tokens
    let oneIn = random.pick([2, 5, 20, 100])
    var shaken: [UInt8] = []
    var at = 0
    var strings = 0
    var brackets: [TokenKind] = []
    for (index, token) in tokens.enumerated() {
      shaken += bytes[at..<token.range.lowerBound]
      let last = index > 0 ? tokens[index - 1].kind : .comma
      if strings == 0, random.chance(1, in: oneIn) {
        let isFree = allowsBreak(last, token.kind, in: brackets.last)
        shaken += noise(isFree: isFree || random.chance(1, in: 300)).utf8
      }
      shaken += bytes[token.range]
      at = token.range.upperBound
      switch token.kind {
      case .quote, .blockQuote: strings += 1
      case .closingQuote, .closingBlockQuote: strings -= 1
      case .leftBrace, .leftBracket, .leftParenthesis: brackets.append(token.kind)
      case .rightBrace, .rightBracket, .rightParenthesis: _ = brackets.popLast()
      default: break
      }
    }
    return shaken + bytes[at...]
  }

  private mutating func noise(isFree: Bool) -> String {
    isFree
      ? random.pick([
        "\n", "\n", "\n\n\n", "  ", " # why\n", "\n# why\n", "\n\n # a\n\n\n# b  \n", "\t\r\n", " # é\r\n ",
      ])
      : random.pick([" ", "  ", "\t"])
  }

  /// Whether a line break between the two most likely means nothing.
  private func allowsBreak(_ last: TokenKind, _ next: TokenKind, in bracket: TokenKind?) -> Bool {
    if bracket == .leftBracket || bracket == .leftParenthesis { return true }
    switch last {
    case .leftBrace, .equals, .colon, .comma, .bar, .dot, .arrow, .then, .else, .not, .plus, .star, .and, .or:
      return true
    default: break
    }
    switch next {
    case .rightBrace, .bar, .dot, .questionDot, .where, .then, .else, .plus, .minus, .and, .or, .in, .quote,
      .ellipsis:
      return true
    default: return false
    }
  }
}
