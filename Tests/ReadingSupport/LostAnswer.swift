import WeirSyntaxSupport
package import WeirValues

/// A random value of a random type, written so that it cannot be told any more.
package struct LostAnswer {
  package let type: ValueType
  package let value: Value
  package let loss: Loss
  package let text: String

  /// Nil where the value has no place that can bear the loss that was chosen.
  package init?(seed: UInt64) {
    var answer = RandomAnswer(seed: seed)
    var random = Random(seed: seed ^ 0x5EED)
    (type, value) = (answer.type, answer.value)
    loss = random.pick(Loss.allCases)
    let damages = Set((0..<random.below(3)).map { _ in random.pick(Self.harmless) })
    guard let text = Self.text(of: &answer, loss, damages, &random) else { return nil }
    self.text = text
  }

  private static let harmless: [Damage] = [
    .singleQuotes, .bareNames, .wordsOfPython, .camelCase, .otherOrder,
  ]

  private static func text(
    of answer: inout RandomAnswer, _ loss: Loss, _ damages: Set<Damage>, _ random: inout Random
  ) -> String? {
    // Of two answers neither is to be the better written one.
    var writer = AnswerWriter(loss == .otherAnswer ? [] : damages, loss: loss, random)
    let whole = writer.write(answer.value, answer.type)
    switch loss {
    case .refusal: return answer.type.isRecord ? "I'm sorry, but I can't help with that." : nil
    case .otherAnswer:
      let other = answer.another()
      guard answer.type.isRecord, other != answer.value else { return nil }
      return "First: \(whole)\n\nOr rather: \(writer.write(other, answer.type))"
    case .cutAnywhere:
      guard answer.type.isRecord else { return nil }
      return String(whole.unicodeScalars.prefix(random.below(whole.unicodeScalars.count)))
    case .requiredField, .requiredNull, .wordyNumber, .changedNumber, .vagueBool, .unknownLabel,
      .negatedLabel,
      .cutString, .textForRecord:
      guard writer.places > 0 else { return nil }
      var losing = AnswerWriter(damages, loss: loss, at: random.below(writer.places), random)
      return losing.write(answer.value, answer.type)
    }
  }

  /// Whether the value may still be read: it is the one that was meant. What is cut off may lack optionals,
  /// which are not required to be there.
  package func allows(_ read: Value) -> Bool {
    switch loss {
    case .cutAnywhere, .cutString: Self.isPart(read, of: value)
    case .requiredField, .requiredNull, .wordyNumber, .changedNumber, .vagueBool, .unknownLabel,
      .negatedLabel,
      .otherAnswer, .textForRecord, .refusal:
      read == value
    }
  }

  private static func isPart(_ read: Value, of whole: Value) -> Bool {
    switch (read, whole) {
    case (.null, _): true
    case (.list(let read), .list(let whole)):
      read.count == whole.count && zip(read, whole).allSatisfy(isPart)
    case (.record(let read), .record(let whole)):
      read.count == whole.count
        && read.fields.allSatisfy { field in whole[field.name].map { isPart(field.value, of: $0) } ?? false }
    default: read == whole
    }
  }

  /// For the message of a test that fails.
  package var story: String {
    "\(loss.rawValue): \(TypeTable().describe(type))\n\(text)\nmeant: \(value.json())"
  }
}
