package import WeirProviders

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
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
  /// The next piece of standard input; empty at its end.
  package let readPart: @Sendable () -> [UInt8]
  /// Called as soon as requests are likely; loading a network library takes its time.
  package let makeTransport: @Sendable () -> any Transport

  package init(
    variables: [String: String], directory: String, console: Console, hasPipedInput: Bool,
    readPart: @escaping @Sendable () -> [UInt8], makeTransport: @escaping @Sendable () -> any Transport
  ) {
    self.variables = variables
    self.directory = directory
    self.console = console
    self.hasPipedInput = hasPipedInput
    self.readPart = readPart
    self.makeTransport = makeTransport
  }

  /// Where Weir keeps what it can do without: the user's folder for caches.
  var cacheFolder: String {
    if let folder = variables["XDG_CACHE_HOME"], folder.hasPrefix("/") { return "\(folder)/weir" }
    let home = variables["HOME"] ?? FileManager.default.temporaryDirectory.path
    #if canImport(Darwin)
      return "\(home)/Library/Caches/weir"
    #else
      return "\(home)/.cache/weir"
    #endif
  }

  /// All of standard input that was not read yet.
  func readInput() -> Data {
    var data = Data()
    while true {
      let part = readPart()
      if part.isEmpty { return data }
      data.append(contentsOf: part)
    }
  }
}
