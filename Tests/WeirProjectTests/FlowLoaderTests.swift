import Testing
import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirValues

/// Flows with all that they use.
struct FlowLoaderTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func load(_ path: String) throws -> Flow {
    var loader = FlowLoader(ProjectFiles(directory: folder.path))
    return try loader.load(path)
  }

  /// `main.flow:3 unknown-use`, by the shown path of each file.
  private func told(_ flow: Flow) -> [String] {
    flow.diagnostics.map { diagnostic in
      guard let source = flow.sources[diagnostic.span.file] else { return "nowhere" }
      let line = source.bytes[..<diagnostic.span.start].count { $0 == 0x0A } + 1
      return "\(source.path):\(line) \(diagnostic.code.name)"
    }
  }

  @Test func aFlowIsReadFromBesideTheOneThatUsesIt() throws {
    try folder.write(
      "parts/tone-of-voice.flow",
      "use \"./common.flow\"\ninput text: string\noutput tone = \"{{text}} {{common.greeting}}\"\noutput n = 1\n"
    )
    try folder.write("parts/common.flow", "type Mood = \"calm\" | \"tense\"\nlet greeting = \"Hello\"\n")
    try folder.write(
      "main.flow",
      "use \"./parts/tone-of-voice.flow\"\nstep made = tone_of_voice(text: \"a\")\noutput \"{{made.tone}} {{made.n}}\"\n"
    )
    let flow = try load("main.flow")
    #expect(told(flow) == [])
    #expect(flow.program.used.map(\.name) == ["common", "tone_of_voice"])
  }

  @Test func theStandardLibraryIsThere() throws {
    try folder.write(
      "main.flow",
      "use \"std/title\"\ndefaults { model: \"m\" }\ninput text: string\nstep heading = title(text: text)\n")
    #expect(told(try load("main.flow")) == [])
    let alone = "use \"std/title\"\ndefaults { model: \"m\" }\nstep heading = title(text: \"a\")\n"
    #expect(Flow(SourceFile(path: "a.flow", text: alone)).diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("./nwohere.flow", "did you mean `./nowhere.flow`?"), ("./nowhere", "did you mean `./nowhere.flow`?"),
    ("nowhere.flow", "write `use \"./nowhere.flow\"`"), ("std/titel", "did you mean `std/title`?"),
    ("title", "write `use \"std/title\"`"), ("std/zzz", "`weir std` lists what it has"),
    ("./zzz.flow", "a path is read from the folder of this file"),
  ])
  func aUseThatLeadsNowhereIsToldOnce(_ path: String, _ help: String) throws {
    try folder.write("nowhere.flow", "output 1\n")
    try folder.write("main.flow", "use \"\(path)\" as other\nstep a = other(x: 1)\noutput [a, other.b]\n")
    let flow = try load("main.flow")
    #expect(told(flow).first == "main.flow:1 unknown-use")
    #expect(told(flow).count == 1, "\(told(flow))")
    #expect(flow.diagnostics.first?.help?.hasPrefix(help) == true, "\(flow.diagnostics.first?.help ?? "")")
  }

  @Test func flowsThatUseOneAnotherAreTold() throws {
    try folder.write("a.flow", "use \"./b.flow\"\nstep x = b()\n")
    try folder.write("b.flow", "use \"./c.flow\"\nstep x = c()\n")
    try folder.write("c.flow", "use \"./a.flow\"\nstep x = a()\n")
    try folder.write("self.flow", "use \"./self.flow\" as again\nstep x = again()\n")
    let flow = try load("a.flow")
    #expect(told(flow) == ["c.flow:1 use-cycle"])
    #expect(
      flow.diagnostics.first?.message
        == "these flows use one another: `a.flow` → `b.flow` → `c.flow` → `a.flow`")
    #expect(told(try load("self.flow")) == ["self.flow:1 use-cycle"])
  }

  @Test func whatIsWrongInAUsedFlowIsToldAndItsWarningsAreNot() throws {
    try folder.write("bad.flow", "input text: string\noutput txet\n")
    try folder.write("loose.flow", "input text: string\nlet unused = 1\noutput text\n")
    try folder.write("cut.flow", "output (\n")
    try folder.write(
      "main.flow",
      """
      use "./bad.flow"
      use "./loose.flow"
      use "./cut.flow"
      step a = bad(text: "x")
      step b = loose(text: "x")
      step c = cut()
      output [a, b, c]

      """)
    let told = told(try load("main.flow"))
    #expect(told.contains("bad.flow:2 unknown-name"))
    #expect(told.contains { $0.hasPrefix("cut.flow:1 ") })
    #expect(!told.contains { $0.hasPrefix("loose.flow") })
  }

  @Test func aFileThatTwoFlowsUseIsThereOnce() throws {
    try folder.write("shared.flow", "let word = \"x\"\n")
    try folder.write("a.flow", "use \"./shared.flow\"\noutput shared.word\n")
    try folder.write("b.flow", "use \"./shared.flow\"\noutput shared.word\n")
    try folder.write(
      "main.flow", "use \"./a.flow\"\nuse \"./b.flow\"\nstep x = a()\nstep y = b()\noutput [x, y]\n")
    let flow = try load("main.flow")
    #expect(told(flow) == [])
    #expect(flow.program.used.map(\.name) == ["shared", "a", "b"])
  }

  // MARK: weir.flow

  @Test func theNearestSettingsHoldAndTheFlowsOwnWinOverThem() throws {
    try folder.write(".git/HEAD", "")
    try folder.write(
      "weir.flow",
      """
      models { fast: "far", small: "tiny" }
      provider mine { kind: "openai", url: "http://localhost:1/v1" }
      defaults { model: fast, temperature: 0.5 }
      limits { concurrency: 3, budget: $2 }

      """)
    try folder.write(
      "deep/er/main.flow",
      """
      models { fast: "near" }
      limits { concurrency: 4 }
      defaults { temperature: 1 }
      step a { prompt: "p" }
      step b { model: fast, prompt: "p {{a}}" }
      step c { model: small, prompt: "p {{b}}" }

      """)
    let flow = try load("deep/er/main.flow")
    #expect(told(flow) == [])
    let steps = flow.program.work.compactMap { if case .step(let step) = $0 { step } else { nil } }
    #expect(steps.map { text($0.settings.model) } == ["far", "near", "tiny"])
    #expect(steps.allSatisfy { text($0.settings.temperature) == "1" })
    #expect(flow.program.limits.concurrency == 4)
    #expect(flow.program.limits.budget?.double == 2)
    #expect(flow.program.providers.map(\.name) == ["mine"])
  }

  @Test func settingsAboveTheRootAreNotRead() throws {
    try folder.write("weir.flow", "defaults { model: \"far\" }\n")
    try folder.write("project/.git/HEAD", "")
    try folder.write("project/main.flow", "step a { prompt: \"p\" }\n")
    #expect(told(try load("project/main.flow")) == ["main.flow:1 no-model"].map { "project/" + $0 })
  }

  @Test func onlyTheNearestSettingsAreRead() throws {
    try folder.write(".git/HEAD", "")
    try folder.write("weir.flow", "defaults { model: \"far\" }\n")
    try folder.write("in/weir.flow", "limits { concurrency: 2 }\n")
    try folder.write("in/main.flow", "step a { prompt: \"p\" }\n")
    #expect(told(try load("in/main.flow")) == ["in/main.flow:1 no-model"])
  }

  @Test func settingsHoldNothingElse() throws {
    try folder.write("weir.flow", "defaults { model: \"m\" }\nstep a { prompt: \"p\" }\nlet b = 1\n")
    try folder.write("main.flow", "step a { prompt: \"p\" }\n")
    #expect(told(try load("main.flow")) == ["weir.flow:2 misplaced-entry", "weir.flow:3 misplaced-entry"])
  }

  private func text(_ expression: Expression?) -> String {
    guard case .constant(let value) = expression?.kind else { return "?" }
    return value.string ?? value.json()
  }

  // MARK: Types by themselves

  private func loadType(_ text: String, scope: String? = nil) throws -> FlowType {
    var loader = FlowLoader(ProjectFiles(directory: folder.path))
    return try loader.loadType(text, named: "--type", scope: scope)
  }

  private func places(_ type: FlowType) -> [String] {
    type.diagnostics.map {
      "\(type.flow.sources[$0.span.file]?.path ?? "-"):\($0.span.start) \($0.code.name)"
    }
  }

  @Test func aTypeByItselfIsReadWithoutAFlow() throws {
    let type = try loadType("[{name: string}]?")
    #expect(type.type == ValueType.list(.record([RecordField("name", .string)])).optional)
    #expect(places(type) == [])
  }

  @Test func aTypeSeesWhatTheFlowDeclaresAndUses() throws {
    try folder.write("tone.flow", "type Mood = \"calm\" | \"tense\"\n")
    try folder.write(
      "main.flow", "use \"./tone.flow\"\nlet most = 3\ntype Few = int where it < most\noutput most\n")
    let type = try loadType("{mood: tone.Mood, few: Few, n: int where it < most}", scope: "main.flow")
    #expect(places(type) == [])
    #expect(type.flow.program.conditions(of: type.type).count == 2)
  }

  @Test func aConditionOfTheWholeTypeIsKept() throws {
    let type = try loadType("string where it.count < 5 \"A word\"")
    guard case .named(let id) = type.type else {
      Issue.record("the type carries no notes")
      return
    }
    #expect(type.flow.program.types[id].notes.documentation == "A word")
    #expect(type.flow.program.types[id].notes.condition != nil)
  }

  @Test func mistakesStandInTheWordsOfTheType() throws {
    try folder.write("main.flow", "type Mood = \"calm\" | \"tense\"\ninput unused: string\noutput 1\n")
    #expect(places(try loadType("[Moo]", scope: "main.flow")) == ["--type:1 unknown-type"])
    #expect(places(try loadType("int int")) == ["--type:4 unexpected-token"])
    #expect(places(try loadType("")) == ["--type:0 unexpected-token"])
    #expect(places(try loadType("image")) == ["--type:0 not-yet"])
  }

  @Test func aMistakeInTheFlowIsToldWithTheType() throws {
    try folder.write("main.flow", "type Mood = strin\noutput 1\n")
    #expect(places(try loadType("Mood", scope: "main.flow")) == ["main.flow:12 unknown-type"])
  }
}
