import WeirEndpoint
import WeirReading
import WeirRun
import WeirValues

/// What `weir run --json` prints. Its fields are a promise: new ones may come, none changes.
struct RunJSON {
  private(set) var object: Record

  /// A run that did not begin: the same fields, with nothing asked. `error` is what kept it from
  /// beginning where that is about no place of the flow.
  init(refused diagnostics: Value, error: String? = nil) {
    object = [
      "version": .int(1), "ok": .bool(false), "interrupted": .bool(false), "output": .null,
      "steps": .list([]),
      "tokens": Usage.none.tokens, "cost": .int(0), "seconds": .int(0), "diagnostics": diagnostics,
      "error": error.map { .string($0) } ?? .null,
    ]
  }

  init(report: RunReport, diagnostics: Value) {
    object = [
      "version": .int(1),
      "ok": .bool(report.isComplete && !report.wasCancelled),
      "interrupted": .bool(report.wasCancelled),
      "output": report.output ?? .null,
      "steps": .list(report.steps.map(\.json)),
      "tokens": report.usage.tokens,
      "cost": report.usage.cost.map { .number($0) } ?? .null,
      "seconds": .number(report.duration.seconds),
      "diagnostics": diagnostics,
      "error": .null,
    ]
    if case .outOfTime = report.end { object["stopped_by"] = .string("time") }
    if !report.repeats.isEmpty { object["repeats"] = .list(report.repeats.map(\.json)) }
  }

  /// What the provider has written down of the answers' cost, where it was asked.
  var reconciliation: Reconciliation? {
    didSet { object["reconciled"] = reconciliation?.json }
  }

  var text: String { Value.record(object).json(indent: 2) }
}

extension Usage {
  fileprivate static let none = Usage(promptTokens: 0, completionTokens: 0, totalTokens: 0, cost: Number(0))

  /// What is unknown is null.
  fileprivate var tokens: Value {
    .record([
      "prompt": promptTokens.map { .int($0) } ?? .null,
      "completion": completionTokens.map { .int($0) } ?? .null,
      "total": totalTokens.map { .int($0) } ?? .null,
    ])
  }
}

extension RepeatReport {
  fileprivate var json: Value {
    .record([
      "name": .string(name), "pass": .list(pass.map { .int($0) }), "passes": .int(passes),
      "ended_by": .string(didHold ? "until" : "bound"),
    ])
  }
}

extension StepReport {
  fileprivate var json: Value {
    var record: Record = ["name": .string(name)]
    switch result {
    case .once(let outcome): outcome.add(to: &record)
    case .passes(let tally): tally.add(to: &record)
    }
    return .record(record)
  }
}

extension StepTally {
  /// One of these words for all passes: the worst of them.
  private var status: String {
    if all == 0 { return "not run" }
    if failed > 0 { return "failed" }
    if stopped > 0 { return "stopped" }
    return skipped > 0 ? "skipped" : "done"
  }

  fileprivate func add(to record: inout Record) {
    record["status"] = .string(status)
    record["counts"] = .record([
      "done": .int(done), "otherwise": .int(otherwise), "failed": .int(failed), "skipped": .int(skipped),
      "stopped": .int(stopped), "made_up": .int(madeUp),
    ])
    record["tokens"] = usage.tokens
    record["cost"] = usage.cost.map { .number($0) } ?? .null
    record["seconds"] = .number(duration.seconds)
    let inOrder = passes.sorted { $0.pass.lexicographicallyPrecedes($1.pass) }
    record["passes"] = .list(
      inOrder.map { report in
        var entry: Record = ["pass": .list(report.pass.map { .int($0) })]
        report.outcome.add(to: &entry)
        return .record(entry)
      })
  }
}

extension StepOutcome {
  var json: Record {
    var record = Record()
    add(to: &record)
    return record
  }

