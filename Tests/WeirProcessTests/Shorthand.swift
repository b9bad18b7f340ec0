import WeirProcess

/// Programs of this system, with a `PATH` and nothing else to inherit.
let programs = SystemPrograms(environment: ["PATH": "/usr/bin:/bin"])

/// What a program writes, as text; a failure where it fails.
func output(
  _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], directory: String? = nil,
  timeout: Duration = .seconds(30), limit: Int = 10_000_000
) async throws(ProgramFailure) -> String {
  let command = ProgramCommand(
    arguments: arguments, standardInput: input, environment: environment, directory: directory,
    timeout: timeout, outputLimit: limit)
  return String(decoding: try await programs.run(command), as: UTF8.self)
}

/// How a program fails; nil where it does not.
func failure(
  _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], directory: String? = nil,
  timeout: Duration = .seconds(30), limit: Int = 10_000_000
) async -> ProgramFailure? {
  do {
    _ = try await output(
      arguments, input: input, environment: environment, directory: directory, timeout: timeout, limit: limit)
    return nil
  } catch {
    return error
  }
}

/// A small program for the shell, which is here the program itself; `$1` and so on are the arguments.
func shell(_ script: String, _ arguments: String...) -> [String] { ["sh", "-c", script, "sh"] + arguments }
