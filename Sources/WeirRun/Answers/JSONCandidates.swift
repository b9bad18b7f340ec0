/// The stretches of an answer that may be its JSON, the most likely first: all of it, the code
/// fences, then every balanced object or list in prose, from left to right and from outside in.
///
/// It does not read them. Brackets in prose are tried only so often, so that an answer of nothing
/// but brackets takes no longer than another.
struct JSONCandidates: Sequence {
  private let text: [UInt8]
  private static let mostAttempts = 64

  init(_ text: String) { self.text = Array(text.utf8) }

  func makeIterator() -> some IteratorProtocol<[UInt8]> {
    let kinds: [() -> [ArraySlice<UInt8>]] = [{ [text[...]] }, { fences }, { balanced }]
    return kinds.lazy.flatMap { $0() }.map { Array($0) }.makeIterator()
  }

  // MARK: Fences

  /// What stands between lines that begin with three back-ticks; the last one may be missing.
  private var fences: [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var start: Int?
    for line in lines where text[line].drop(while: Self.isBlank).starts(with: [0x60, 0x60, 0x60]) {
      if let opened = start {
        found.append(text[opened..<line.lowerBound])
        start = nil
      } else {
        start = line.upperBound
      }
    }
    if let start { found.append(text[start...]) }
    return found
  }

  private var lines: [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      found.append(start..<end)
      start = end
    }
    return found
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  // MARK: Prose

  private var balanced: [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var attempts = 0
    for start in text.indices where Self.isOpen(text[start]) {
      attempts += 1
      if attempts > Self.mostAttempts { break }
      if let end = end(ofGroupAt: start) { found.append(text[start..<end]) }
    }
    return found
  }

  private static func isOpen(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
  }

  /// Where the group that opens at `start` closes, strings passed over; nil where it does not.
  private func end(ofGroupAt start: Int) -> Int? {
    var depth = 0
    var isInString = false
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\") where isInString: index += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "{"), UInt8(ascii: "["): if !isInString { depth += 1 }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if !isInString { depth -= 1 }
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return nil
  }
}

extension String {
  /// The text without the white space at its ends.
  var withoutBlankEnds: String {
    let scalars = unicodeScalars
    let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
    let end = scalars.lastIndex { !$0.properties.isWhitespace }.map(scalars.index(after:)) ?? start
    // Most answers have none, and are long.
    if start == scalars.startIndex, end == scalars.endIndex { return self }
    return String(scalars[start..<end])
  }
}
