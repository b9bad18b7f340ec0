/// Walks a value and a type together, and notes what it finds.
///
/// A union whose members could each be meant (two kinds of record, say) is decided by trying them.
/// A trial may hold further unions with trials of their own; `settled` remembers how each ended, so
/// that recursive types do not try the same part again for every way that leads to it.
struct Conformer {
  private let types: TypeTable
  private(set) var findings = Findings()
  private var path = WalkedPath()
  private var trialDepth = 0
  private var settled: [Trial: Outcome] = [:]

  private struct Trial: Hashable {
    let place: WalkedPath.Place
    let member: Member
  }

  private struct Outcome {
    let value: Value
    let findings: Findings
  }

  /// A type that is neither a name nor a union, with the conditions of the names that led to it.
  private struct Member: Hashable {
    let type: ValueType
    let conditions: [ConditionID]
  }

  init(_ types: TypeTable) { self.types = types }

  mutating func walk(_ value: Value, _ type: ValueType) -> Value {
    switch type {
    case .union(let parts) where parts.count == 2 && parts[1] == .null && isLikely(value, parts[0]):
      // Most unions are optionals, and most of their values are there.
      return value.isNull ? value : walk(value, parts[0])
    case .named, .union:
      let members = members(of: type)
      let likely = members.filter { isLikely(value, $0.type) }
      if likely.count == 1 { return walk(value, likely[0]) }
      return likely.isEmpty
        ? mismatch(value, members.count == 1 ? members[0].type : type) : best(value, likely)
    case .list(let element, let notes): return walkList(value, type, element, notes)
    case .dictionary(let element, let notes): return walkDictionary(value, type, element, notes)
    case .record(let fields): return walkRecord(value, type, fields)
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .error:
      return isLikely(value, type) ? value : mismatch(value, type)
    }
  }

  private mutating func walk(_ value: Value, _ member: Member) -> Value {
    let marks = member.conditions.compactMap { findings.open($0, value, path.path()) }
    let shaped = walk(value, member.type)
    for mark in marks { findings.close(mark, shaped) }
    return shaped
  }

  private mutating func walk(
    _ value: Value, _ type: ValueType, _ notes: TypeNotes, at part: ValuePath.Part
  ) -> Value {
    path.enter(part)
    defer { path.leave() }
    let mark = notes.condition.flatMap { findings.open($0, value, path.path()) }
    let shaped = walk(value, type)
    if let mark { findings.close(mark, shaped) }
    return shaped
  }

  private mutating func mismatch(_ value: Value, _ type: ValueType) -> Value {
    findings.mismatches.append(
      Mismatch(path: path.path(), expected: types.describe(type), found: value.phrase))
    return value
  }
}

extension Conformer {
  private mutating func walkList(
    _ value: Value, _ type: ValueType, _ element: ValueType, _ notes: TypeNotes
  ) -> Value {
    guard case .list(let elements) = value else { return mismatch(value, type) }
    var shaped: [Value] = []
    shaped.reserveCapacity(elements.count)
    for (index, value) in elements.enumerated() {
      shaped.append(walk(value, element, notes, at: .element(index)))
    }
    return .list(shaped)
  }

  private mutating func walkDictionary(
    _ value: Value, _ type: ValueType, _ element: ValueType, _ notes: TypeNotes
  ) -> Value {
    guard case .record(let record) = value else { return mismatch(value, type) }
    var shaped = Record()
    for field in record.fields {
      shaped[field.name] = walk(field.value, element, notes, at: .field(field.name))
    }
    return .record(shaped)
  }

  private mutating func walkRecord(_ value: Value, _ type: ValueType, _ fields: [RecordField]) -> Value {
    guard case .record(let record) = value else { return mismatch(value, type) }
    if let shaped = walkInOrder(record, fields) { return shaped }
    var shaped = Record()
    var known = 0
    for field in fields {
      if let value = record[field.name] {
        known += 1
        shaped[field.name] = walk(value, field.type, field.notes, at: .field(field.name))
      } else if types.isOptional(field.type) {
        shaped[field.name] = .null
      } else {
        let path = path.path().appending(.field(field.name))
        findings.mismatches.append(
          Mismatch(path: path, expected: types.describe(field.type), found: nil))
      }
    }
    if known < record.count { noteExtra(record, fields) }
    return .record(shaped)
  }

  /// Most records have just the fields of their type, in that order.
  private mutating func walkInOrder(_ record: Record, _ fields: [RecordField]) -> Value? {
    guard record.count == fields.count, zip(record.fields, fields).allSatisfy({ $0.name == $1.name }) else {
      return nil
    }
    var shaped: [Record.Field] = []
    shaped.reserveCapacity(fields.count)
    for (value, field) in zip(record.fields, fields) {
      shaped.append(.init(field.name, walk(value.value, field.type, field.notes, at: .field(field.name))))
    }
    return .record(Record(uniqueFields: shaped))
  }

