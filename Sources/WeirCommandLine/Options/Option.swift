/// An option of a command, said once: parsing and help come from it.
struct Option: Sendable {
  let name: String
  /// What stands for the value in help; nil for an option without one.
  let value: String?
  let help: String

  static func flag(_ name: String, _ help: String) -> Option { Option(name: name, value: nil, help: help) }

  static func value(_ name: String, _ placeholder: String, _ help: String) -> Option {
    Option(name: name, value: placeholder, help: help)
  }

  /// `--model MODEL`
  var usage: String { value.map { "--\(name) \($0)" } ?? "--\(name)" }

  // Those that every command takes.
  static let help = flag("help", "Show this help")
  static let noColour = flag("no-color", "Write without colours, as NO_COLOR=1 does")
  static let everywhere = [noColour, help]
}

/// A command line, or what it names, that cannot be used. Nothing was asked.
struct UsageError: Error {
  let message: String
  let help: String?
  let exitCode: ExitCode

  init(_ message: String, help: String? = nil, exitCode: ExitCode = .usage) {
    self.message = message
    self.help = help
    self.exitCode = exitCode
  }
}
