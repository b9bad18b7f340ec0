/// What a value without quotes looks like.
enum BareForm {
  /// `true`, `false`, `null` or a number, as JSON has them.
  case literal
  /// A word for one of these in some other language.
  case word
  /// A number, written as JSON does not.
  case number
  case text

  init(_ bytes: Slice<UnsafeRawBufferPointer>) {
    if Self.isLiteral(bytes) {
      self = .literal
    } else if Self.isWord(bytes) {
      self = .word
    } else {
      self = Self.isNumber(bytes) ? .number : .text
    }
  }

  var mend: Reading.Change.Kind? {
    switch self {
    case .literal: nil
    case .word: .otherWord
    case .number: .otherNumber
    case .text: .unquotedText
    }
  }

  private static func isLiteral(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    switch bytes.first {
    case 0x74: bytes.elementsEqual("true".utf8)
    case 0x66: bytes.elementsEqual("false".utf8)
    case 0x6E: bytes.elementsEqual("null".utf8)
    default: isJSONNumber(bytes)
    }
  }

  static func isJSONNumber(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    var at = bytes.startIndex
    let end = bytes.endIndex
    func digits() -> Int {
      let start = at
      while at < end, bytes[at].isDigit { at += 1 }
      return at - start
    }
    if at < end, bytes[at] == .minus { at += 1 }
    let isZero = at < end && bytes[at] == 0x30
    let whole = digits()
    if whole == 0 || (isZero && whole > 1) { return false }
    if at < end, bytes[at] == .point {
      at += 1
      if digits() == 0 { return false }
    }
    if at < end, bytes[at] | 0x20 == 0x65 {
      at += 1
      if at < end, bytes[at] == .plus || bytes[at] == .minus { at += 1 }
      if digits() == 0 { return false }
    }
    return at == end
  }

  private static let words: Set<String> = [
    "true", "false", "null", "none", "nil", "undefined", "nan", "infinity", "inf",
  ]

  /// In letters of any case, with or without a sign.
  static func isWord(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    let letters = bytes.first == .minus || bytes.first == .plus ? bytes.dropFirst() : bytes
    guard (3...9).contains(letters.count), letters.allSatisfy(\.isLetter) else { return false }
    return words.contains(String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self))
  }

  /// Signs and currency at the ends, groups and one slash within, or hexadecimal digits.
  private static func isNumber(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    var rest = bytes
    if let first = rest.first, first == .minus || first == .plus { rest = rest.dropFirst() }
    if isHexadecimal(rest) { return true }
    rest = withoutCurrency(rest)
    if let first = rest.first, first == .minus || first == .plus { rest = rest.dropFirst() }
    guard rest.contains(where: \.isDigit) else { return false }
    var slashes = 0
    var points = 0
    for (place, byte) in zip(rest.indices, rest) {
      switch byte {
      case 0x30...0x39, 0x5F, .comma: break
      case .point: points += 1
      case .slash: slashes += 1
      case 0x45, 0x65: if place == rest.startIndex { return false }
      case .plus, .minus: if place == rest.startIndex || rest[place - 1] | 0x20 != 0x65 { return false }
      default: return false
      }
    }
    return slashes <= 1 && (points <= 1 || rest.contains(.comma))
  }

  private static func isHexadecimal(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard bytes.count > 2, bytes.first == 0x30 else { return false }
    switch bytes.dropFirst().first {
    case 0x58, 0x78: return bytes.dropFirst(2).allSatisfy { $0.hexadecimalValue != nil || $0 == 0x5F }
    case 0x42, 0x62, 0x4F, 0x6F: return bytes.dropFirst(2).allSatisfy(\.isDigit)
    default: return false
    }
  }

  private static let currencies: [[UInt8]] = ["$", "€", "£", "¥", "₹", "%"].map { Array($0.utf8) }

  private static func withoutCurrency(
    _ bytes: Slice<UnsafeRawBufferPointer>
  ) -> Slice<UnsafeRawBufferPointer> {
    var rest = bytes
    for sign in currencies {
      if rest.starts(with: sign) { rest = rest.dropFirst(sign.count) }
      if rest.suffix(sign.count).elementsEqual(sign) { rest = rest.dropLast(sign.count) }
    }
    while rest.first == .blank { rest = rest.dropFirst() }
    while rest.last == .blank { rest = rest.dropLast() }
    return rest
  }
}
