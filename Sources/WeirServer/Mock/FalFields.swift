import WeirValues

/// Reads the fields of a fal body, and collects what is wrong with all of them (fal: model-apis/errors).
struct FalFields {
  private let record: Record
  private var problems: [Value] = []

  init(_ record: Record) { self.record = record }

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
        name, "sequence_too_short", "At least one image is needed", input: value, ctx: ["min_length": .int(1)]
      )
    }
    return list.enumerated().compactMap { picture($1, in: name, at: $0) }
  }

  private mutating func picture(_ value: Value, in name: String, at index: Int) -> MockPicture? {
    let path: [any Sendable] = ["body", name, index]
    guard let url = value.string else {
      problems.append(Self.problem(path, "string_type", "Input should be a valid string", input: value))
      return nil
    }
    do throws(MockPictureError) {
      return try MockPicture(url: url)
    } catch {
      // Without the input: an image is too long to be sent back.
      problems.append(Self.problem(path, "image_load_error", "Could not load the image: \(error.message)"))
      return nil
    }
  }
}
