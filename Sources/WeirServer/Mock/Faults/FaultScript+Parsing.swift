import WeirValues

extension FaultScript {
  mutating func readLines(_ text: [UInt8]) throws(FaultError) {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 <= 0x20 }) {
      let value: Value
      do throws(JSONError) {
        value = try Value(json: Array(line))
      } catch {
        throw FaultError(
          message: "line \(index + 1): \(error.message), at byte \(error.offset + 1)",
          help: "a script of faults is a JSON list of rules, or a rule on every line")
      }
      rules.append(try Self.rule(value, "line \(index + 1)"))
    }
  }

  private static let names = [
    "path", "method", "request", "times", "fault", "status", "headers", "body", "error200", "garbage",
    "answer",
    "delay", "bytes_per_second", "cut", "then", "hang", "reset", "stream", "job",
  ]

  static func rule(_ value: Value, _ place: String) throws(FaultError) -> FaultRule {
    let fields = try FaultFields(value, place, names)
    var rule = FaultRule()
    if let path = try fields.text("path") { rule.path = path }
    rule.method = try fields.text("method")
    if let request = fields.value("request"), request != .string("every") {
      rule.first = try fields.count("request", from: 1, or: "`every`") ?? 1
      rule.times = 1
    }
    if let times = try fields.count("times", from: 1) { rule.times = times }
    rule.fault = try fault(fields)
    guard names.dropFirst(4).contains(where: { $0 != "then" && fields.value($0) != nil }) else {
      throw FaultError(
        message: "\(place): the rule says of which requests, but not what goes wrong",
        help: "add one of " + FaultFields.listed(names.dropFirst(4).filter { $0 != "then" }))
    }
    return rule
  }

  private static func fault(_ fields: FaultFields) throws(FaultError) -> MockFault {
    var fault = MockFault()
    if let short = try fields.text("fault") {
      do throws(FaultError) {
        fault = MockFault(try Fault(parsing: short))
      } catch {
        throw FaultError(message: "\(fields.place): \(error.message)", help: error.help)
      }
    }
    fault.instead = try instead(fields) ?? fault.instead
    fault.fields += try headers(fields)
    fault.answer = try fields.text("answer")
    fault.delay = try fields.duration("delay")
    fault.bytesPerSecond = try fields.count("bytes_per_second", from: 1)
    fault.cut = try cut(fields) ?? fault.cut
    if let word = try fields.word("then", of: ["close", "reset", "hang"]) {
      fault.ending = ["reset": .reset, "hang": .hang][word] ?? .cut
    }
    if let stream = fields.value("stream") {
      let fields = try FaultFields(stream, "\(fields.place): `stream`", FaultScript.streamNames)
      fault.style = try style(fields)
      fault.shape = try shape(fields)
    }
    fault.job = try job(fields)
    return fault
  }

  private static func instead(_ fields: FaultFields) throws(FaultError) -> MockFault.Instead? {
    if try fields.flag("hang") ?? false { return .nothing(.hang) }
    if try fields.flag("reset") ?? false { return .nothing(.reset) }
    if let message = try fields.textOrFlag("error200", MockFault.failed) { return .errorInSuccess(message) }
    if let text = try fields.textOrFlag("garbage", "{\"output\": \"this is no JSON\u{7}") {
      return .garbage(text)
    }
    let body = fields.value("body").map { $0.string ?? $0.json() }
    guard let status = try fields.count("status", from: 200, to: 599) else {
      return body.map { .status(200, body: $0) }
    }
    return .status(status, body: body)
  }

  private static func headers(_ fields: FaultFields) throws(FaultError) -> [Fault.Field] {
    guard let value = fields.value("headers") else { return [] }
    guard let record = value.record else { throw fields.wrong("headers", value, "an object of strings") }
    var headers: [Fault.Field] = []
    for field in record.fields {
      guard let text = field.value.string, let header = Fault.Field(checking: field.name, text) else {
        throw fields.wrong("headers.\(field.name)", field.value, "a header field of one line")
      }
      headers.append(header)
    }
    return headers
  }

  private static func cut(_ fields: FaultFields) throws(FaultError) -> MockFault.Cut? {
    guard let value = fields.value("cut") else { return nil }
    switch value.string {
    case "before-headers": return .beforeHeaders
    case "in-body": return .inBody
    case "in-event": return .inEvent
    default: break
    }
    if let record = value.record, record.count == 1 {
      if let count = record["bytes"]?.number?.int, count >= 0 { return .afterBytes(count) }
      if let count = record["events"]?.number?.int, count >= 0 { return .afterEvents(count) }
    }
    throw fields.wrong(
      "cut", value, "`before-headers`, `in-body`, `in-event`, {\"bytes\": N} or {\"events\": N}")
  }

  private static func job(_ fields: FaultFields) throws(FaultError) -> MockFault.JobFailure? {
    guard let value = fields.value("job") else { return nil }
    let fields = try FaultFields(value, "\(fields.place): `job`", ["error", "error_type"])
    return MockFault.JobFailure(
      message: try fields.text("error") ?? "Runner disconnected",
      type: try fields.text("error_type") ?? "runner_disconnected")
  }

  // MARK: Streams

  private static let streamNames = [
    "line_end", "space", "bom", "comments", "fields", "multiline", "blank_lines", "last_blank_line", "chunk",
    "usage", "finish", "done", "calls", "rewrite", "error",
  ]

  private static func style(_ fields: FaultFields) throws(FaultError) -> EventStyle {
    var style = EventStyle()
    let lineEnds = EventStyle.LineEnd.allCases.map(\.rawValue)
    if let word = try fields.word("line_end", of: lineEnds), let end = EventStyle.LineEnd(rawValue: word) {
      style.lineEnd = end
    }
    style.hasSpace = try fields.flag("space") ?? true
    style.hasMark = try fields.flag("bom") ?? false
    style.hasComments = try fields.flag("comments") ?? false
    style.hasFields = try fields.flag("fields") ?? false
    style.isSpread = try fields.flag("multiline") ?? false
    style.hasBlankLines = try fields.flag("blank_lines") ?? true
    style.hasLastBlankLine = try fields.flag("last_blank_line") ?? style.hasBlankLines
    style.chunk = try fields.count("chunk", from: 1)
    return style
  }

  private static func shape(_ fields: FaultFields) throws(FaultError) -> MockStreamShape {
    var shape = MockStreamShape()
    let places = MockStreamShape.UsagePlace.allCases.map(\.rawValue)
    shape.usage = try fields.word("usage", of: places).flatMap(MockStreamShape.UsagePlace.init)
    let forms = MockStreamShape.CallForm.allCases.map(\.rawValue)
    shape.calls = try fields.word("calls", of: forms).flatMap(MockStreamShape.CallForm.init) ?? .pieces
    shape.hasFinish = try fields.flag("finish") ?? true
    shape.hasDone = try fields.flag("done") ?? true
    shape.rewrites = try fields.flag("rewrite") ?? false
    guard let value = fields.value("error") else { return shape }
    let error = try FaultFields(value, "\(fields.place).error", ["after", "message", "done"])
    shape.failure = MockStreamShape.Break(
      after: try error.count("after", from: 0) ?? 1, message: try error.text("message") ?? MockFault.failed,
      isDone: try error.flag("done") ?? false)
    return shape
  }
}
