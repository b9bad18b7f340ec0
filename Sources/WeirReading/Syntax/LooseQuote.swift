/// The quotes that models put around a text.
enum LooseQuote: UInt8 {
  case double, single, backtick
  /// Three of them.
  case tripleDouble, tripleSingle, tripleBacktick
  /// “ ” „ ‟, which may close what any of them opened, as may a straight one.
  case curly
  /// ‘ ’ ‚
  case curlySingle
  /// « »
  case angle
  /// 「 」 and 『 』
  case corner
  /// `\"`: the whole object was once the inside of a string.
  case escaped
  /// `&quot;`
  case entity

  /// The bytes with which a closing quote may begin.
  var closingBytes: (UInt8, UInt8) {
    switch self {
    case .double, .tripleDouble: (.quote, .quote)
    case .single, .tripleSingle: (.apostrophe, .apostrophe)
    case .backtick, .tripleBacktick: (.backtick, .backtick)
    case .curly: (0xE2, .quote)
    case .curlySingle: (0xE2, .apostrophe)
    case .angle: (0xC2, 0xC2)
    case .corner: (0xE3, 0xE3)
    case .escaped: (.backslash, .backslash)
    case .entity: (.ampersand, .ampersand)
    }
  }

  /// Whether two of them inside a string stand for one.
  var isDoubled: Bool { self == .double || self == .single }

  var isTriple: Bool { self == .tripleDouble || self == .tripleSingle || self == .tripleBacktick }

  /// What is forgiven where one opens a string.
  var mend: Reading.Change.Kind? {
    switch self {
    case .double: nil
    case .escaped: .wrongEscape
    case .single, .backtick, .tripleDouble, .tripleSingle, .tripleBacktick, .curly, .curlySingle, .angle,
      .corner, .entity:
      .otherQuote
    }
  }
}

extension LooseReader {
  /// The quote that opens a string here, and how many bytes it is long.
  mutating func openingQuote(at place: Int) -> (quote: LooseQuote, length: Int)? {
    switch peek(place) {
    case .quote: isRun(of: .quote, at: place, 3) ? (.tripleDouble, 3) : (.double, 1)
    case .apostrophe: isRun(of: .apostrophe, at: place, 3) ? (.tripleSingle, 3) : (.single, 1)
    case .backtick: isRun(of: .backtick, at: place, 3) ? (.tripleBacktick, 3) : (.backtick, 1)
    case .backslash: peek(place + 1) == .quote ? (.escaped, 2) : nil
    case .ampersand: isEntity(at: place) ? (.entity, 6) : nil
    case 0xC2: [0xAB, 0xBB].contains(peek(place + 1)) ? (.angle, 2) : nil
    case 0xE2: curlyQuote(at: place).map { ($0, 3) }
    case 0xE3:
      peek(place + 1) == 0x80 && [0x8C, 0x8E].contains(peek(place + 2)) ? (.corner, 3) : nil
    default: nil
    }
  }

  /// How many bytes a quote is long that could close what `quote` opened; 0 where none stands.
  @inline(__always)
  mutating func closingLength(of quote: LooseQuote, at place: Int) -> Int {
    if quote == .double { return peek(place) == .quote ? 1 : 0 }
    return lengthOfOtherClosing(quote, place)
  }

  private mutating func lengthOfOtherClosing(_ quote: LooseQuote, _ place: Int) -> Int {
    switch quote {
    case .double: peek(place) == .quote ? 1 : 0
    case .single: peek(place) == .apostrophe ? 1 : 0
    case .backtick: peek(place) == .backtick ? 1 : 0
    case .tripleDouble: isRun(of: .quote, at: place, 3) ? 3 : 0
    case .tripleSingle: isRun(of: .apostrophe, at: place, 3) ? 3 : 0
    case .tripleBacktick: isRun(of: .backtick, at: place, 3) ? 3 : 0
    case .curly: peek(place) == .quote ? 1 : curlyQuote(at: place) == .curly ? 3 : 0
    case .curlySingle: peek(place) == .apostrophe ? 1 : curlyQuote(at: place) == .curlySingle ? 3 : 0
    case .angle: peek(place) == 0xC2 && [0xAB, 0xBB].contains(peek(place + 1)) ? 2 : 0
    case .corner:
      peek(place) == 0xE3 && peek(place + 1) == 0x80 && [0x8D, 0x8F].contains(peek(place + 2)) ? 3 : 0
    case .escaped: peek(place) == .backslash && peek(place + 1) == .quote ? 2 : 0
    case .entity: isEntity(at: place) ? 6 : 0
    }
  }

  private mutating func curlyQuote(at place: Int) -> LooseQuote? {
    guard peek(place) == 0xE2, peek(place + 1) == 0x80 else { return nil }
    switch peek(place + 2) {
    case 0x9C...0x9F: return .curly
    case 0x98...0x9B: return .curlySingle
    default: return nil
    }
  }

  private mutating func isEntity(at place: Int) -> Bool { isWord("&quot;", at: place) }

  private mutating func isRun(of sign: UInt8, at place: Int, _ length: Int) -> Bool {
    for next in place..<place + length where peek(next) != sign { return false }
    return true
  }
}
