import WeirDiagnostics

/// The program behind `weir`: arguments in, exit code out. May be called any number of times.
package enum CommandLine {
  package static let version = "0.1.0"

  package static func run(_ words: [String], in environment: CommandEnvironment) async -> ExitCode {
    var words = words
    let colour = Option.noColour
    let isPlain = words.contains("--\(colour.name)") || !(environment.variables["NO_COLOR"] ?? "").isEmpty
    let environment = isPlain ? environment.plain() : environment
    guard let first = words.first else {
      environment.console.writeError(Help.overview)
      return .usage
    }
    words.removeFirst()
    do {
      return try await run(first, words, in: environment)
    } catch let error as UsageError {
      environment.console.fail(error.message, help: error.help)
      return error.exitCode
    } catch {
      environment.console.fail("\(error)")
      return .failed
    }
  }

  private static func run(
    _ name: String, _ words: [String], in environment: CommandEnvironment
  ) async throws -> ExitCode {
    switch name {
    case "--version", "-V": return print("weir \(version)", environment)
    case "--help", "-h": return print(Help.overview.dropLast().description, environment)
    default: break
    }
    guard let command = Command.named(name) else {
      let known = Command.all.map(\.name) + ["--version"]
      let isFlow = name.hasSuffix(".flow")
      throw UsageError(
        "there is no command `\(name)`",
        help: isFlow
          ? "to run a flow, write `weir run \(name)`"
          : known.nearest(to: name).map { "did you mean `\($0)`?" } ?? "`weir help` lists the commands")
    }
    // `weir run FILE --help` is about the flow; the command sees to it itself.
    if command.name != Command.run.name || words.count == 1, words.contains("--help") || words.contains("-h")
    {
      return print(command.helpText.dropLast().description, environment)
    }
    return try await command.body(words, environment)
  }

  private static func print(_ text: String, _ environment: CommandEnvironment) -> ExitCode {
    environment.console.print(text)
    return .done
  }
}

extension CommandEnvironment {
  fileprivate func plain() -> CommandEnvironment {
    CommandEnvironment(
      variables: variables, directory: directory, console: console.plain(), hasPipedInput: hasPipedInput,
      readPart: readPart, makeTransport: makeTransport)
  }
}
