import WeirValues

extension LooseReader {
  /// What a string, key or bare value says.
  func text(of node: Int) -> String { tree.nodes[node].text(in: bytes) }
}

extension LooseTree.Node {
  /// What it says: escapes and doubled quotes undone, and U+FFFD for what is not UTF-8. A scalar or an escape
  /// that the end of the text cut off is left out.
  func text(in bytes: [UInt8]) -> String {
    if isPlain, isClosed, coding != .unknown {
      return bytes.withUnsafeBytes {
        String(checked: UnsafeRawBufferPointer(rebasing: $0[self.content]), isASCII: coding == .ascii)
      }
    }
    let content = whole(in: bytes)
    if isPlain { return String(decoding: bytes[content], as: UTF8.self) }
    if kind == .bare { return String(decoding: Self.withoutMarkdown(bytes[content]), as: UTF8.self) }
    var said = Unescaping(bytes[content], isCutOff: !isClosed).text(of: quote(in: bytes))
    if bytes[start] == .backslash { said = Unescaping(said[...], isCutOff: !isClosed).text(of: .escaped) }
    return String(decoding: said, as: UTF8.self)
  }

  private func quote(in bytes: [UInt8]) -> LooseQuote {
    switch (bytes[start], opening) {
    case (.quote, 1): .double
    case (.apostrophe, 1): .single
    case (.ampersand, _): .entity
    case (.backslash, _): .escaped
    default: .tripleDouble
    }
  }

  /// The content, without a part of a scalar where the text was cut off.
  private func whole(in bytes: [UInt8]) -> Range<Int> {
    guard !isClosed else { return content }
    let end = content.upperBound
    var start = end
    while start > content.lowerBound, end - start < 4 {
      start -= 1
      let byte = bytes[start]
      if byte < 0x80 { break }
      if byte >= 0xC0 {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        return end - start < length ? content.lowerBound..<start : content
      }
    }
    return content
  }

  /// `first\_name`
  private static func withoutMarkdown(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var said: [UInt8] = []
    for (place, byte) in zip(text.indices, text) {
      let isEscape =
        byte == .backslash && place + 1 < text.endIndex && Unescaping.isOfMarkdown(text[place + 1])
      if !isEscape { said.append(byte) }
    }
    return said
  }
}

/// Undoes the escapes of one string. An escape that says nothing stays as it is, if it may be one of
/// another language: of a regular expression, a path, a formula.
struct Unescaping {
  private let source: ArraySlice<UInt8>
  private let isCutOff: Bool
  private var at: Int
  private var said: [UInt8] = []

  /// Of a string that is cut off, an escape that is not whole is left out.
  init(_ source: ArraySlice<UInt8>, isCutOff: Bool) {
    self.source = source
    self.isCutOff = isCutOff
    at = source.startIndex
    said.reserveCapacity(source.count)
  }

  consuming func text(of quote: LooseQuote) -> [UInt8] {
    while at < source.endIndex {
      let byte = source[at]
      if byte == .backslash {
        readEscape()
      } else if quote.isDoubled, byte == peek(1), byte == (quote == .double ? .quote : .apostrophe) {
        take(byte, 2)
      } else if quote == .entity, byte == .ampersand {
        readEntity()
      } else {
        take(byte, 1)
      }
    }
    return said
  }

  static func isOfMarkdown(_ byte: UInt8) -> Bool { "_*#'&~$-!>`<@=:;, ".utf8.contains(byte) }

  private func peek(_ distance: Int) -> UInt8 {
    at + distance < source.endIndex ? source[at + distance] : 0
  }

  private mutating func take(_ byte: UInt8, _ length: Int) {
    said.append(byte)
    at += length
  }

  private mutating func readEscape() {
    guard at + 1 < source.endIndex else {
      if isCutOff { at += 1 } else { take(.backslash, 1) }
      return
    }
    let escape = source[at + 1]
    switch escape {
    case .quote, .backslash, .slash: take(escape, 2)
    case 0x62: take(0x08, 2)
    case 0x66: take(0x0C, 2)
    case 0x6E: take(.newline, 2)
    case 0x72: take(.carriageReturn, 2)
    case 0x74: take(.tab, 2)
    case .newline: at += 2
    case 0x75: readUnicode(digits: 4)
    case 0x55: readUnicode(digits: 8)
    case 0x78: readUnicode(digits: 2)
    default: Self.isOfMarkdown(escape) ? take(escape, 2) : take(.backslash, 1)
    }
  }

  /// The number in so many digits `distance` behind `at`.
  private func hexadecimal(_ distance: Int, digits: Int) -> UInt32? {
    guard at + distance + digits <= source.endIndex else { return nil }
    var value: UInt32 = 0
    for place in at + distance..<at + distance + digits {
      guard let digit = source[place].hexadecimalValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func readUnicode(digits: Int) {
    if peek(2) == .openBrace, let (value, length) = inBraces() { return append(value, length) }
    guard let first = hexadecimal(2, digits: digits) else {
      if isCutOff, at + 2 + digits > source.endIndex,
        source[(at + 2)...].allSatisfy({ $0.hexadecimalValue != nil })
      {
        at = source.endIndex
      } else {
        take(.backslash, 1)
      }
      return
    }
    let isPair = (0xD800..<0xDC00).contains(first) && peek(6) == .backslash && peek(7) == 0x75
    if digits == 4, isPair, let second = hexadecimal(8, digits: 4), (0xDC00...0xDFFF).contains(second) {
      append(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), 12)
    } else {
      append(first, 2 + digits)
    }
  }

  /// `\u{1F600}`
  private func inBraces() -> (UInt32, Int)? {
    for digits in 1...6 where peek(3 + digits) == .closeBrace {
      return hexadecimal(3, digits: digits).map { ($0, 4 + digits) }
    }
    return nil
  }

  private mutating func append(_ value: UInt32, _ length: Int) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    said.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    at += length
  }

  private static let entities: [(name: String, byte: UInt8)] = [
    ("&quot;", .quote), ("&amp;", .ampersand), ("&lt;", .less), ("&gt;", .greater), ("&#39;", .apostrophe),
    ("&#x27;", .apostrophe), ("&apos;", .apostrophe),
  ]

  private mutating func readEntity() {
    for (name, byte) in Self.entities where source[at...].starts(with: name.utf8) {
      return take(byte, name.utf8.count)
    }
    take(.ampersand, 1)
  }
}
