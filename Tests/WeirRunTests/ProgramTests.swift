import Synchronization
import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirRun
import WeirValues

/// Programs that flows run, the secrets that they are given, and files.
@Suite(.timeLimit(.minutes(1))) struct ProgramTests {
  private func command(_ words: String...) -> Expression {
    expression(.list(ExpressionList(words.map { constant(.string($0), .string) })), .list(.string))
  }

  private func allow(_ options: inout RunOptions) { options.allowedPrograms = ["git"] }

  @Test func whatAProgramPrintsIsItsValueWithoutTheLastLineBreak() async throws {
    var sketch = Sketch()
    let log = sketch.run("log", command("git", "log")) {
      $0.input = "in"
      $0.timeout = 5
      $0.environment = [.init(name: "LANG", value: "C")]
    }
    sketch.output(sketch.step("a", prompt: template(.text("["), .value(log), .text("]"))))
    let programs = FakePrograms([.success(Array("one\ntwo\n\n".utf8))])
    let report = try await run(sketch, on: AskedEndpoint { $0.prompt.text }, programs: programs) { options in
      allow(&options)
      options.folders = { _ in "/flows" }
    }
    #expect(report.output == .string("[one\ntwo\n]"))
    let asked = try #require(programs.commands.first)
    #expect(asked.arguments == ["git", "log"])
    #expect(asked.standardInput == Array("in".utf8))
    #expect(asked.timeout == .seconds(5))
    #expect(asked.environment == ["LANG": "C"])
    #expect(asked.directory == "/flows")
  }

  @Test func aProgramThatWasNotAllowedIsToldBeforeAnythingIsDone() {
    var sketch = Sketch()
    sketch.run("log", command("git", "log"))
    let (prepared, diagnostics) = prepare(
      sketch.program, RunOptions(providers: ["main"], defaultProvider: "main"))
    #expect(prepared == nil)
    #expect(diagnostics.map(\.code) == [.notAllowed])
    #expect(diagnostics[0].help?.contains("`--allow-run=git`") == true)
  }

  static let failures: [(Result<[UInt8], ProgramFailure>, String)] = [
    (.failure(.exited(status: 2, standardError: "bad key s3cret")), "exited with status 2"),
    (.failure(.notFound(program: "git")), "no program `git` was found in `PATH`"),
    (.success([0xFF]), "printed what is not UTF-8 text"),
  ]

  @Test(arguments: failures.indices) func aFailureSaysWhatHappenedAndNoSecret(_ index: Int) async throws {
    let (result, message) = Self.failures[index]
    var sketch = Sketch()
    sketch.run("log", command("git")) {
      $0.environment = [.init(name: "KEY", value: expression(.environment("GIT_KEY"), .secret))]
    }
    let programs = FakePrograms([result])
    let report = try await run(sketch, on: FakeEndpoint(), programs: programs) { options in
      allow(&options)
      options.secrets = { $0 == .environment("GIT_KEY") ? Secret("s3cret") : nil }
    }
    #expect(report.lines == ["log failed: \(message)"])
    #expect(programs.commands.first?.environment == ["KEY": "s3cret"])
    #expect(!"\(report.diagnostics)".contains("s3cret"))
    #expect(report.diagnostics.map(\.code) == [.programFailed])
  }

  @Test func aProgramIsStartedAgainAsOftenAsItSaysAndThenGivesWay() async throws {
    var sketch = Sketch()
    let log = sketch.run("log", command("git")) {
      $0.retries = 2
      $0.otherwise = "no log"
    }
    sketch.output(log)
    let failure = Result<[UInt8], ProgramFailure>.failure(.exited(status: 1, standardError: ""))
    let programs = FakePrograms([failure, failure, failure])
    let report = try await run(sketch, on: FakeEndpoint(), programs: programs, allow)
    #expect(report.output == .string("no log"))
    #expect(programs.commands.count == 3)
    let second = FakePrograms([failure, .success(Array("x".utf8))])
    #expect(try await run(sketch, on: FakeEndpoint(), programs: second, allow).output == .string("x"))
  }

  @Test func anArgumentWithANULFailsItsStep() async throws {
    var sketch = Sketch()
    sketch.run("log", command("git", "a\0b"))
    let report = try await run(sketch, on: FakeEndpoint(), programs: FakePrograms([]), allow)
    #expect(
      report.lines == [
        "log failed: argument 1 of `git` has a NUL character in it, which no program can be given"
      ])
  }

  @Test func aSecretThatIsMissingIsToldBeforeTheFirstRequest() {
    var sketch = Sketch()
    sketch.input("token", .secret)
    sketch.run("log", command("git")) {
      $0.environment = [.init(name: "KEY", value: expression(.environment("GIT_KEY"), .secret))]
    }
    var options = RunOptions(providers: ["main"], defaultProvider: "main")
    allow(&options)
    #expect(prepare(sketch.program, options).1.map(\.code) == [.missingSecret, .missingInput])
  }

  @Test func aSecretInputIsWhereItComesFromAndNotItsText() async throws {
    var sketch = Sketch()
    let token = sketch.input("token", .secret)
    sketch.run("log", command("git")) { $0.environment = [.init(name: "KEY", value: token)] }
    let programs = FakePrograms([.success([])])
    _ = try await run(sketch, on: FakeEndpoint(), programs: programs) { options in
      allow(&options)
      options.secrets = { $0 == .input("token") ? Secret("s3cret") : nil }
    }
    #expect(programs.commands.first?.environment == ["KEY": "s3cret"])
    #expect(Value.secret(.input("token")).json() == #""(secret)""#)
  }

  // MARK: Files

  private func file(_ function: Expression.FileFunction, _ path: Expression) -> Expression {
    expression(.file(function, [path]), .string, at: 700)
  }

  @Test func aFileIsReadOnceBeforeTheFirstRequestWhereverItStands() async throws {
    var sketch = Sketch()
    let list = sketch.step("list", .list(.string))
    let names = sketch.forEach(list) { sketch, page, _ in
      sketch.step("a", prompt: template(.value(file(.text, "style.md")), .text(" "), .value(page)))
    }
    sketch.output(try #require(names["a"]))
    let files = FakeFiles(["style.md": "Be brief"])
    let report = try await run(
      sketch, on: AskedEndpoint { $0.step == "list" ? #"["x", "y"]"# : $0.prompt.text }
    ) { $0.files = { _ in files } }
    #expect(report.output?.json() == #"["Be brief x","Be brief y"]"#)
    #expect(files.reads == ["style.md"])
  }

  @Test func aFileThatIsMissingIsToldBeforeTheFirstRequest() {
    var sketch = Sketch()
    let list = sketch.step("list", .list(.string))
    sketch.forEach(list) { sketch, _, _ in
      sketch.step("a", prompt: template(.value(file(.text, "style.md"))))
    }
    let known = constant(.list([.string("one.md"), .string("two.md")]), .list(.string))
    sketch.step("b", prompt: template(.loop(known, depth: 0, Template([.value(file(.text, local(0)))]))))
    var options = RunOptions(providers: ["main"], defaultProvider: "main")
    options.files = { _ in FakeFiles(["one.md": "1"]) }
    #expect(
      prepare(sketch.program, options).1.map(\.message) == [
        "there is no file `style.md`", "there is no file `two.md`",
      ])
  }
}

