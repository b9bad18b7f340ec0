import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirReading
import WeirRun
import WeirValues

extension Command {
  static let parse = Command(
    name: "parse", summary: "Read a model's answer into a typed value",
    operands: "--type EXPR [options] [FILE]",
    options: ParseOption.all,
    details: """
      It reads FILE, or standard input, as a run reads an answer: prose and fences around the value, broken
      JSON and values of another type are understood where they can mean only one thing. The value goes to
      standard output as JSON.

      With `--jsonl` every line is a JSON string with one text, and gets a line: an object with `value`,
      `certainty`, `place` and `changes`, or with `error`.

      Exit codes: 0 read, 1 the command line is wrong, 2 the type, the flow or the file is wrong, 4 nothing
      fits or a condition does not hold, with `--jsonl` in one line or more.
      """
  ) { words, environment in
    let arguments = try Arguments(words, ParseOption.all + Option.everywhere)
    try ParseOption.refuseContradictions(in: arguments)
    guard let type = try TypeOption.read(arguments, for: "parse", environment) else { return .invalid }
    if let open = type.openConditions.first {
      throw UsageError(
        "`where \(open.text)` cannot be checked: it names a value that only a run has",
        help: "give the input a default, or name a type without the condition", exitCode: .invalid)
    }
    let parsing = Parsing(type, arguments, environment)
    return arguments.has(ParseOption.jsonl) ? try parsing.runOnLines() : try parsing.run()
  }
}

private enum ParseOption {
  static let explain = Option.flag(
    "explain", "Tell where the value was found, what was forgiven, and what was not taken")
  static let partial = Option.flag(
    "partial", "Read what there is of a text that is cut off; what is missing is left out")
  static let jsonl = Option.flag("jsonl", "Read a JSON string a line, and write a result a line")
  static let json = Option.flag("json", "Print value, certainty, place and changes as one JSON object")

  static let all = TypeOption.all + [explain, partial, jsonl, json]

  static func refuseContradictions(in arguments: Arguments) throws(UsageError) {
    if arguments.operands.count > 1 {
      throw UsageError(
        "`weir parse` takes one file, found \(arguments.operands.count)",
        help: "many texts are read at once with `--jsonl`")
    }
    guard arguments.has(jsonl), let other = [explain, json].first(where: arguments.has) else { return }
    throw UsageError(
      "`--jsonl` and `--\(other.name)` do not go together",
      help: "each result of `--jsonl` says what `--\(other.name)` would")
  }
}

/// One call of `weir parse`.
private struct Parsing {
  private let type: StandaloneType
  private let arguments: Arguments
  private let environment: CommandEnvironment
  private let files: ProjectFiles

  init(_ type: StandaloneType, _ arguments: Arguments, _ environment: CommandEnvironment) {
    self.type = type
    self.arguments = arguments
    self.environment = environment
    files = ProjectFiles(directory: environment.directory)
  }

  private var console: Console { environment.console }
  private var allowsPartial: Bool { arguments.has(ParseOption.partial) }
  /// Nil for standard input.
  private var path: String? { arguments.operands.first.flatMap { $0 == "-" ? nil : $0 } }

  // MARK: One text

  func run() throws(UsageError) -> ExitCode {
    let text = try text()
    let report = ReadingReport(of: text)
    do {
      let reading = try type.read(text, allowsPartial: allowsPartial)
      console.print(
        arguments.has(ParseOption.json) ? reading.json.json(indent: 2) : reading.value.json(indent: 2))
      if arguments.has(ParseOption.explain) { report.show(reading, on: console) }
      return .done
    } catch {
      if arguments.has(ParseOption.json) { console.print(error.json.json(indent: 2)) }
      report.show(error, isWhole: arguments.has(ParseOption.explain), on: console)
      return .unmet
    }
  }

  private func text() throws(UsageError) -> String {
    var bytes: [UInt8] = []
    try eachPart { bytes += $0 }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UsageError(
        "\(path.map { "the file `\($0)`" } ?? "standard input") is not UTF-8 text", exitCode: .invalid)
    }
    return text
  }

  private func eachPart(_ take: ([UInt8]) -> Void) throws(UsageError) {
    if let path {
      do throws(LoadFailure) {
        return try files.readParts(of: path, as: "file", take)
      } catch {
        throw UsageError(error.message, help: error.advice, exitCode: .invalid)
      }
    }
    while true {
      let part = environment.readPart()
      if part.isEmpty { return }
      take(part)
    }
  }

  // MARK: A text a line

  /// One line after another: what was read and written is not kept.
  func runOnLines() throws(UsageError) -> ExitCode {
    var lines = LineSplitter()
    var count = 0
    var failures = 0
    func take(_ line: [UInt8]) {
      count += 1
      let (result, isRead) = self.result(of: line)
      console.print(result.json())
      if !isRead { failures += 1 }
    }
    try eachPart { lines.add($0, take) }
    lines.finish(take)
    if failures == 0 { return .done }
    console.note("\(failures) of \(count) line\(count == 1 ? "" : "s") could not be read")
    return .unmet
  }

  private func result(of line: [UInt8]) -> (Value, isRead: Bool) {
    let line = (Result { () throws(JSONError) in try Value(json: line) }).map(\.string)
    do throws(JSONError) {
      guard let text = try line.get() else { return (.wrongLine("the line is not a JSON string"), false) }
      return result(of: text)
    } catch {
      return (.wrongLine("the line is not JSON: \(error.message), at byte \(error.offset + 1)"), false)
    }
  }

  private func result(of text: String) -> (Value, isRead: Bool) {
    do {
      return (try type.read(text, allowsPartial: allowsPartial).json, true)
    } catch {
      return (error.json, false)
    }
  }
}
