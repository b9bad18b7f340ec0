package import WeirValues

/// One reason why a value cannot be taken: it is not of its type, or a `where` does not hold.
package enum Misfit: Sendable, Hashable {
  case type(Mismatch)
  case condition(UnmetCondition)
  /// An `ensure` that does not hold, in the words that its author has for it.
  case ensure(String)

  package struct UnmetCondition: Sendable, Hashable {
    package let path: ValuePath
    /// The beginning of the value, as JSON.
    package let value: String
    /// As the author wrote it.
    package let condition: String
    /// Why it cannot even be told whether the condition holds.
    package let failure: String?
  }

  package var path: ValuePath {
    switch self {
    case .type(let mismatch): mismatch.path
    case .condition(let unmet): unmet.path
    case .ensure: ValuePath()
    }
  }

  /// Lower case, without a full stop. `whole` is what the whole value is called.
  package func message(whole: String) -> String {
    switch self {
    case .type(let mismatch): return mismatch.message(whole: whole)
    case .ensure(let reason): return reason
    case .condition(let unmet):
      let words =
        "\(unmet.path.phrase(whole: whole)) must meet `where \(unmet.condition)`, found \(unmet.value)"
      return unmet.failure.map { "\(words): \($0)" } ?? words
    }
  }
}

/// Everything that keeps a value from being taken.
package struct Misfits: Error, Sendable, Hashable {
  /// At least one.
  package let all: [Misfit]
  /// The value where it is of its type, and only conditions do not hold.
  let value: Value?

  init(all: [Misfit], value: Value? = nil) {
    self.all = all
    self.value = value
  }

  /// As `message(whole:)`, and where parts are wrong, with what they are parts of: "in input `tags`,
  /// `[0]` must be `string`".
  func message(in whole: String) -> String {
    let isAboutParts = all.contains { !$0.path.isEmpty }
    return (isAboutParts ? "in \(whole), " : "") + message(whole: whole)
  }

  /// The first few in one line, the others counted.
  package func message(whole: String) -> String {
    let shown = all.prefix(3).map { $0.message(whole: whole) }.joined(separator: "; ")
    return all.count > 3 ? "\(shown); and \(all.count - 3) more" : shown
  }
}

extension String {
  /// The beginning on one line, with `…` where there is more.
  func cut(to length: Int) -> String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(length) { text.append(scalar.value < 0x20 ? " " : scalar) }
    return unicodeScalars.dropFirst(length).isEmpty ? String(text) : String(text) + "…"
  }
}

extension Value {
  /// The value for a message: the beginning of its JSON.
  var excerpt: String {
    if !isJSON { return noun }
    return json().cut(to: 80)
  }
}
