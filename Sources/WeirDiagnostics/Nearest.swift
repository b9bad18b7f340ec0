/// The name that was most likely meant by another.
package struct Guess: Sendable {
  package let name: String
  /// Whether no other name was near and the difference can only be a slip, so that it may be put in the other's
  /// place unread.
  package let isOnly: Bool

  package init(_ name: String, isOnly: Bool) {
    self.name = name
    self.isOnly = isOnly
  }

  /// For the help of a diagnostic.
  package var question: String { "did you mean `\(name)`?" }

  /// The mend of what stands at a place.
  package func edits(at span: Span) -> [Diagnostic.Edit] {
    isOnly && span.start < span.end ? [Diagnostic.Edit(span, name)] : []
  }
}

extension Sequence<String> {
  /// The name that was most likely meant by `name`: the nearest by edit distance, when it is near
  /// enough to be a slip of the keyboard and no other is as near.
  package func nearest(to name: String) -> String? { guess(for: name)?.name }

  /// The same, with whether any other name is near enough as well.
  package func guess(for name: String) -> Guess? {
    let limit = Swift.max(1, name.utf8.count / 3)
    let wanted = Array(name.lowercased().utf8)
    var best: (name: String, distance: Int)?
    var isTied = false
    var isOnly = true
    // Most names are told apart by their lengths alone.
    for candidate in self
    where abs(candidate.utf8.count - wanted.count) <= limit && candidate != name && candidate != best?.name {
      guard let distance = editDistance(Array(candidate.lowercased().utf8), wanted, atMost: limit) else {
        continue
      }
      isOnly = best == nil
      guard distance <= best?.distance ?? limit else { continue }
      isTied = distance == best?.distance
      if !isTied { best = (candidate, distance) }
    }
    return isTied ? nil : best.map { Guess($0.name, isOnly: isOnly && name.isSurelySlip(of: $0.name)) }
  }
}

extension Sequence<String> {
  /// The name of a file that was most likely meant by another of the same ending: the nearest without it, or else
  /// the only one of which the words before some `-` are near, as `caption` is of `caption-to-post.flow`. Last the
  /// nearest of another ending.
  package func nearestFile(to name: String) -> String? {
    let (stem, ending) = name.partedEnding
    let others = filter { $0 != name && $0.partedEnding.ending == ending }
    let whole = others.map(\.partedEnding.stem).nearest(to: stem)
    if let whole { return whole + ending }
    let words = stem.utf8.count { $0 == UInt8(ascii: "-") } + 1
    let beginnings = others.map { other in
      (name: other, start: other.partedEnding.stem.split(separator: "-").prefix(words).joined(separator: "-"))
    }
    let starts = Set(beginnings.map(\.start))
    if let start = starts.contains(stem) ? stem : starts.nearest(to: stem) {
      let found = beginnings.filter { $0.start == start }
      return found.count == 1 ? found.first?.name : nil
    }
    return filter { $0.partedEnding.ending != ending }.nearest(to: name)
  }
}

extension String {
  /// Whether it can hardly be meant as a name of its own. To a name of one or two letters every other is near;
  /// `text2` is not `text1`, `top_k` not `top_p`, and `last_name` not `first_name`.
  fileprivate func isSurelySlip(of name: String) -> Bool {
    let (own, other) = (Array(lowercased().utf8), Array(name.lowercased().utf8))
    let isDigit = { (0x30...0x39).contains($0) } as (UInt8) -> Bool
    guard own.count > 2, own.filter(isDigit) == other.filter(isDigit),
      editDistance(other, own, atMost: Swift.max(1, own.count / 5)) != nil
    else { return false }
    // Another letter in a short word makes another word; one too many, too few or in the wrong place hardly does.
    let hasOtherLetters = own.count == other.count && own.sorted() != other.sorted()
    return own.count > 5 || !hasOtherLetters
  }

  /// `caption` and `.flow`; all of it where there is no ending.
  fileprivate var partedEnding: (stem: String, ending: String) {
    guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")), dot > startIndex else { return (self, "") }
    return (String(self[..<dot]), String(self[dot...]))
  }
}

/// Insertions, deletions, substitutions and swaps of neighbours that part two words, or nil when
/// there are more than `limit`.
private func editDistance(_ a: [UInt8], _ b: [UInt8], atMost limit: Int) -> Int? {
  guard abs(a.count - b.count) <= limit else { return nil }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = Swift.min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = Swift.min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    if row.min()! > limit { return nil }
    beforeLast = last
    last = row
  }
  return last[b.count] <= limit ? last[b.count] : nil
}
