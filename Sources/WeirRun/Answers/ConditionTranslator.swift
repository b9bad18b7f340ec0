import WeirProgram
import WeirValues

/// Finds the keywords of JSON Schema that say what a `where` says.
///
/// It knows bounds of numbers and counts (`it >= 0`, `it.count in 1...5`), enumerations
/// (`it in labels`, `it == "a"`) and patterns (`it.matches("…")`), and `and` of these. The other
/// side must have a value by now.
struct ConditionTranslator {
  /// What kind of value the condition is about.
  enum Subject {
    case string, integer, number, list, dictionary, other
  }

  private let evaluator: Evaluator
  private let subject: Subject

  /// What OpenAI's structured outputs allow in one schema.
  private static let longestEnumeration = 1_000

  init(_ evaluator: Evaluator, _ subject: Subject) {
    self.evaluator = evaluator
    self.subject = subject
  }

  /// Adds the keywords, and says whether they say all of the condition. What can be said is added
  /// even when the rest cannot.
  func add(_ condition: Expression, to schema: inout Record) -> Bool {
    switch condition.kind {
    case .binary(.and, let left, let right):
      let isLeftSaid = add(left, to: &schema)
      return add(right, to: &schema) && isLeftSaid
    case .binary(let sign, let left, let right):
      return addComparison(sign, left, right, to: &schema)
    case .call(let call): return addPattern(call, to: &schema)
    case .constant, .value, .local, .template, .list, .record, .comprehension, .field, .element, .negate,
      .not, .conditional, .file, .environment, .trusted:
      return false
    }
  }

  // MARK: Comparisons

  private func addComparison(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression, to schema: inout Record
  ) -> Bool {
    if left.isIt { return addComparison(ofItWith: right, sign, to: &schema) }
    if let count = countKeywords, left.isCountOfIt { return addBounds(sign, right, count, to: &schema) }
    guard right.isIt || right.isCountOfIt, let mirrored = sign.mirrored else { return false }
    return addComparison(mirrored, right, left, to: &schema)
  }

  private func addComparison(
    ofItWith other: Expression, _ sign: BinaryOperator, to schema: inout Record
  ) -> Bool {
    if subject == .string, sign == .notEqual, value(of: other) == .string("") {
      return tighten("minLength", Number(1), in: &schema)
    }
    guard subject == .string || isNumeric else { return false }
    if isNumeric, addBounds(sign, other, Self.numberKeywords, to: &schema) { return true }
    switch sign {
    case .equal: return value(of: other).map { restrict(to: [$0], in: &schema) } ?? false
    case .in: return value(of: other)?.list.map { restrict(to: $0, in: &schema) } ?? false
    default: return false
    }
  }

  private var isNumeric: Bool { subject == .integer || subject == .number }

  // MARK: Bounds

  private struct BoundKeywords {
    let minimum: String
    let maximum: String
    var isCount = true
  }

  private static let numberKeywords = BoundKeywords(minimum: "minimum", maximum: "maximum", isCount: false)

  private var countKeywords: BoundKeywords? {
    switch subject {
    case .string: BoundKeywords(minimum: "minLength", maximum: "maxLength")
    case .list: BoundKeywords(minimum: "minItems", maximum: "maxItems")
    case .dictionary: BoundKeywords(minimum: "minProperties", maximum: "maxProperties")
    case .integer, .number, .other: nil
    }
  }

  private func addBounds(
    _ sign: BinaryOperator, _ bound: Expression, _ keywords: BoundKeywords, to schema: inout Record
  ) -> Bool {
    if sign == .in {
      guard case .binary(.range, let low, let high) = bound.kind else { return false }
      let isLowSaid = addBounds(.greaterOrEqual, low, keywords, to: &schema)
      return addBounds(.lessOrEqual, high, keywords, to: &schema) && isLowSaid
    }
    guard let number = value(of: bound)?.number else { return false }
    if keywords.isCount || subject == .integer, let whole = number.int {
      return addWholeBounds(sign, whole, keywords, to: &schema)
    }
    guard !keywords.isCount else { return false }
    switch sign {
    case .greaterOrEqual: return tighten("minimum", number, in: &schema)
    case .lessOrEqual: return tighten("maximum", number, in: &schema)
    case .greater: return tighten("exclusiveMinimum", number, in: &schema)
    case .less: return tighten("exclusiveMaximum", number, in: &schema)
    default: return false
    }
  }

