/// The bytes that mean something to the reader.
extension UInt8 {
  static var tab: UInt8 { 0x09 }
  static var newline: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var blank: UInt8 { 0x20 }
  static var quote: UInt8 { 0x22 }
  static var hash: UInt8 { 0x23 }
  static var ampersand: UInt8 { 0x26 }
  static var apostrophe: UInt8 { 0x27 }
  static var openParenthesis: UInt8 { 0x28 }
  static var closeParenthesis: UInt8 { 0x29 }
  static var star: UInt8 { 0x2A }
  static var plus: UInt8 { 0x2B }
  static var comma: UInt8 { 0x2C }
  static var minus: UInt8 { 0x2D }
  static var point: UInt8 { 0x2E }
  static var slash: UInt8 { 0x2F }
  static var colon: UInt8 { 0x3A }
  static var semicolon: UInt8 { 0x3B }
  static var less: UInt8 { 0x3C }
  static var equals: UInt8 { 0x3D }
  static var greater: UInt8 { 0x3E }
  static var openBracket: UInt8 { 0x5B }
  static var backslash: UInt8 { 0x5C }
  static var closeBracket: UInt8 { 0x5D }
  static var backtick: UInt8 { 0x60 }
  static var openBrace: UInt8 { 0x7B }
  static var bar: UInt8 { 0x7C }
  static var closeBrace: UInt8 { 0x7D }
  static var tilde: UInt8 { 0x7E }

  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// A byte of a name as programs write it, or of any letter beyond ASCII.
  @inline(__always)
  var isOfName: Bool { isLetter || isDigit || self == 0x5F || self == 0x24 || self >= 0x80 }

  @inline(__always)
  var isBlank: Bool { self == .blank || self == .newline || self == .carriageReturn || self == .tab }

  @inline(__always)
  var isCloser: Bool { self == .closeBrace || self == .closeBracket || self == .closeParenthesis }

  var hexadecimalValue: UInt8? {
    if isDigit { return self & 0x0F }
    let lower = self | 0x20
    return (0x61...0x66).contains(lower) ? lower - 0x61 + 10 : nil
  }

  /// Whether the name of a language behind a fence may have it.
  var isOfLanguage: Bool { isLetter || isDigit || [0x2B, 0x2D, 0x5F, 0x2E, 0x23].contains(self) }
}
