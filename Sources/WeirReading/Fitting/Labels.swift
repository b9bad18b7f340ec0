/// The texts that an enumeration allows, and which of them a text means.
struct Labels {
  private let all: [String]
  private let forms: [(form: NormalForm, label: Int)]
  /// Of the normal forms, in bytes.
  private let longest: Int

  init(_ labels: [String]) {
    all = labels
    forms = labels.indices.map { (NormalForm(labels[$0]), $0) }
    longest = forms.lazy.map { $0.form.text.utf8.count }.max() ?? 0
  }

  enum Match: Equatable {
    case label(String, Reading.Change.Kind?)
    /// Two that are meant as much.
    case ambiguous(String, String)
  }

  /// The label that the text is: exactly, but for case, but for punctuation and accents; or with which it
  /// begins, before an explanation, where that is allowed.
  func match(_ text: String, mayExplain: Bool) -> Match? {
    if all.contains(text) { return .label(text, nil) }
    if let match = alone(all.filter { Self.sameLetters($0, text) }, .otherCase) { return match }
    if text.isDoubtful, !all.contains(where: \.isDoubtful) { return nil }
    // Far longer than any label, it is none, however much is left out.
    if text.utf8.count <= 4 * longest + 64 {
      let form = NormalForm(text)
      if !form.isEmpty, let match = labels(of: form, .otherPunctuation) { return match }
    }
    return mayExplain ? beginning(of: text) : nil
  }

  private static func sameLetters(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
  }

  private func labels(of form: NormalForm, _ kind: Reading.Change.Kind) -> Match? {
    alone(forms.filter { $0.form == form }.map { all[$0.label] }, kind)
  }

  private func alone(_ found: [String], _ kind: Reading.Change.Kind) -> Match? {
    guard let first = found.first else { return nil }
    return found.count == 1 ? .label(first, kind) : .ambiguous(first, found[1])
  }

  // MARK: Explanations

  /// The longest label with which a text begins, where a sign of punctuation or a line's end is behind it.
  private func beginning(of text: String) -> Match? {
    var found: Match?
    for clause in text.clauses(upTo: longest) {
      let form = NormalForm(clause)
      guard !form.isEmpty, let match = labels(of: form, .explained) else { continue }
      found = mentionsOther(than: match, text[clause.endIndex...]) ? nil : match
    }
    return found
  }

  /// Whether what follows names another label, or says how likely the first one is: then it may be no
  /// explanation.
  private func mentionsOther(than match: Match, _ rest: Substring) -> Bool {
    guard case .label(let label, _) = match else { return false }
    let words = rest.prefix(Self.longestExplanation).split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    if rest.first == ":", words.first?.first?.isNumber == true { return true }
    let others = Set(forms.lazy.filter { self.all[$0.label] != label }.map(\.form.text))
    return words.contains { others.contains(NormalForm($0).text) }
  }

  /// In characters; what is behind them does not take back what was said.
  private static let longestExplanation = 2_000
}

extension String {
  /// The beginnings of a text up to a sign of punctuation or a line's end, the shortest first, while they
  /// have no more bytes than three times `longest` (what a normal form leaves away counts too).
  func clauses(upTo longest: Int) -> [Substring] {
    var clauses: [Substring] = []
    let scalars = unicodeScalars
    var place = scalars.startIndex
    let greatest = 3 * longest + 12
    var bytes = 0
    while place < scalars.endIndex, bytes <= greatest {
      let scalar = scalars[place]
      if scalar == "?" || scalar == "？" || scalar == "؟" { break }
      if scalar.endsClause || (scalar == "-" && isBetweenBlanks(place)) {
        clauses.append(self[startIndex..<place])
      }
      bytes += UTF8.width(scalar)
      place = scalars.index(after: place)
    }
    return clauses
  }

  private func isBetweenBlanks(_ place: Index) -> Bool {
    let scalars = unicodeScalars
    let next = scalars.index(after: place)
    return place > startIndex && scalars[scalars.index(before: place)] == " " && next < endIndex
      && scalars[next] == " "
  }
}

extension Unicode.Scalar {
  /// Whether what stands before it may stand alone.
  fileprivate var endsClause: Bool {
    switch self {
    case ".", ",", ":", ";", "!", "?", "(", "\n", "\r", "–", "—", "。", "，", "、", "：", "；", "！", "？", "（", "،",
      "؛", "؟", "…",
      // A line end that is written as an escape.
      "\\":
      true
    default: false
    }
  }
}

extension String {
  /// Whether it asks rather than says.
  fileprivate var isDoubtful: Bool { unicodeScalars.last.map { $0 == "?" || $0 == "？" } ?? false }
}
