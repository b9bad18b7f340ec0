import Testing
import WeirProcess

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is told when a program does not start or does not end well.
struct FailureTests {
  @Test func theStatusAndTheEndOfStandardErrorAreTold() async {
    #expect(
      await failure(shell("echo out; echo why >&2; exit 3")) == .exited(status: 3, standardError: "why\n"))
    #expect(await failure(["false"]) == .exited(status: 1, standardError: ""))
    #expect(await failure(shell("exit 255")) == .exited(status: 255, standardError: ""))
  }

  @Test func whatASignalEndedIsTold() async {
    #expect(await failure(shell("echo ouch >&2; kill -9 $$")) == .killed(signal: 9, standardError: "ouch\n"))
    #expect(await failure(shell("kill -TERM $$")) == .killed(signal: 15, standardError: ""))
  }

  @Test func standardErrorOfOneThatEndsWellIsNotKept() async throws {
    #expect(try await output(shell("echo warning >&2; echo done")) == "done\n")
  }

  @Test func onlyTheEndOfALongStandardErrorIsKept() async throws {
    let script = "head -c 300000 /dev/zero | tr '\\0' x >&2; echo the end >&2; exit 1"
    let text = try #require(await failure(shell(script))).standardError
    #expect(text.utf8.count == 4_096)
    #expect(text.hasSuffix("xxxthe end\n"))
  }

  /// Three bytes a character: the cut goes through one of them.
  @Test func theCutTextBeginsWithAWholeCharacterAndIsValid() async throws {
    let input = Array(String(repeating: "本", count: 3_000).utf8) + [0xFF, 0x0A]
    let text = try #require(await failure(shell("cat >&2; exit 1"), input: input)).standardError
    #expect(text == String(repeating: "本", count: 1_364) + "\u{FFFD}\n")
  }

  // MARK: Not started

  @Test(arguments: ["weir-no-such-program", "/usr/bin/weir-no-such-program", "./weir-no-such-program"])
  func whatIsNotThereIsNotFound(_ program: String) async {
    #expect(await failure([program]) == .notFound(program: program))
  }

  @Test func theSearchGoesByThePathOfTheProgramItself() async throws {
    let nothing = SystemPrograms(environment: [:])
    let command = ProgramCommand(
      arguments: ["echo"], environment: ["PATH": "/nowhere"], timeout: .seconds(30))
    await #expect(throws: ProgramFailure.notFound(program: "echo")) { try await nothing.run(command) }
    #expect(try await output(["echo", "a"], environment: ["PATH": "/nowhere:/bin"]) == "a\n")
  }

  @Test func foldersOfThePathThatAreNotAbsoluteArePassedOver() async {
    let path = ["PATH": ":.:bin"]
    #expect(await failure(["echo"], environment: path, directory: "/") == .notFound(program: "echo"))
  }

  @Test func whatCannotBeGivenToAProgramIsRefused() async {
    let nul = "holds a NUL character, which no program can be given"
    #expect(
      await failure(["echo", "a", "b\0c"]) == .notStarted(program: "echo", reason: "argument 2 \(nul)"))
    #expect(await failure(["ec\0ho"]) == .notStarted(program: "", reason: "its name \(nul)"))
    #expect(await failure([]) == .notStarted(program: "", reason: "no program is named"))
    #expect(await failure([""]) == .notStarted(program: "", reason: "no program is named"))
    #expect(
      await failure(["env"], environment: ["A": "b\0c"])
        == .notStarted(program: "env", reason: "the environment variable `A` holds a NUL character"))
    for name in ["", "A=B"] {
      #expect(
        await failure(["env"], environment: [name: "x"])
          == .notStarted(program: "env", reason: "an environment variable cannot be called `\(name)`"))
    }
    #expect(
      await failure(["pwd"], directory: "/nowhere")
        == .notStarted(program: "pwd", reason: "the folder `/nowhere` does not exist"))
    let long = [String](repeating: String(repeating: "x", count: 100_000), count: 100)
    #expect(
      await failure(["echo"] + long)
        == .notStarted(
          program: "echo", reason: "its arguments and environment are longer than the system takes"))
  }

  @Test(arguments: [
    ("echo hello\n", 0o755, "it is not a program that this system can run, and has no `#!` line"),
    ("#!/nowhere/sh\n", 0o755, "the interpreter that it names does not exist"),
    ("#!/bin/sh\n", 0o644, "you may not execute it"),
  ])
  func aFileThatIsNoProgramIsNotGivenToAShell(_ text: String, _ mode: Int, _ reason: String) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "weir-program-\(UUID().uuidString)")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(chmod(file.path, mode_t(mode)) == 0)
    var found = await failure([file.path])
    // Another test may start a program in the moment in which the file is written, which then is busy.
    for _ in 0..<100 where found?.message.contains("busy") ?? false { found = await failure([file.path]) }
    #expect(found == .notStarted(program: file.path, reason: reason))
  }

  @Test func aFolderIsNoProgram() async {
    #expect(await failure(["/usr"]) == .notStarted(program: "/usr", reason: "it is not a file"))
  }

  @Test func everyFailureHasItsWords() {
    let failures: [ProgramFailure] = [
      .notFound(program: "jq"), .notFound(program: "./jq"), .notStarted(program: "jq", reason: "no memory"),
      .exited(status: 2, standardError: "x"), .killed(signal: 11, standardError: "x"),
      .timedOut(after: .seconds(2), standardError: "x"), .outputTooLarge(limit: 10), .cancelled,
    ]
    #expect(
      failures.map(\.message) == [
        "no program `jq` was found in `PATH`", "there is no program `./jq`",
        "`jq` could not be started: no memory", "exited with status 2", "was ended by signal 11",
        "was not done after 2.0 seconds", "wrote more than 10 bytes to standard output", "was stopped",
      ])
    #expect(failures.map(\.standardError) == ["", "", "", "x", "x", "x", "", ""])
  }
}
