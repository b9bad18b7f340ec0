/// A text cut into pieces of at most so many tokens.
///
/// From the beginning of a piece the bytes are read as far as its size allows, and of the breaks on
/// the way the last one of the best kind is taken. A break is a stretch of white space: between
/// paragraphs where it holds two ends of a line, between lines where one, else between words. The
/// next piece begins behind it; the blanks at the beginning of a line stay with the line.
///
/// What is read beyond a cut is read again for the next piece, but not more than once for each kind
/// of break: behind the last paragraph that fitted there is none, so the next cut is made at a line,
/// or beyond. So the time grows with the text alone.
struct TextChunks: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  /// In quarters of a token.
  private let greatest: Int
  private var start = 0

  /// `size`, in tokens, is at least 1, so that any one scalar fits.
  init(_ text: String, size: Int) {
    bytes = Array(text.utf8)
    greatest = Swift.min(size, Int.max / TokenEstimate.quarters) * TokenEstimate.quarters
    if let first = bytes.first, Break.isBlank(first) { start = readBreak(at: 0).next }
  }

  mutating func next() -> String? {
    guard start < bytes.count else { return nil }
    let cut = nextCut()
    defer { start = cut.next }
    return String(decoding: bytes[start..<cut.end], as: UTF8.self)
  }

  private func nextCut() -> Break {
    var best: Break?
    var quarters = 0
    var at = start
    while at < bytes.count {
      if Break.isBlank(bytes[at]) {
        let found = readBreak(at: at)
        if found.resume == bytes.count { return found }
        if at > start, found.kind >= best?.kind ?? .word { best = found }
        quarters += found.resume - at
        at = found.resume
      } else {
        quarters += TokenEstimate.quarters(of: bytes[at])
        if quarters > greatest { return best ?? Break(kind: .word, end: at, next: at, resume: at) }
        at += 1
      }
    }
    return Break(kind: .word, end: at, next: at, resume: at)
  }

  /// The stretch of white space that begins at a place.
  private func readBreak(at end: Int) -> Break {
    var lineEnds = 0
    var lineStart = end
    var at = end
    while at < bytes.count, Break.isBlank(bytes[at]) {
      at += 1
      guard bytes[at - 1] == 0x0A else { continue }
      lineEnds += 1
      lineStart = at
    }
    let kind: Break.Kind = lineEnds > 1 ? .paragraph : lineEnds == 1 ? .line : .word
    // Blanks that would leave no room for what they indent are not kept, and none at the end.
    let keepsIndent = lineEnds > 0 && at < bytes.count && at - lineStart + TokenEstimate.quarters <= greatest
    return Break(kind: kind, end: end, next: keepsIndent ? lineStart : at, resume: at)
  }
}

/// A place to cut: where the piece before it ends, and where the next one begins.
private struct Break {
  enum Kind: Int, Comparable {
    case word, line, paragraph

    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  let kind: Kind
  let end: Int
  let next: Int
  /// Where the white space is over.
  let resume: Int

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
