import WeirEndpoint
import WeirProgram
import WeirReading
import WeirRun
import WeirValues

/// What `weir run --events` prints: one JSON object a line for everything that happens, each with `event`. Its
/// events and their fields are a promise: new ones may come, none changes.
struct EventLines {
  private let types: TypeTable
  /// Of the steps whose answer is not plain text.
  private let typed: [String: ValueType]
  private var partial: [StepPass: PartialAnswer] = [:]
  private let start: Duration

  /// How often, at most, the value of an answer is told while it comes.
  private static let pause = Duration.milliseconds(100)

  private struct PartialAnswer {
    var reader: PartialReader
    var told: Duration
    var last: Value?
  }

  init(_ prepared: PreparedRun, at start: Duration) {
    types = prepared.program.types
    typed = Dictionary(
      prepared.answers.filter { [types] in AnswerShape(of: $0.type, types) != .text }.map {
        ($0.step, $0.type)
      },
      uniquingKeysWith: { first, _ in first })
    self.start = start
  }

  /// The line with which a run begins.
  static func begin(_ names: [String]) -> String {
    line(["event": .string("run"), "version": .int(1), "steps": .list(names.map { .string($0) })])
  }

  /// The line with which it ends: what `--json` prints, on one line.
  static func end(_ report: RunJSON) -> String {
    var record: Record = ["event": .string("end")]
    for field in report.object.fields { record[field.name] = field.value }
    return line(record)
  }

  /// The lines for something that happens at `now`.
  mutating func lines(for event: RunEvent, at now: Duration) -> String {
    switch event {
    case .started(let pass): return line("started", pass, now, [:])
    case .retrying(let pass, let wait, let why):
      return line("retried", pass, now, ["wait": .number(wait.seconds), "why": .string(why)])
    case .loweringForm(let pass, let model, let refused, let next, let why):
      let fields: Record = [
        "model": .string(model), "refused": .string(refused.rawValue), "asking_by": .string(next.rawValue),
        "why": .string(why),
      ]
      return line("form_refused", pass, now, fields)
    case .repairing(let pass, let why):
      partial[pass] = nil
      return line("sent_back", pass, now, ["why": .string(why)])
    case .fallingBack(let pass, let choice, let why):
      partial[pass] = nil
      let fields: Record = [
        "provider": .string(choice.provider), "model": .string(choice.model), "why": .string(why),
      ]
      return line("next_model", pass, now, fields)
    case .calling(let pass, let tool, let arguments):
      // What was said before the call is no part of the answer.
      partial[pass] = nil
      return line("tool_call", pass, now, ["tool": .string(tool), "arguments": arguments.jsonOrText])
    case .called(let pass, let tool, let result, let duration, let isError):
      let fields: Record = [
        "tool": .string(tool), "result": .string(result), "seconds": .number(duration.seconds),
        "failed": .bool(isError),
      ]
      return line("tool_result", pass, now, fields)
    case .answering(let pass, let event): return lines(for: event, of: pass, at: now)
    case .ended(let pass, let outcome):
      partial[pass] = nil
      return line("ended", pass, now, outcome.json)
    }
  }

  private mutating func lines(for event: AnswerEvent, of pass: StepPass, at now: Duration) -> String {
    switch event {
    case .text(let text):
      return line("delta", pass, now, ["text": .string(text)])
        + partialLine(pass, text, isNew: false, at: now)
    case .rewritten(let text):
      return line("rewritten", pass, now, ["text": .string(text)])
        + partialLine(pass, text, isNew: true, at: now)
    case .reasoning(let text): return line("reasoning", pass, now, ["text": .string(text)])
    case .submitted(let job):
      let fields: Record = [
        "id": .string(job.id), "status_url": .string(job.statusAddress),
        "result_url": .string(job.resultAddress),
      ]
      return line("queued", pass, now, fields)
    case .position(let place): return line("position", pass, now, ["position": .int(place)])
    case .begun: return line("begun", pass, now, [:])
    case .unheard(let why): return line("status_failed", pass, now, ["why": .string(why)])
    case .log(let message): return line("log", pass, now, ["message": .string(message)])
    case .held(let wait, let why):
      return line("held", pass, now, ["wait": .number(wait.seconds), "why": .string(why)])
    }
  }

  /// The value of a typed answer as far as it is there, where that has changed since it was told.
  private mutating func partialLine(_ pass: StepPass, _ text: String, isNew: Bool, at now: Duration) -> String
  {
    guard let type = typed[pass.step] else { return "" }
    // Taken out and put back: a copy of all that has come would be made for every piece.
    var answer =
      partial.removeValue(forKey: pass).flatMap { isNew ? nil : $0 }
      ?? PartialAnswer(reader: reader(of: type), told: now - Self.pause, last: nil)
    answer.reader.feed(text.utf8)
    defer { partial[pass] = answer }
    guard now - answer.told >= Self.pause, let value = answer.reader.value(), value != answer.last else {
      return ""
    }
    answer.told = now
    answer.last = value
    return line("partial", pass, now, ["value": value])
  }

  private func reader(of type: ValueType) -> PartialReader {
    let isWrapped = AnswerShape(of: type, types) == .wrapped
    return PartialReader(type, in: types, ReadingOptions(wrapper: isWrapped ? AnswerShape.wrapperField : nil))
  }

  private func line(_ event: String, _ pass: StepPass, _ now: Duration, _ fields: Record) -> String {
    var record: Record = ["event": .string(event), "step": .string(pass.step)]
    if !pass.pass.isEmpty { record["pass"] = .list(pass.pass.map { .int($0) }) }
    record["at"] = .number((now - start).seconds)
    for field in fields.fields { record[field.name] = field.value }
    return Self.line(record)
  }

  private static func line(_ record: Record) -> String { Value.record(record).json() + "\n" }
}
