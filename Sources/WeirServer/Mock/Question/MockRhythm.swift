/// In how many pieces an answer is streamed, and how fast.
struct MockRhythm: Sendable {
  /// Nil for pieces as models make them, of a few bytes.
  var pieces: Int?
  /// Between two pieces.
  var pace = Duration.zero
  /// Before the first piece, when the head has gone out.
  var latency = Duration.zero

  private static let words = ["and", "so", "it", "goes", "on", "with", "more", "of", "the", "same"]

  /// A made-up text that is long enough for all the pieces.
  func lengthened(_ text: String) -> String {
    guard let pieces else { return text }
    var text = text
    var count = text.utf8.split(separator: UInt8(ascii: " ")).count
    while count < pieces {
      text += " \(Self.words[count % Self.words.count])"
      count += 1
    }
    return text
  }

  /// Where the text is cut, as ends in its UTF-8, the last one its end. Never within a scalar, for a piece
  /// is a string of JSON; else where it falls.
  func ends(of text: String) -> [Int] {
    let bytes = Array(text.utf8)
    if bytes.isEmpty { return [] }
    var ends: [Int] = []
    var end = 0
    while end < bytes.count {
      end = min(bytes.count, max(end + 1, next(after: ends.count, of: bytes.count)))
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      ends.append(end)
    }
    return ends
  }

  /// Tokens are of two to six bytes here.
  private func next(after count: Int, of length: Int) -> Int {
    guard let pieces else { return (count / 5) * 20 + [4, 7, 13, 15, 20][count % 5] }
    return length * (count + 1) / max(1, pieces)
  }
}
