package import WeirProviders

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// All that a command may see of the world outside: given once, by `main` or by a test.
package struct CommandEnvironment: Sendable {
  /// The environment variables.
  package let variables: [String: String]
  /// The folder that relative paths are relative to.
  package let directory: String
  package let console: Console
  /// Whether standard input is a pipe or a file, and not a person.
  package let hasPipedInput: Bool
  /// All of standard input.
  package let readInput: @Sendable () -> Data
  /// Called as soon as requests are likely; loading a network library takes its time.
  package let makeTransport: @Sendable () -> any Transport

  package init(
    variables: [String: String], directory: String, console: Console, hasPipedInput: Bool,
    readInput: @escaping @Sendable () -> Data, makeTransport: @escaping @Sendable () -> any Transport
  ) {
    self.variables = variables
    self.directory = directory
    self.console = console
    self.hasPipedInput = hasPipedInput
    self.readInput = readInput
    self.makeTransport = makeTransport
  }
}
