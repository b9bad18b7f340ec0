import WeirValues

/// Reads the fields of a fal body, and collects what is wrong with all of them (fal: model-apis/errors).
struct FalFields {
  private let record: Record
  private let files: MockFiles
  private var problems: [Value] = []

  init(_ record: Record, files: MockFiles) {
    self.record = record
    self.files = files
  }

  /// Everything that was found, as the reply that says so.
  var refusal: MockRefusal? { problems.isEmpty ? nil : Self.refusal(problems) }

  static func refusal(_ problems: [Value]) -> MockRefusal {
    let summary = problems.map { problem in
      let path = (problem["loc"]?.list ?? []).dropFirst().map { $0.string ?? $0.json() }.joined(
        separator: ".")
      return (path.isEmpty ? "" : "\(path): ") + (problem["msg"]?.string ?? "")
    }
    return MockRefusal(
      422, .record(["detail": .list(problems)]), fields: ["x-fal-retryable": "false"],
      message: summary.joined(separator: "; "))
  }

  /// One entry of `detail`; `path` is of names and indices.
  static func problem(
    _ path: [any Sendable], _ type: String, _ message: String, input: Value? = nil, ctx: Record? = nil
  ) -> Value {
    var problem: Record = [
      "loc": .list(path.map { step in (step as? Int).map(Value.int) ?? .string("\(step)") }),
      "msg": .string(message), "type": .string(type), "url": .string("https://docs.fal.ai/errors#\(type)"),
    ]
    problem["ctx"] = ctx.map { .record($0) }
    problem["input"] = input
    return .record(problem)
  }

  private mutating func report(
    _ name: String, _ type: String, _ message: String, input: Value? = nil, ctx: Record? = nil
  ) {
    problems.append(Self.problem(["body", name], type, message, input: input, ctx: ctx))
  }

  mutating func text(_ name: String, isRequired: Bool) -> String? {
    guard let value = record[name], isRequired || !value.isNull else {
      if isRequired { report(name, "missing", "Field required") }
      return nil
    }
    if let text = value.string { return text }
    report(name, "string_type", "Input should be a valid string", input: value)
    return nil
  }

  /// One of the texts, the first if there is none.
  mutating func choice(_ name: String, of choices: [String]) -> String? {
    guard let value = present(name) else { return choices.first }
    if let text = value.string, choices.contains(text) { return text }
    let quoted = choices.map { "'\($0)'" }
    let expected = quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
    report(
      name, "literal_error", "Input should be \(expected)", input: value, ctx: ["expected": .string(expected)]
    )
    return nil
  }

  /// The settings that change nothing in a mock, but may be wrong.
  mutating func checkOptions() {
    if let value = present("reasoning"), value.bool == nil {
      report("reasoning", "bool_type", "Input should be a valid boolean", input: value)
    }
    if let value = present("temperature") { checkRange("temperature", value, 0...2) }
    guard let value = present("max_tokens") else { return }
    guard let count = value.number, count.isWhole else {
      return report("max_tokens", "int_type", "Input should be a valid integer", input: value)
    }
    if count < Number(1) {
      report(
        "max_tokens", "greater_than_equal", "Input should be greater than or equal to 1", input: value,
        ctx: ["ge": .int(1)])
    }
  }

  private func present(_ name: String) -> Value? {
    record[name].flatMap { $0.isNull ? nil : $0 }
  }

  private mutating func checkRange(_ name: String, _ value: Value, _ range: ClosedRange<Int>) {
    guard let number = value.number else {
      return report(name, "float_type", "Input should be a valid number", input: value)
    }
    let (low, high) = (range.lowerBound, range.upperBound)
    if number < Number(low) {
      report(
        name, "greater_than_equal", "Input should be greater than or equal to \(low)", input: value,
        ctx: ["ge": .int(low)])
    } else if number > Number(high) {
      report(
        name, "less_than_equal", "Input should be less than or equal to \(high)", input: value,
        ctx: ["le": .int(high)])
    }
  }

  mutating func pictures(_ name: String) -> [MockPicture] {
    media(
      name, named: "image", { url, files throws(MockPictureError) in try MockPicture(url: url, in: files) })
  }

  /// Addresses or `data:` URIs of anything.
  mutating func files(_ name: String) -> [MockPicture] { media(name, named: "file", Self.readFile) }

  /// One address or `data:` URI.
  mutating func file(_ name: String) -> [MockPicture] {
    guard let url = text(name, isRequired: true) else { return [] }
    return medium(.string(url), ["body", name], named: "file", Self.readFile).map { [$0] } ?? []
  }

  private typealias Reading = (String, MockFiles) throws(MockPictureError) -> MockPicture

  private static func readFile(_ url: String, _ files: MockFiles) throws(MockPictureError) -> MockPicture {
    try MockPicture(file: url, in: files)
  }

  private mutating func media(_ name: String, named noun: String, _ read: Reading) -> [MockPicture] {
    guard let value = record[name] else {
      report(name, "missing", "Field required")
      return []
    }
    guard let list = value.list else {
      report(name, "list_type", "Input should be a valid list")
      return []
    }
    if list.isEmpty {
      report(
        name, "sequence_too_short", "At least one \(noun) is needed", input: value,
        ctx: ["min_length": .int(1)])
    }
    return list.enumerated().compactMap { medium($1, ["body", name, $0], named: noun, read) }
  }

  private mutating func medium(
    _ value: Value, _ path: [any Sendable], named noun: String, _ read: Reading
  ) -> MockPicture? {
    guard let url = value.string else {
      problems.append(Self.problem(path, "string_type", "Input should be a valid string", input: value))
      return nil
    }
    do throws(MockPictureError) {
      return try read(url, files)
    } catch {
      // Without the input: it is too long to be sent back.
      let type = noun == "image" ? "image_load_error" : "file_download_error"
      problems.append(Self.problem(path, type, "Could not load the \(noun): \(error.message)"))
      return nil
    }
  }
}