  private mutating func noteExtra(_ record: Record, _ fields: [RecordField]) {
    let known = Set(fields.map(\.name))
    for field in record.fields where !known.contains(field.name) {
      findings.extra.append(path.path().appending(.field(field.name)))
    }
  }
}

extension Conformer {
  /// `opened` holds the names that led here, so that a union of itself comes to an end.
  private func members(
    of type: ValueType, _ conditions: [ConditionID] = [], opened: Set<TypeID> = []
  ) -> [Member] {
    switch type {
    case .named(let id):
      guard !opened.contains(id) else { return [] }
      let own = types[id].notes.condition.map { [$0] } ?? []
      return members(of: types[id].type, conditions + own, opened: opened.union([id]))
    case .union(let parts):
      return parts.flatMap { members(of: $0, conditions, opened: opened) }
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .list,
      .record,
      .dictionary, .error:
      return [Member(type: type, conditions: conditions)]
    }
  }

  /// Whether a value may be of a type, without a look inside lists and records: for everything else
  /// that is the whole answer. `type` is neither a name nor a union.
  private func isLikely(_ value: Value, _ type: ValueType) -> Bool {
    switch type {
    case .string: value.string != nil
    case .secret: value.secret != nil
    case .int: value.number?.isWhole == true
    case .number: value.number != nil
    case .bool: value.bool != nil
    case .null: value == .null
    case .image: if case .image = value { true } else { false }
    case .file: value.isMedia
    case .json: value.isJSON
    case .text(let text): value.string == text
    case .constant(let number): value.number == number
    case .list: value.list != nil
    case .record, .dictionary: value.record != nil
    case .error: true
    case .named, .union: false
    }
  }

  /// Takes the first member that fits with no field too many, else the one that comes nearest.
  private mutating func best(_ value: Value, _ members: [Member]) -> Value {
    var best: (outcome: Outcome, rank: Rank)?
    for member in members {
      let outcome = attempt(value, member)
      let rank = Rank(
        isWrong: outcome.findings.mismatches.isEmpty ? 0 : 1, strangers: strangers(value, member.type),
        mismatches: outcome.findings.mismatches.count, extra: outcome.findings.extra.count)
      if best.map({ rank < $0.rank }) ?? true { best = (outcome, rank) }
      if rank.isPerfect { break }
    }
    guard let best else { return value }
    findings.append(best.outcome.findings)
    return best.outcome.value
  }

  private mutating func attempt(_ value: Value, _ member: Member) -> Outcome {
    let trial = Trial(place: path.place(), member: member)
    if let known = settled[trial] { return known }
    let before = findings
    findings = Findings()
    trialDepth += 1
    let shaped = walk(value, member)
    trialDepth -= 1
    let outcome = Outcome(value: shaped, findings: findings)
    findings = before
    if trialDepth > 0 {
      settled[trial] = outcome
    } else {
      settled.removeAll()
      path.forgetPlaces()
    }
    return outcome
  }

  /// How many fields hold one literal where the type has another: such a type was not meant.
  private func strangers(_ value: Value, _ type: ValueType) -> Int {
    guard case .record(let fields) = type, case .record(let record) = value else { return 0 }
    return fields.count { field in
      guard let value = record[field.name] else { return false }
      let members = types.members(field.type)
      return members.allSatisfy(\.isLiteral) && !members.contains { isLikely(value, $0) }
    }
  }
}

/// How near a member of a union comes; the least is the nearest.
private struct Rank: Comparable {
  let isWrong: Int
  let strangers: Int
  let mismatches: Int
  let extra: Int

  var isPerfect: Bool { isWrong == 0 && extra == 0 }

  static func < (left: Rank, right: Rank) -> Bool {
    (left.isWrong, left.strangers, left.mismatches, left.extra)
      < (right.isWrong, right.strangers, right.mismatches, right.extra)
  }
}

extension ValueType {
  fileprivate var isLiteral: Bool {
    switch self {
    case .text, .constant: true
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .list, .record, .dictionary,
      .union,
      .named, .error:
      false
    }
  }
}

extension Value {
  /// Whether it is a picture or another file.
  package var isMedia: Bool {
    switch self {
    case .image, .file: true
    case .null, .bool, .number, .string, .list, .record, .secret: false
    }
  }

  /// Whether it is what JSON can say: without a picture, another file or a secret in it.
  package var isJSON: Bool {
    switch self {
    case .null, .bool, .number, .string: true
    case .image, .file, .secret: false
    case .list(let elements): elements.allSatisfy(\.isJSON)
    case .record(let record): record.fields.allSatisfy { $0.value.isJSON }
    }
  }
}
