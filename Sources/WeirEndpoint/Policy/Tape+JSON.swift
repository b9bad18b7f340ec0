package import WeirValues

/// Why a JSON value is no entry of a tape.
package struct TapeEntryError: Error, Sendable, Hashable {
  /// Lower case, without a full stop.
  package let message: String

  package init(message: String) { self.message = message }
}

extension Tape.Entry {
  private static let fields = ["step", "turns", "prompt", "pictures", "answer", "calls", "model", "usage"]

  /// An entry as a line of a tape has it. `answer` is what the model said; any other JSON than a
  /// string is what it said as indented JSON. With `calls` it may be left out.
  package init(json: Value) throws(TapeEntryError) {
    guard let record = json.record else {
      throw TapeEntryError(message: "expected an object, found \(json.noun)")
    }
    if let name = record.names.first(where: { !Self.fields.contains($0) }) {
      let known = Self.fields.map { "`\($0)`" }.joined(separator: ", ")
      throw TapeEntryError(message: "no entry has a field `\(name)`; the fields are \(known)")
    }
    let calls = try Self.calls(in: record)
    guard let answer = record["answer"] ?? (calls.isEmpty ? nil : .string("")) else {
      throw TapeEntryError(message: "`answer` is missing")
    }
    self.init(
      step: try Self.text("step", in: record), prompt: try Self.text("prompt", in: record),
      pictures: try Self.pictures(in: record), answer: answer.string ?? answer.json(indent: 2))
    self.calls = calls
    turns = try Self.turns(in: record)
    model = try Self.text("model", in: record)
    usage = try Self.usage(in: record)
  }

  /// What `init(json:)` reads; nothing for what is nil.
  package var json: Value {
    var record = Record()
    record["step"] = step.map { .string($0) }
    record["turns"] = turns.map { .list($0.map(\.json)) }
    record["prompt"] = prompt.map { .string($0) }
    record["pictures"] = pictures.map { .list($0.map { .string($0) }) }
    record["answer"] = answer.isEmpty && !calls.isEmpty ? nil : .string(answer)
    record["calls"] = calls.isEmpty ? nil : .list(calls.map(\.json))
    record["model"] = model.map { .string($0) }
    if let usage {
      var counts = Record()
      counts["prompt_tokens"] = usage.promptTokens.map { .int($0) }
      counts["completion_tokens"] = usage.completionTokens.map { .int($0) }
      counts["total_tokens"] = usage.totalTokens.map { .int($0) }
      counts["cost"] = usage.cost.map { .number($0) }
      record["usage"] = .record(counts)
    }
    return .record(record)
  }

  private static func text(_ name: String, in record: Record) throws(TapeEntryError) -> String? {
    guard let value = record[name], !value.isNull else { return nil }
    guard let text = value.string else {
      throw TapeEntryError(message: "`\(name)` must be a string, found \(value.noun)")
    }
    return text
  }

  private static func pictures(in record: Record) throws(TapeEntryError) -> [String]? {
    guard let value = record["pictures"], !value.isNull else { return nil }
    guard let names = value.list?.map(\.string), !names.contains(nil) else {
      throw TapeEntryError(message: "`pictures` must be a list of strings, `sha256:…` or addresses")
    }
    return names.compactMap(\.self)
  }

  private static func turns(in record: Record) throws(TapeEntryError) -> [TapeTurn]? {
    guard let value = record["turns"], !value.isNull else { return nil }
    let turns = value.list?.map { turn -> TapeTurn? in
      guard let ask = turn["ask"]?.string, let answer = turn["answer"]?.string else { return nil }
      return TapeTurn(ask: ask, answer: answer)
    }
    guard let turns, !turns.contains(nil) else {
      throw TapeEntryError(message: "`turns` must be a list of `{\"ask\": \"…\", \"answer\": \"…\"}`")
    }
    return turns.compactMap(\.self)
  }

  private static func calls(in record: Record) throws(TapeEntryError) -> [TapeCall] {
    guard let value = record["calls"], !value.isNull else { return [] }
    let calls = value.list?.map { call -> TapeCall? in
      guard let name = call["name"]?.string, let arguments = call["arguments"] else { return nil }
      return TapeCall(name, arguments.string ?? arguments.json())
    }
    guard let calls, !calls.contains(nil) else {
      throw TapeEntryError(message: "`calls` must be a list of `{\"name\": \"…\", \"arguments\": {…}}`")
    }
    return calls.compactMap(\.self)
  }

  private static func usage(in record: Record) throws(TapeEntryError) -> Usage? {
    guard let value = record["usage"], !value.isNull else { return nil }
    guard let counts = value.record else {
      throw TapeEntryError(message: "`usage` must be an object, found \(value.noun)")
    }
    for field in counts.fields where !field.value.isNull && field.value.number == nil {
      throw TapeEntryError(message: "`usage.\(field.name)` must be a number, found \(field.value.noun)")
    }
    return Usage(
      promptTokens: counts["prompt_tokens"]?.number?.int,
      completionTokens: counts["completion_tokens"]?.number?.int,
      totalTokens: counts["total_tokens"]?.number?.int, cost: counts["cost"]?.number)
  }
}

extension TapeCall {
  /// Arguments that are an object stand as one, in the order of the model.
  fileprivate var json: Value {
    let value = try? Value(json: Array(arguments.utf8))
    let isPlain = value?.record != nil && value?.json() == arguments
    return .record(["name": .string(name), "arguments": isPlain ? value ?? .null : .string(arguments)])
  }
}

extension TapeTurn {
  fileprivate var json: Value { .record(["ask": .string(ask), "answer": .string(answer)]) }
}
