/// A program to start, with all that it is given.
///
/// The arguments arrive as they are: no shell ever reads them.
package struct ProgramCommand: Sendable {
  /// The program, then what it is told. A program without `/` is looked for in `PATH`, in its absolute
  /// folders only; any other is a path from `directory`.
  package var arguments: [String]
  /// All that the program can read; without any, it reads the end at once.
  package var standardInput: [UInt8]
  /// Added to what every program inherits, and put in place of what has the same name.
  package var environment: [String: String]
  /// Where the program starts; nil for where this process is.
  package var directory: String?
  /// For the program as a whole, from its start to its end.
  package var timeout: Duration
  /// In bytes of standard output; one more is a failure.
  package var outputLimit: Int

  package init(
    arguments: [String], standardInput: [UInt8] = [], environment: [String: String] = [:],
    directory: String? = nil, timeout: Duration, outputLimit: Int = 10_000_000
  ) {
    self.arguments = arguments
    self.standardInput = standardInput
    self.environment = environment
    self.directory = directory
    self.timeout = timeout
    self.outputLimit = outputLimit
  }

  /// The program's name or path; empty where there are no arguments.
  var program: String { arguments.first ?? "" }
}
