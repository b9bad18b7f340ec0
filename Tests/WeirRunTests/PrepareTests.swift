import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirRun
import WeirValues

private func prepared(
  _ sketch: Sketch, _ inputs: [String: Value] = [:]
) -> (run: PreparedRun?, [Diagnostic]) {
  prepare(sketch.program, RunOptions(inputs: inputs, providers: ["main", "local"], defaultProvider: "main"))
}

private func messages(_ sketch: Sketch, _ inputs: [String: Value] = [:]) -> [String] {
  prepared(sketch, inputs).1.map { "\($0.code.name): \($0.message)" }
}

struct Setting: Sendable, CustomTestStringConvertible {
  let change: @Sendable (inout StepSettings) -> Void
  let message: String
  var testDescription: String { message }

  init(_ message: String, _ change: @escaping @Sendable (inout StepSettings) -> Void) {
    (self.message, self.change) = (message, change)
  }
}

@Suite struct PrepareTests {
  @Test func inputsTakeWhatIsGivenOrTheirDefaultOrNull() throws {
    var sketch = Sketch()
    sketch.input("given")
    let base = sketch.let("base", "warm", .string)
    sketch.input("tone", default: template(.value(base), .text("er")))
    sketch.input("optional", .union([.int, .null]))
    let known = try #require(prepared(sketch, ["given": .string("x")]).run).known
    #expect(known[ValueID(0)] == .string("x"))
    #expect(known[ValueID(2)] == .string("warmer"))
    #expect(known[ValueID(3)] == .null)
  }

