import WeirSyntaxSupport

/// Spoils a text as people, editors and bad discs do.
struct Mutator {
  /// What the language is made of, put in at any place.
  private static let pieces: [[UInt8]] =
    [
      "\"", "\"\"\"", "{{", "}}", "{{{", "\\{{", "\\\"\"\"", "{{# ", "{{ if ", "{{ for x in ", "{{ else }}",
      "{{ end }}", "{", "}",
      "[", "]", "(", ")", ",", ":", "=", "|", ".", "?.", "?", "->", "...", "??", "+", "-", "*", "==", "\n",
      "\r\n", "\r", "\n\n",
      "#", "\\", "\\u{", "$", "30s", "and ", "not ", "if ", "then ", "else ", "for ", "in ", "where ", "it",
      "null", "input ",
      "type ", "let ", "step ", "output ", "defaults ", "models ", "provider ", "about ", "test ", "use ",
      "\u{FEFF}", "日本", "“", "é",
      "\u{0}", "\t", "    ", "99999999999999999999999999", "_",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80], [0xED, 0xA0, 0x80]]

  var random: Random

  mutating func spoil(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + random.below(6) { bytes = spoilOnce(bytes, other) }
    return bytes
  }

  private mutating func spoilOnce(_ bytes: [UInt8], _ other: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let place = random.below(bytes.count + 1)
    let end = min(bytes.count, place + 1 + random.below(random.chance(1, in: 4) ? 200 : 8))
    switch random.below(9) {
    case 0: bytes.removeSubrange(place..<end)
    case 1: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
    case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
    case 3: bytes.removeSubrange(place...)
    case 4:
      let from = random.below(other.count + 1)
      bytes.insert(contentsOf: other[from..<min(other.count, from + random.below(100))], at: place)
    case 5: bytes.insert(contentsOf: repeated(random.pick(Self.pieces), 1 + random.below(300)), at: place)
    case 6: bytes = removeLine(bytes, at: place)
    default: bytes.insert(contentsOf: random.pick(Self.pieces), at: place)
    }
    return bytes
  }

  private func removeLine(_ bytes: [UInt8], at place: Int) -> [UInt8] {
    let start = bytes[..<place].lastIndex(of: 0x0A) ?? 0
    let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
    return Array(bytes[..<start] + bytes[end...])
  }

  func repeated(_ piece: [UInt8], _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(piece.count * count)
    for _ in 0..<count { bytes += piece }
    return bytes
  }

  /// A few pieces in a row, to be repeated until they show how time grows.
  mutating func unit(from bytes: [UInt8]) -> [UInt8] {
    var unit: [UInt8] = []
    for _ in 0..<1 + random.below(4) {
      if random.chance(1, in: 3), !bytes.isEmpty {
        let place = random.below(bytes.count)
        unit += bytes[place..<min(bytes.count, place + 1 + random.below(40))]
      } else {
        unit += random.pick(Self.pieces)
      }
    }
    return unit
  }
}
