/// Looks for a text in another one, byte by byte, in time that grows with the text alone.
///
/// The way of Knuth, Morris and Pratt: `fallback[n]` is how many bytes at the beginning of the
/// sought text are known to match still when the byte after the first `n` does not. So no byte of
/// the text is gone back to, whatever is sought. UTF-8 makes a match of bytes one of characters.
struct TextSearch {
  private let sought: [UInt8]
  private let fallback: [Int]

  init(_ text: String) {
    let sought = Array(text.utf8)
    var fallback = [0, 0]
    var matched = 0
    for index in sought.indices.dropFirst() {
      while matched > 0, sought[index] != sought[matched] { matched = fallback[matched] }
      if sought[index] == sought[matched] { matched += 1 }
      fallback.append(matched)
    }
    self.sought = sought
    self.fallback = fallback
  }

  /// The places of the sought text, which is not empty, from left to right; none overlaps another.
  func forEachMatch(in text: [UInt8], _ visit: (Range<Int>) -> Void) {
    var matched = 0
    for index in text.indices {
      matched = advance(matched, by: text[index])
      guard matched == sought.count else { continue }
      visit(index + 1 - matched..<index + 1)
      matched = 0
    }
  }

  /// An empty text is in every text.
  func isFound(in text: String) -> Bool {
    if sought.isEmpty { return true }
    var matched = 0
    for byte in text.utf8 {
      matched = advance(matched, by: byte)
      if matched == sought.count { return true }
    }
    return false
  }

  private func advance(_ matched: Int, by byte: UInt8) -> Int {
    var matched = matched
    while matched > 0, sought[matched] != byte { matched = fallback[matched] }
    return sought[matched] == byte ? matched + 1 : matched
  }
}