  @Test func everythingWrongIsToldAtOnceInTheOrderOfTheSource() {
    var sketch = Sketch()
    let photo = sketch.input("photo", .image)
    let count = sketch.input(
      "count", .int, default: 0, notes: sketch.notes(where: binary(it, .greaterOrEqual, 1), "it >= 1"))
    sketch.let("half", expression(.binary(.divide, count, 0), at: 900), .number)
    sketch.step("a", prompt: template(.value(photo)), model: nil)
    #expect(
      messages(sketch) == [
        "input-mismatch: input `count` must meet `where it >= 1`, found 0",
        "missing-input: input `photo` needs a value of type `image`",
        "no-model: step `a` names no model",
      ])
    #expect(prepared(sketch).run == nil)
  }

  @Test func aGivenValueIsHeldToItsTypeAndConditions() {
    var sketch = Sketch()
    let notes = sketch.notes(where: binary(count(it), .less, 3), "it.count < 3")
    sketch.input("tags", .list(.string), notes: notes)
    #expect(messages(sketch, ["tags": .list([.string("a")])]).isEmpty)
    #expect(
      messages(sketch, ["tags": .list([.int(1)])])
        == ["input-mismatch: in input `tags`, `[0]` must be `string`, found the number 1"])
    #expect(
      messages(sketch, ["tags": .list(Array(repeating: .string("a"), count: 3))])
        == [#"input-mismatch: input `tags` must meet `where it.count < 3`, found ["a","a","a"]"#])
  }

  @Test func aConditionMayNameAnEarlierInput() {
    var sketch = Sketch()
    let labels = sketch.input("labels", .list(.string))
    sketch.input("label", notes: sketch.notes(where: binary(it, .in, labels), "it in labels"))
    let inputs: [String: Value] = ["labels": .list([.string("a")]), "label": .string("b")]
    #expect(
      messages(sketch, inputs) == [
        #"input-mismatch: input `label` must meet `where it in labels`, found "b""#
      ])
    #expect(
      messages(sketch, ["label": .string("b")]) == [
        "missing-input: input `labels` needs a value of type `[string]`"
      ])
  }

  @Test func letsThatNeedNoStepAreKnownAndOthersAreNot() throws {
    var sketch = Sketch()
    let one = sketch.let("one", binary(1, .add, 0, .int), .int)
    let a = sketch.step("a", prompt: template(.value(one)))
    sketch.let("later", template(.value(a)), .string)
    sketch.let("post", constant(.record(["n": .int(1)])), readAs: .record([RecordField("n", .number)]))
    let known = try #require(prepared(sketch).run).known
    #expect((0...3).map { known[ValueID($0)] } == [.int(1), nil, nil, .record(["n": .int(1)])])
  }

  @Test func aLetThatFailsIsToldOnceAndWhatNeedsItIsSilent() {
    var sketch = Sketch()
    let bad = sketch.let("bad", constant(.string("x")), .int, readAs: .int)
    let worse = sketch.let("worse", binary(bad, .add, 1, .int), .int)
    sketch.step("a") { $0.maxTokens = worse }
    #expect(messages(sketch) == [#"evaluation-failed: `bad` must be `int`, found the string "x""#])
  }

  @Test func aProgramThatIsNotThereIsToldUnlessTheFlowGoesOnWithoutIt() {
    var options = RunOptions(providers: ["main"], defaultProvider: "main")
    options.allowedPrograms = ["gti", "git"]
    options.findProgram = { program, _ in program == "git" ? nil : .notFound(program: program) }
    var sketch = Sketch()
    sketch.run("there", ["git", "log"])
    sketch.run("missing", ["gti", "log"])
    sketch.run("spared", ["gti", "log"]) { $0.otherwise = "" }
    let told = prepare(sketch.program, options).1
    #expect(
      told.map(\.message) == ["step `missing` cannot be run: no program `gti` was found in `PATH`"])
    #expect(told.map(\.severity) == [.error])
  }

  static let settings: [Setting] = [
    Setting("`temperature` must be from 0 to 2, found 2.5") { $0.temperature = 2.5 },
    Setting("`temperature` must be from 0 to 2, found -1") { $0.temperature = -1 },
    Setting("`top_p` must be from 0 to 1, found 2") { $0.topP = 2 },
    Setting("`max_tokens` must be a whole number of at least 1, found 0") { $0.maxTokens = 0 },
    Setting("`max_tokens` must be a whole number of at least 1, found 1.5") { $0.maxTokens = 1.5 },
    Setting("`seed` must be a whole number, found 0.5") { $0.seed = 0.5 },
    Setting("`retries` must be a whole number from 0 to 100, found -1") { $0.retries = -1 },
    Setting("`timeout` must be more than no time and at most 30 days, found 0 seconds") { $0.timeout = 0 },
    Setting("`timeout` must be more than no time and at most 30 days, found 1e+300 seconds") {
      $0.timeout = 1e300
    },
    Setting("`stop` must be a string or a list of strings, none of them empty, found \"\"") { $0.stop = "" },
    Setting("`stop` must be a string or a list of strings, none of them empty, found [1]") { $0.stop = [1] },
    Setting(
      "`reasoning` must be true, false, \"low\", \"medium\", \"high\" or a number of tokens, found \"deep\""
    ) { $0.reasoning = "deep" },
    Setting("`reasoning` must be true, false, \"low\", \"medium\", \"high\" or a number of tokens, found 0") {
      $0.reasoning = 0
    },
    Setting("`options` must be a record, found [1]") { $0.options = [1] },
    Setting("`model` must name at least one model, found an empty list") { $0.model = [] },
    Setting("`model` must name a model, found \"\"") { $0.model = "" },
    Setting("`model` must name a model, found \"local:\"") { $0.model = ["a", "local:"] },
  ]

  @Test(arguments: settings) func refusesWhatNoEndpointTakes(_ setting: Setting) {
    var sketch = Sketch()
    sketch.step("a") { setting.change(&$0) }
    #expect(messages(sketch) == ["setting-out-of-range: \(setting.message)"])
  }

  @Test func settingsMayComeFromInputsAndBeLeftOut() throws {
    var sketch = Sketch()
    let heat = sketch.input("heat", .union([.number, .null]))
    let models = sketch.let("models", ["local:llama3:8b", "deepseek/deepseek-r1:free"], .list(.string))
    sketch.step("a", model: models) { settings in
      settings.temperature = heat
      settings.reasoning = 2_000
      settings.stop = ["a", "b"]
    }
    let step = try #require(prepared(sketch).run?.steps.first)
    #expect(step.settings.temperature == nil)
    #expect(step.settings.reasoning == .tokens(2_000))
    #expect(step.settings.stop == ["a", "b"])
    #expect(
      step.models == [
        ModelChoice(provider: "local", model: "llama3:8b"),
        ModelChoice(provider: "main", model: "deepseek/deepseek-r1:free"),
      ])
    #expect(
      messages(sketch, ["heat": .int(3)]) == [
        "setting-out-of-range: `temperature` must be from 0 to 2, found 3"
      ])
  }

  @Test func everyCodeHasItsOwnNameAndDiffersInItsFlows() {
    #expect(Set(DiagnosticCode.runCodes.map(\.name)).count == DiagnosticCode.runCodes.count)
    #expect(DiagnosticCode.runCodes.allSatisfy { $0.wrong != $0.right })
  }
}
