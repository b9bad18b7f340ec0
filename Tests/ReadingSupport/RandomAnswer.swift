package import WeirSyntaxSupport
package import WeirValues

/// A type made up from a seed, and a value of it, as an answer could have them.
///
/// Each name of a field is there once in a type, so that a record is never taken for one inside it.
package struct RandomAnswer {
  package private(set) var random: Random
  package let type: ValueType
  package let value: Value

  package init(seed: UInt64) {
    var maker = Maker(random: Random(seed: seed))
    type = maker.answerType()
    value = maker.value(of: type)
    random = maker.random
  }

  /// Another value of the type; it may be the same.
  package mutating func another() -> Value {
    var maker = Maker(random: random)
    defer { random = maker.random }
    return maker.value(of: type)
  }

  private struct Maker {
    var random: Random
    private var names = [
      "name", "first_name", "total_amount", "is_paid", "tags", "city", "line_items", "created_at", "score",
      "summary", "mail_address", "zip_code", "parent", "details", "mood", "kind_of_work", "unit_price",
      "quantity", "language", "remarks", "page_count", "author", "rating", "due_date", "steps", "category",
      "width", "height", "sender", "subject", "priority", "owner", "license", "version_text", "start",
    ]

    init(random: Random) { self.random = random }

    mutating func answerType() -> ValueType {
      switch random.below(10) {
      case 0: scalar()
      case 1, 2: .list(listed(depth: 2))
      default: record(depth: 3, fewest: 1)
      }
    }

    private mutating func member(depth: Int) -> ValueType {
      switch random.below(depth > 0 ? 12 : 7) {
      case 0, 1, 2: .string
      case 3, 4, 5, 6: scalar()
      case 7: .list(listed(depth: depth - 1))
      case 8: .dictionary(scalar())
      case 9: record(depth: depth - 1, fewest: 2).optional
      case 10: kinds()
      default: record(depth: depth - 1, fewest: 2)
      }
    }

    /// What a list holds: no list, as one value for a list could be meant for either.
    private mutating func listed(depth: Int) -> ValueType {
      switch random.below(4) {
      case 0: .string
      case 1: record(depth: depth, fewest: 2)
      default: scalar()
      }
    }

    private mutating func scalar() -> ValueType {
      switch random.below(4) {
      case 0: .int
      case 1: .number
      case 2: .bool
      default: .union(Self.labels[random.below(Self.labels.count)].map { .text($0) })
      }
    }

    static let labels = [
      ["calm", "tense"], ["todo", "in_progress", "done"], ["positive", "negative", "neutral"],
      ["very good", "fair", "poor"], ["red", "green", "blue", "dark blue"], ["north-east", "south-west"],
    ]

    private mutating func record(depth: Int, fewest: Int) -> ValueType {
      let count = min(names.count, fewest + random.below(5))
      return .record(
        (0..<count).map { _ in
          let type = member(depth: depth)
          return RecordField(takeName(), random.chance(1, in: 4) ? type.optional : type)
        })
    }

    /// Two kinds of record, told apart by a label.
    private mutating func kinds() -> ValueType {
      guard names.count >= 4 else { return .string }
      let kind = takeName()
      return .union(
        ["round", "square"].map {
          .record([
            RecordField(kind, .text($0)), RecordField(takeName(), random.chance(1, in: 2) ? .int : .string),
          ])
        })
    }

    private mutating func takeName() -> String {
      names.isEmpty ? "field_\(random.below(1_000_000))" : names.remove(at: random.below(names.count))
    }

    mutating func value(of type: ValueType) -> Value {
      switch type {
      case .int: .int(int())
      case .number: .number(Number(Double(int()) / random.pick([1, 2, 4, 10, 100])))
      case .bool: .bool(random.chance(1, in: 2))
      case .text(let text): .string(text)
      case .list(let element, _): .list((0..<random.below(4)).map { _ in value(of: element) })
      case .dictionary(let element, _):
        .record(
          Record(
            (0..<random.below(4)).map { Record.Field(["de", "fr", "Jp one"][$0 % 3], value(of: element)) }))
      case .record(let fields): .record(Record(fields.map { Record.Field($0.name, value(of: $0.type)) }))
      case .union(let members): value(of: random.pick(members))
      case .null: .null
      case .string, .image, .file, .secret, .json, .constant, .named, .error: .string(text())
      }
    }

    private mutating func int() -> Int {
      random.pick([
        0, 1, 7, -3, random.below(100), random.below(10_000), random.below(10_000_000), -random.below(5_000),
      ])
    }

    private mutating func text() -> String {
      random.chance(1, in: 3)
        ? random.pick(Self.oddTexts)
        : (0...random.below(6)).map { _ in random.pick(Self.words) }.joined(separator: " ")
    }

    private static let words = [
      "the", "harbour", "at", "dusk", "Ada", "Lovelace", "stones", "light", "warm", "naïve", "Köln", "日本",
      "да",
    ]
    private static let oddTexts = [
      "5", "true", "red, green", "it's", "say \"hello\" twice", "first\nsecond", "👩‍👧 e\u{301}", "{x}",
      "[1] says",
      "https://example.com/a", "a: b", "C:\\Documents", "50% of 3,5", "2024-05-01", "tab\there",
      "a \u{2028} b", "#1",
      "**bold**", "(a) and (b)", "O'Neil's", "…", "x = {y: [1, 2]}",
    ]
  }
}
