/// Finds the next of a few bytes in a text, eight bytes at a time.
///
/// Prompts are long stretches of text in which only quotes, backslashes and braces mean something;
/// looking at them one by one was a third of the time of lexing.
struct ByteSearch {
  // Five fields and not a list: this is most of what is done for each byte of a file.
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64
  private let fifth: UInt64
  private let count: Int
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// One to five bytes.
  init(_ bytes: Unicode.Scalar...) {
    precondition(1...5 ~= bytes.count, "a search is for one to five bytes")
    let patterns = bytes.map { Self.ones &* UInt64(UInt8(ascii: $0)) }
    count = patterns.count
    first = patterns[0]
    second = patterns.count > 1 ? patterns[1] : first
    third = patterns.count > 2 ? patterns[2] : first
    fourth = patterns.count > 3 ? patterns[3] : first
    fifth = patterns.count > 4 ? patterns[4] : first
  }

  /// The place of the first such byte of the range, or its end.
  func next(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    var at = range.lowerBound
    let raw = bytes.span.bytes
    while at + 8 <= range.upperBound {
      let found = marks(UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)))
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < range.upperBound, marks(UInt64(bytes[at])) & 0x80 == 0 { at += 1 }
    return at
  }

  /// The high bit of the first byte that is searched for, and perhaps of bytes after it.
  private func marks(_ word: UInt64) -> UInt64 {
    if count == 1 { return Self.mark(word, first) }
    let few = Self.mark(word, first) | Self.mark(word, second) | Self.mark(word, third)
    return count <= 3 ? few : few | Self.mark(word, fourth) | Self.mark(word, fifth)
  }

  /// A byte that equals the pattern's is zero in the difference, and only zeros and bytes after them
  /// borrow into their high bits.
  private static func mark(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return (difference &- ones) & ~difference & highBits
  }
}