/// Programs that end as the test says, one after another.
final class FakePrograms: ProgramLauncher {
  private let results: Mutex<[Result<[UInt8], ProgramFailure>]>
  private let asked = Mutex<[ProgramCommand]>([])

  init(_ results: [Result<[UInt8], ProgramFailure>]) { self.results = Mutex(results) }

  var commands: [ProgramCommand] { asked.withLock { $0 } }

  func run(_ command: ProgramCommand) async throws(ProgramFailure) -> [UInt8] {
    asked.withLock { $0.append(command) }
    let next = results.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let next else { throw .notFound(program: command.arguments[0]) }
    return try next.get()
  }
}

/// Texts beside a flow, and which of them were read.
final class FakeFiles: FlowFiles {
  private let texts: [String: String]
  private let read = Mutex<[String]>([])

  init(_ texts: [String: String]) { self.texts = texts }

  var reads: [String] { read.withLock { $0 } }

  func text(_ path: String) throws(FileFailure) -> String {
    read.withLock { $0.append(path) }
    guard let text = texts[path] else { throw FileFailure(path, .missing(nearest: nil)) }
    return text
  }

  func lines(_ path: String) throws(FileFailure) -> [String] { [try text(path)] }
  func json(_ path: String) throws(FileFailure) -> Value { .string(try text(path)) }
  func rows(_ path: String) throws(FileFailure) -> [Value] { [.string(try text(path))] }
  func image(_ path: String) throws(FileFailure) -> Picture { throw FileFailure(path, .notPicture("a text")) }
  func file(_ path: String) throws(FileFailure) -> Value { .string(try text(path)) }
  func paths(_ pattern: String) throws(FileFailure) -> [String] { texts.keys.sorted() }
}