  /// Between whole numbers `< 5` is `<= 4`, which more endpoints understand.
  private func addWholeBounds(
    _ sign: BinaryOperator, _ bound: Int, _ keywords: BoundKeywords, to schema: inout Record
  ) -> Bool {
    func add(_ keyword: String, _ number: Int) -> Bool {
      // A count has no negative bounds in JSON Schema; one from below says nothing.
      if keywords.isCount, number < 0 { return keyword == keywords.minimum }
      return tighten(keyword, Number(number), in: &schema)
    }
    switch sign {
    case .greaterOrEqual: return add(keywords.minimum, bound)
    case .lessOrEqual: return add(keywords.maximum, bound)
    case .greater where bound < .max: return add(keywords.minimum, bound + 1)
    case .less where bound > .min: return add(keywords.maximum, bound - 1)
    case .equal where keywords.isCount:
      return add(keywords.minimum, bound) && add(keywords.maximum, bound)
    default: return false
    }
  }

  /// Of two bounds the narrower one holds.
  private func tighten(_ keyword: String, _ number: Number, in schema: inout Record) -> Bool {
    var number = number
    if let present = schema[keyword]?.number {
      let isUpper = keyword.hasPrefix("max") || keyword == "exclusiveMaximum"
      number = isUpper ? min(present, number) : max(present, number)
    }
    schema[keyword] = .number(number)
    return true
  }

  private func tighten(_ keyword: String, _ number: Int, in schema: inout Record) -> Bool {
    tighten(keyword, Number(number), in: &schema)
  }

  // MARK: Enumerations and patterns

  /// Values of another kind are left out: the type does not allow them anyhow.
  private func restrict(to values: [Value], in schema: inout Record) -> Bool {
    var allowed: [Value] = []
    var seen: Set<Value> = []
    for value in values where isOfSubject(value) && seen.insert(value).inserted { allowed.append(value) }
    if let present = schema["enum"]?.list { allowed = present.filter(seen.contains) }
    guard !allowed.isEmpty, allowed.count <= Self.longestEnumeration else { return false }
    schema["enum"] = .list(allowed)
    return true
  }

  private func isOfSubject(_ value: Value) -> Bool {
    switch subject {
    case .string: value.string != nil
    case .integer: value.number?.isWhole == true
    case .number: value.number != nil
    case .list, .dictionary, .other: false
    }
  }

  private func addPattern(_ call: Expression.Call, to schema: inout Record) -> Bool {
    guard subject == .string, call.builtin.name == "matches", call.arguments.count == 2,
      call.arguments[0].expression.isIt, schema["pattern"] == nil,
      let pattern = value(of: call.arguments[1].expression)?.string
    else { return false }
    schema["pattern"] = .string(pattern)
    return true
  }

  /// What an expression that does not ask for `it` amounts to, where that is known.
  private func value(of expression: Expression) -> Value? {
    guard !expression.readsIt, evaluator.knows(expression) else { return nil }
    return try? evaluator.evaluate(expression, locals: [.null])
  }
}

extension Expression {
  fileprivate var isIt: Bool { if case .local(0) = kind { true } else { false } }

  fileprivate var isCountOfIt: Bool {
    guard case .call(let call) = kind, call.builtin.name == "count", call.arguments.count == 1 else {
      return false
    }
    return call.arguments[0].expression.isIt
  }

  fileprivate var readsIt: Bool {
    var found = false
    walk { if $0.isIt { found = true } }
    return found
  }
}

extension BinaryOperator {
  /// The sign for the two sides changed over; nil where there is none.
  fileprivate var mirrored: BinaryOperator? {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
    case .or, .and, .in, .range, .fallback, .add, .subtract, .multiply, .divide, .remainder: nil
    }
  }
}