  fileprivate func add(to record: inout Record) {
    switch self {
    case .answered(let answer):
      record["status"] = .string("done")
      add(answer, to: &record)
    case .printed(let answer):
      record["status"] = .string("done")
      record["answer"] = answer.value
      record["attempts"] = .int(answer.attempts)
      record["seconds"] = .number(answer.duration.seconds)
    case .otherwise(let value, let failure):
      record["status"] = .string("otherwise")
      record["answer"] = value
      add(failure, to: &record)
    case .failed(let failure):
      record["status"] = .string("failed")
      add(failure, to: &record)
    case .skipped(let skip):
      record["status"] = .string("skipped")
      record["because"] = .string(skip.root)
    case .stopped:
      record["status"] = .string("stopped")
    }
  }

  private func add(_ failure: StepFailure, to record: inout Record) {
    record["error"] = .string(failure.cause.message)
    record["models"] = .list(failure.tried.map { .string("\($0.provider):\($0.model)") })
    record["attempts"] = .int(failure.attempts)
    record["tokens"] = failure.usage?.tokens ?? .null
    record["cost"] = failure.usage?.cost.map { .number($0) } ?? .null
    record["seconds"] = .number(failure.duration.seconds)
    add(failure.rejected, to: &record)
    add(failure.calls, to: &record)
  }

  private func add(_ calls: [CalledTool], to record: inout Record) {
    if !calls.isEmpty { record["tools"] = .list(calls.map(\.json)) }
  }

  private func add(_ rejected: [RejectedAnswer], to record: inout Record) {
    if !rejected.isEmpty { record["repairs"] = .list(rejected.map(\.json)) }
  }

  private func add(_ answer: StepAnswer, to record: inout Record) {
    record["answer"] = answer.value
    record["made_up"] = .bool(answer.source == .madeUp)
    record["source"] = .string(answer.source.rawValue)
    record["provider"] = .string(answer.choice.provider)
    record["model"] = .string(answer.model)
    record["upstream"] = answer.provider.map { .string($0) } ?? .null
    record["reasoning"] = answer.reasoning.map { .string($0) } ?? .null
    record["tokens"] = answer.usage.tokens
    record["cost"] = answer.usage.cost.map { .number($0) } ?? .null
    record["seconds"] = .number(answer.duration.seconds)
    record["attempts"] = .int(answer.attempts)
    record["cut_off"] = .bool(answer.isCutOff)
    if let form = answer.form { record["asked_by"] = .string(form.rawValue) }
    if let reading = answer.reading { record["reading"] = reading.json }
    add(answer.rejected, to: &record)
    add(answer.calls, to: &record)
  }
}

extension CalledTool {
  /// The arguments as JSON where the model wrote some, else as the text that it wrote.
  fileprivate var json: Value {
    var record: Record = [
      "round": .int(round), "name": .string(name),
      "arguments": arguments.jsonOrText, "result": .string(result),
      "error": .bool(isError), "seconds": .number(duration.seconds),
    ]
    if let usage {
      record["tokens"] = usage.tokens
      record["cost"] = usage.cost.map { .number($0) } ?? .null
    }
    return .record(record)
  }
}

extension String {
  /// What a model has written as JSON, or the text where it is none.
  var jsonOrText: Value { (try? Value(json: self)) ?? .string(self) }
}

extension RejectedAnswer {
  fileprivate var json: Value {
    var record: Record = [
      "model": .string(model), "answer": .string(answer), "problems": .list(problems.map(\.json)),
      "sent": sent.map { .string($0) } ?? .null,
    ]
    record["max_tokens"] = maxTokens.map { .int($0) }
    return .record(record)
  }
}

extension RejectedAnswer.Problem {
  /// The path of the whole answer is empty.
  fileprivate var json: Value {
    .record([
      "path": .string("\(path)"), "found": found.map { .string($0) } ?? .null,
      "expected": expected.map { .string($0) } ?? .null, "message": .string(message),
    ])
  }
}

extension ReadingNote {
  fileprivate var json: Value {
    .record([
      "certainty": .string(certainty.rawValue), "place": .string(place.word),
      "changes": .list(
        changes.map { change in
          .record([
            "kind": .string(change.kind.rawValue), "path": .string("\(change.path)"),
            "offset": .int(change.offset), "message": .string(change.message),
          ])
        }),
    ])
  }
}
