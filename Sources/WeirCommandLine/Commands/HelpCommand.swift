import WeirDiagnostics

extension Command {
  static let help = Command(
    name: "help", summary: "Show the commands, or what one of them takes", operands: "[COMMAND]", options: []
  ) { words, environment in
    let arguments = try Command.helpArguments(words)
    guard let name = arguments.operands.first else {
      environment.console.print(String(Help.overview.dropLast()))
      return .done
    }
    guard let command = Command.named(name) else {
      throw UsageError(
        "there is no command `\(name)`",
        help: Command.all.map(\.name).nearest(to: name).map { "did you mean `\($0)`?" })
    }
    environment.console.print(String(command.helpText.dropLast()))
    return .done
  }

  private static func helpArguments(_ words: [String]) throws(UsageError) -> Arguments {
    try Arguments(words, Option.everywhere)
  }
}
