import WeirEndpoint
import WeirRun
import WeirValues

/// What `weir run --json` prints. Its fields are a promise: new ones may come, none changes.
struct RunJSON {
  private let object: Record

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

extension StepReport {
  fileprivate var json: Value {
    var record: Record = ["name": .string(name)]
    switch outcome {
    case .answered(let answer):
      record["status"] = .string("done")
      add(answer, to: &record)
    case .failed(let failure):
      record["status"] = .string("failed")
      record["error"] = .string(failure.cause.message)
      record["models"] = .list(failure.tried.map { .string("\($0.provider):\($0.model)") })
      record["attempts"] = .int(failure.attempts)
      record["tokens"] = failure.usage?.tokens ?? .null
      record["cost"] = failure.usage?.cost.map { .number($0) } ?? .null
      record["seconds"] = .number(failure.duration.seconds)
    case .skipped(let skip):
      record["status"] = .string("skipped")
      record["because"] = .string(skip.root)
    case .stopped:
      record["status"] = .string("stopped")
    }
    return .record(record)
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
  }
}
