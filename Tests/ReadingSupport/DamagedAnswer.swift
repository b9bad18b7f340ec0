import WeirSyntaxSupport
package import WeirValues

/// A random value of a random type, written with damage that leaves its meaning.
package struct DamagedAnswer {
  package let type: ValueType
  package let value: Value
  package let damages: Set<Damage>
  package let text: String

  package init(seed: UInt64) {
    let answer = RandomAnswer(seed: seed)
    var random = answer.random
    (type, value) = (answer.type, answer.value)
    let possible = Damage.allCases.filter { $0.canBefall(answer.type, answer.value) }
    var chosen: Set<Damage> = []
    for _ in 0...random.below(3) {
      let damage = random.pick(possible)
      if chosen.allSatisfy({ $0.goes(with: damage) }) { chosen.insert(damage) }
    }
    damages = chosen
    var writer = AnswerWriter(chosen, random)
    text = Damage.around(writer.write(answer.value, answer.type), chosen, &random)
  }

  /// For the message of a test that fails.
  package var story: String {
    """
    \(damages.map(\.rawValue).sorted().joined(separator: ", ")): \(TypeTable().describe(type))
    \(text)
    means: \(value.json())
    """
  }
}

extension Damage {
  /// Whether the damage leaves the meaning of such a value.
  func canBefall(_ type: ValueType, _ value: Value) -> Bool {
    switch self {
    // A value that is a word or a number has nothing that sets it apart from prose.
    case .prose, .openFence, .twice: value.record != nil && type.isRecord
    case .missingBrace, .surplusBrace, .extraFields, .bareNames: type.isRecord
    case .inString, .longFence: type.isRecord || value.list != nil
    case .fence, .thinking, .byteOrderMark, .tokenAtEnd, .singleQuotes, .curlyQuotes, .surplusCommas,
      .missingCommas, .comments, .wordsOfPython, .rawLineEnds, .escapedUnderscores, .leadingPlus,
      .hexadecimal,
      .numberTexts, .groupedNumbers, .currency, .truthWords, .loudLabels, .explainedLabels, .camelCase,
      .capitals,
      .absentOptionals, .oneForList, .listOfOne, .otherOrder:
      true
    }
  }

  /// Whether both together leave the meaning.
  func goes(with other: Damage) -> Bool {
    let together: Set<Damage> = [self, other]
    let apart: [Set<Damage>] = [
      // What is left open is all that comes behind it.
      [.openFence, .prose], [.openFence, .tokenAtEnd], [.openFence, .twice], [.missingBrace, .twice],
      [.missingBrace, .prose], [.missingBrace, .surplusCommas], [.missingBrace, .absentOptionals],
      [.missingBrace, .tokenAtEnd],
      [.missingBrace, .surplusBrace],
      [.missingBrace, .inString], [.missingBrace, .openFence], [.missingBrace, .thinking],
      // A string within a string holds to the rules of both.
      [.inString, .singleQuotes], [.inString, .curlyQuotes], [.inString, .rawLineEnds],
      [.inString, .comments],
      [.inString, .escapedUnderscores], [.inString, .surplusBrace], [.inString, .twice],
      // A comment that ends with its line takes along what follows on it.
      [.comments, .missingCommas],
      // Where the element of a list is a record, a list of one and one for a list undo each other.
      [.oneForList, .listOfOne],
    ]
    return !apart.contains(together)
  }

  /// Puts around a text what stands around it.
  static func around(_ text: String, _ damages: Set<Damage>, _ random: inout Random) -> String {
    var text = text
    if damages.contains(.missingBrace), let last = text.last, last == "}" {
      let rest = text.dropLast().reversed().drop { $0 == " " || $0 == "\n" }
      // A number at the very end might go on.
      if rest.first.map({ !$0.isNumber && !$0.isLetter }) == true { text = String(rest.reversed()) }
    }
    if damages.contains(.surplusBrace) { text += "}" }
    if damages.contains(.inString) { text = Value.string(text).json() }
    if damages.contains(.twice) { text = "\(text)\n\n\(text)" }
    if damages.contains(.fence) { text = "```json\n\(text)\n```" }
    if damages.contains(.longFence) { text = "````\n\(text)\n````" }
    if damages.contains(.openFence), !damages.contains(.fence), !damages.contains(.longFence) {
      text = "```json\n\(text)"
    }
    if damages.contains(.prose) {
      text = "Here is what you asked for:\n\n\(text)\n\nLet me know if it helps!"
    }
    if damages.contains(.tokenAtEnd) { text += "<|im_end|>" }
    if damages.contains(.thinking) { text = "<think>\nWhat is asked {here}?\n</think>\n\(text)" }
    if damages.contains(.byteOrderMark) { text = "\u{FEFF}" + text }
    return text
  }
}

extension ValueType {
  var isRecord: Bool { if case .record = self { true } else { false } }
}
