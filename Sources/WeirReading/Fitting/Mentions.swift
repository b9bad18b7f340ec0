/// The parts of an answer in prose that may be the answer itself: what is in bold or in quotes, what
/// follows a colon, what follows "is" up to the end of its sentence, the last line.
///
/// What stands behind a word that says no, or that it may be so, is left out: `not **positive**` does not mean
/// positive.
struct Mentions: Sequence {
  private let text: String
  /// Longer parts are no answers.
  private static let longestPart = 200
  /// The answer stands near an end of the text: of a longer one only its ends are looked at, this many
  /// bytes each.
  private static let longestEnd = 4_000

  init(in text: String) { self.text = text }

  func makeIterator() -> some IteratorProtocol<String> {
    var found: [String] = []
    let lines = ends.flatMap { $0.split(whereSeparator: \.isNewline) }
    for line in lines {
      for sentence in line.sentences {
        let no = sentence.firstNo ?? sentence.endIndex
        for part in parts(of: sentence) where part.startIndex <= no { found.append(bare(part)) }
      }
    }
    if lines.count > 1, let last = lines.last { found.append(bare(last)) }
    return found.filter { !$0.isEmpty && $0.utf8.count <= Self.longestPart }.makeIterator()
  }

  private var ends: [Substring] {
    guard text.utf8.count > 2 * Self.longestEnd else { return [text[...]] }
    let head = text.utf8.index(text.startIndex, offsetBy: Self.longestEnd)
    let tail = text.utf8.index(text.endIndex, offsetBy: -Self.longestEnd)
    return [text[..<head.roundedDown(in: text)], text[tail.roundedDown(in: text)...]]
  }

  private func parts(of sentence: Substring) -> [Substring] {
    var parts = sentence.quoted
    if let colon = sentence.lastIndex(where: { $0 == ":" || $0 == "：" }) {
      parts.append(sentence[sentence.index(after: colon)...])
    }
    if let behind = sentence.behindIs { parts.append(behind) }
    return parts
  }

  /// Without the blanks, marks and full stop around it.
  private func bare(_ part: Substring) -> String {
    var part = part
    while let first = part.first, first.isWhitespace || "*_`\"'“”‘’«»„#>".contains(first) {
      part.removeFirst()
    }
    while let last = part.last, last.isWhitespace || "*_`\"'“”‘’«».!。！".contains(last) { part.removeLast() }
    return String(part)
  }
}

extension String.Index {
  fileprivate func roundedDown(in text: String) -> String.Index {
    var place = self
    while place.samePosition(in: text.unicodeScalars) == nil, place > text.startIndex {
      place = text.utf8.index(before: place)
    }
    return place
  }
}

extension Substring {
  /// Parted at full stops before a blank, and the like.
  fileprivate var sentences: [Substring] {
    var found: [Substring] = []
    var start = startIndex
    var place = startIndex
    while place < endIndex {
      let next = index(after: place)
      let isEnd =
        "。！？".contains(self[place])
        || (".!?".contains(self[place]) && (next == endIndex || self[next].isWhitespace))
      if isEnd {
        found.append(self[start..<next])
        start = next
      }
      place = next
    }
    if start < endIndex { found.append(self[start...]) }
    return found
  }

  /// Where the first word that says no stands.
  fileprivate var firstNo: Index? {
    let signs = NoWords.signs.compactMap { firstRange(of: $0)?.lowerBound }
    let words = split { !$0.isLetter && $0 != "'" }
    let word = words.first { NoWords.all.contains($0.lowercased()) }?.startIndex
    return (signs + [word].compactMap(\.self)).min()
  }

  /// What stands in bold, in back-ticks or in double quotes.
  fileprivate var quoted: [Substring] {
    var found: [Substring] = []
    for (open, close) in Quotes.pairs {
      var rest = self
      while let start = rest.firstRange(of: open) {
        let inside = rest[start.upperBound...]
        guard let end = inside.firstRange(of: close) else { break }
        found.append(inside[..<end.lowerBound])
        rest = inside[end.upperBound...]
      }
    }
    return found
  }

  /// What stands behind the last word that says what something is.
  fileprivate var behindIs: Substring? {
    var found: Substring?
    var place = startIndex
    while place < endIndex {
      guard self[place].isLetter else {
        place = index(after: place)
        continue
      }
      let end = self[place...].firstIndex { !$0.isLetter } ?? endIndex
      if IsWords.all.contains(self[place..<end].lowercased()) { found = self[end...] }
      place = end
    }
    if found == nil, let equals = lastIndex(of: "=") { found = self[index(after: equals)...] }
    return found
  }
}

private enum Quotes {
  static let pairs = [
    ("**", "**"), ("`", "`"), ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("\\boxed{", "}"),
  ]
}

private enum NoWords {
  /// Parts of words, and words of scripts that leave no blanks between them.
  static let signs = ["n't", "n’t", "不", "没", "ない", "非", "아니"]

  static let all: Set<String> = [
    "if", "unless", "whether", "could", "might", "may", "claims", "claim", "claimed",
    "says",
    "pretends", "seems", "used", "nothing", "nobody", "yet", "failing", "wenn", "falls", "ob", "wäre",
    "würde",
    "si", "serait", "sería", "se", "если",
    "doubt", "doubts", "doubtful", "unlikely", "wrong", "false", "incorrect", "untrue",
    "not", "no", "never", "neither", "nor", "cannot", "without", "hardly", "instead", "rather", "unlike",
    "nicht", "kein", "keine", "keinen", "nie", "weder", "ne", "pas", "jamais", "ni", "aucun", "nunca",
    "ningún",
    "não", "nem", "non", "mai", "né", "не", "нет", "ни", "nie", "ani", "není", "nejsou", "niet", "geen",
    "inte",
    "ikke", "değil", "ليس", "لا", "नहीं",
  ]
}

private enum IsWords {
  static let all: Set<String> = [
    "is", "are", "ist", "sind", "est", "sont", "es", "son", "é", "são", "è", "sono", "это",
    "jest",
    "je", "jsou", "zijn", "är", "er", "equals",
  ]
}
