import WeirDiagnostics

/// A subcommand as data: its name, what it does, its options, and what runs.
struct Command: Sendable {
  let name: String
  /// One line, for the list of commands.
  let summary: String
  /// What follows `weir NAME`, for the usage line.
  let operands: String
  let options: [Option]
  /// More about it, below the options; nil when the summary says it all.
  var details: String?
  let body: @Sendable (_ words: [String], _ environment: CommandEnvironment) async throws -> ExitCode

  static let all: [Command] = [
    .run, .check, .fmt, .graph, .parse, .schema, .models, .account, .job, .explain, .std, .mock, .help,
  ]

  static func named(_ name: String) -> Command? { all.first { $0.name == name } }
}

extension Command {
  /// The text of `weir help NAME`.
  var helpText: String {
    var text = "\(summary).\n\nUsage: weir \(name) \(operands)\n"
    text += "\nOptions:\n" + Help.table((options + Option.everywhere).map { ($0.usage, $0.help) })
    if let details { text += "\n\(details)\n" }
    return text
  }

  /// The options and operands, with those that every command takes.
  func parse(_ words: [String]) throws(UsageError) -> Arguments {
    try Arguments(words, options + Option.everywhere)
  }
}

enum Help {
  /// Two columns, the second broken at 100 characters.
  static func table(_ rows: [(String, String)]) -> String {
    let width = min(28, rows.map(\.0.count).max() ?? 0)
    return rows.map { left, right in
      let gap = left.count > width ? "\n" + String(repeating: " ", count: width + 4) : ""
      let padding = String(repeating: " ", count: max(0, width - left.count) + 2)
      let indent = String(repeating: " ", count: width + 4)
      return "  \(left)\(gap.isEmpty ? padding : gap)\(wrap(right, indent: indent, at: 100))\n"
    }.joined()
  }

  private static func wrap(_ text: String, indent: String, at limit: Int) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] = String(word)
      } else if lines[lines.count - 1].count + word.count + 1 + indent.count <= limit {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n" + indent)
  }

  static let overview =
    """
    weir: prompt workflows as code

    Usage: weir COMMAND [options]

    Commands:
    \(table(Command.all.map { ($0.name, $0.summary) }))
    `weir help COMMAND` says more of one. `weir run FILE --help` says what a flow needs.

    """
}
