/// About how many tokens a text has, the same for every model.
///
/// Counted in quarters of a token, so that the parts of a text add up to the whole: a scalar below
/// U+0080 is one quarter, one below U+3000 two, any other four. It asks no tokenizer: the true
/// count is seldom off by more than a third for prose, more for numbers and rare scripts.
package enum TokenEstimate {
  static let quarters = 4

  package static func tokens(in text: String) -> Int {
    var sum = 0
    for byte in text.utf8 { sum += quarters(of: byte) }
    return (sum + quarters - 1) / quarters
  }

  /// The first byte of a scalar stands for all of it; the others are nothing.
  static func quarters(of byte: UInt8) -> Int {
    switch byte {
    case ..<0x80: 1
    case ..<0xC0: 0
    case ..<0xE3: 2
    default: 4
    }
  }
}
