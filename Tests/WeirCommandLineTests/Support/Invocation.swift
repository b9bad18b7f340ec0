import Synchronization
import Testing
import WeirCommandLine
import WeirDiagnostics
import WeirProviders
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A call of `weir` as a test makes it: in a folder of its own, with variables, standard input and a
/// transport that the test gives. Nothing of the real environment is seen.
struct Invocation {
  let folder: TestFolder
  var variables: [String: String] = [:]
  /// What is piped in; nil where a person sits before the terminal.
  var input: String?
  var isTerminal = false
  var transport: any Transport = FakeTransport.nobody

  init(_ files: [String: String] = [:]) throws { folder = try TestFolder(files) }

  init(in folder: TestFolder) { self.folder = folder }

  /// What came of it. No key that was given may stand in it, whatever the test is about.
  func run(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) async -> Outcome {
    let console = CapturedConsole()
    let input = PipedInput(self.input ?? "")
    // What is kept in caches is kept for this call, and not found by another.
    let variables = variables.merging(["XDG_CACHE_HOME": "\(folder.path)/.cache"]) { given, _ in given }
    let environment = CommandEnvironment(
      variables: variables, directory: folder.path,
      console: Console(
        isTerminal: isTerminal, style: isTerminal ? .coloured : .plain,
        output: { console.print($0) }, error: { console.printError($0) }),
      hasPipedInput: self.input != nil,
      readPart: { input.next() },
      makeTransport: { [transport] in transport })
    let code = await CommandLine.run(words, in: environment)
    let outcome = Outcome(code: code, output: console.output, error: console.error)
    expectNoKey(in: outcome, sourceLocation)
    return outcome
  }

  private func expectNoKey(in outcome: Outcome, _ sourceLocation: SourceLocation) {
    for (name, key) in variables where name.hasSuffix("KEY") && !key.isEmpty {
      #expect(!outcome.output.contains(key), "\(name) is on standard output", sourceLocation: sourceLocation)
      #expect(!outcome.error.contains(key), "\(name) is on standard error", sourceLocation: sourceLocation)
    }
  }
}

/// How a call of `weir` ended, and all that it wrote.
struct Outcome {
  let code: ExitCode
  let output: String
  let error: String

  /// Standard output, which must be one JSON object.
  func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> Record {
    try #require(try Value(json: output).record, sourceLocation: sourceLocation)
  }

  /// The codes of the diagnostics that `--json` prints.
  func codes() throws -> [String] {
    let diagnostics = try #require(try json()["diagnostics"]?.list)
    return diagnostics.compactMap { $0.record?["code"]?.string }
  }
}

/// Keeps what is written; several threads may write.
private final class CapturedConsole: Sendable {
  private let texts = Mutex((output: "", error: ""))

  var output: String { texts.withLock { $0.output } }
  var error: String { texts.withLock { $0.error } }

  func print(_ text: String) { texts.withLock { $0.output += text } }
  func printError(_ text: String) { texts.withLock { $0.error += text } }
}

/// Standard input as a pipe gives it: a few bytes at a time.
private final class PipedInput: Sendable {
  private let rest: Mutex<ArraySlice<UInt8>>

  init(_ text: String) { rest = Mutex(Array(text.utf8)[...]) }

  func next() -> [UInt8] {
    rest.withLock { rest in
      let part = Array(rest.prefix(7))
      rest = rest.dropFirst(7)
      return part
    }
  }
}
