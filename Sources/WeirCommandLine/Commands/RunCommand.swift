import WeirProject
import WeirValues

extension Command {
  static let run = Command(
    name: "run", summary: "Run a flow", operands: "[options] FILE [--input value …]",
    options: RunOption.all,
    details: """
      The inputs of the flow stand after FILE, by their names; `weir run FILE --help` lists them. A list is
      given by repeating its option, a record as JSON. `@path` reads a value from a file, `-` from standard
      input, and `@@` begins a text that itself begins with `@`. A picture is a path, an http address, a
      `data:` URI or `-`. A secret may also come from the environment, by its name in capitals.

      The result alone goes to standard output, progress to standard error. Exit codes: 0 done, 1 the command
      line is wrong, 2 the flow or an input is wrong and nothing was asked, 3 a step failed, 5 its limit of time
      was over, 130 interrupted.
      """,
    body: runFlow)

  private static func runFlow(_ words: [String], _ environment: CommandEnvironment) async throws -> ExitCode {
    guard let (before, path, after) = try RunOption.parts(of: words) else {
      if words.contains("--help") || words.contains("-h") {
        environment.console.print(String(Command.run.helpText.dropLast()))
        return .done
      }
      throw UsageError("`weir run` needs a flow", help: "weir run [options] FILE [--input value …]")
    }
    // Opening the network library takes longer than all that comes before the first request.
    let transport = RunOption.mayAsk(words) ? environment.makeTransport() : nil
    let files = ProjectFiles(directory: environment.directory)
    let flow: Flow
    do {
      var loader = FlowLoader(files)
      flow = try loader.load(path)
    } catch {
      // What stands behind the file cannot be read without it, but these are no inputs.
      let report = RunJSON(refused: .list([]), error: error.message)
      if before.has(RunOption.json) || after.contains("--\(RunOption.json.name)") {
        environment.console.print(report.text)
      }
      if before.has(RunOption.events) || after.contains("--\(RunOption.events.name)") {
        environment.console.write(EventLines.end(report))
      }
      throw UsageError(error.message, help: error.advice, exitCode: .invalid)
    }
    if FlowHelp.isAsked(before: before, after: after, flow.program) {
      environment.console.print(FlowHelp.text(of: flow, path))
      return .done
    }
    let parsed = try FlowArguments(
      after, for: flow.program, RunOption.all + Option.everywhere, adding: before)
    return try await FlowRun(flow, path, parsed, files, environment, transport).run()
  }
}
