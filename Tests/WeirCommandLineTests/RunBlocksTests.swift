import Testing
import WeirCommandLine
import WeirValues

/// Loops, programs and secrets as the command line shows them.
struct RunBlocksTests {
  @Test func passesAreShownByTheirIndexAndKeptInTheJSON() async throws {
    let invocation = try Invocation([
      "a.flow": """
      defaults { model: "a/b" }
      for page, i in ["x", "y"] {
        step notes { prompt: "Sum up {{page}}" }
      }
      repeat draft = "d", up to 2 {
        step better { prompt: "Better: {{draft}}" }
        next better
      }
      output all = notes
      output draft = draft
      """
    ])
    let outcome = await invocation.run(["run", "--offline", "--json", "a.flow"])
    #expect(outcome.code == .done)
    #expect(outcome.error.contains("notes[1]  made up") && outcome.error.contains("4 of 4 steps"))
    let steps = try #require(try outcome.json()["steps"]?.list)
    #expect(steps[0]["counts"]?["done"] == .int(2))
    let passes = try #require(steps[0]["passes"]?.list)
    #expect(passes.map { $0["pass"]?.json() } == ["[0]", "[1]"])
    #expect(passes[0]["answer"] != passes[1]["answer"])
    let repeats = try #require(try outcome.json()["repeats"]?.list)
    #expect(repeats.first?["ended_by"] == .string("bound"))
  }

  private static let program = """
    input token: secret
    step shown = run(["printenv", "KEY"], env: {KEY: token})
    output shown
    """

  @Test func aProgramRunsOnlyWhereItIsAllowed() async throws {
    var invocation = try Invocation(["a.flow": Self.program])
    invocation.variables = ["PATH": "/usr/bin:/bin"]
    let refused = await invocation.run(["run", "a.flow", "--token", "t0ken"])
    #expect(refused.code == .invalid)
    #expect(refused.error.contains("error[not-allowed]") && !refused.error.contains("t0ken"))
    let allowed = await invocation.run(["run", "--allow-run=git,printenv", "a.flow", "--token", "t0ken"])
    #expect(allowed.code == .done)
    #expect(allowed.output == "(secret)\n")
    #expect(!allowed.error.contains("t0ken"))
  }

  @Test func aProgramIsNotGivenTheKeysOfProviders() async throws {
    var invocation = try Invocation([
      "a.flow": """
      input token: secret
      provider mine { kind: "openai", url: "http://127.0.0.1:9/v1", key: env("MINE"), headers: {"X-A": token} }
      step shown = run(["env"])
      step other = run(["true"], env: { GH_TOKEN: env("OF_ANOTHER") })
      output shown.lines.sort
      """
    ])
    invocation.variables = [
      "OF_ANOTHER": "another-of-the-test",
      "PATH": "/usr/bin:/bin", "FAL_KEY": "fal-of-the-test", "OPENROUTER_API_KEY": "or-of-the-test",
      "MINE": "mine-of-the-test", "TOKEN": "token-of-the-test", "OTHER": "stays",
    ]
    let outcome = await invocation.run(["run", "--allow-run=env,true", "a.flow"])
    #expect(outcome.code == .done)
    #expect(outcome.output.contains("OTHER=stays") && !outcome.output.contains("of-the-test"))
  }

  /// Blocks in which nothing can begin, for what stands in them waits for a step that has failed.
  @Test(arguments: [
    "for x in [\"a\"] { for y in [\"1\"] { step r { prompt: \"{{s}}\" } } }",
    "for x in [\"a\", \"b\"] { step r = translate(text: s, language: x) }",
    "for x in [\"a\"] {\n  if s != \"\" { step r { prompt: x } }\n}",
    "for x in [\"a\"] {\n  repeat d = s, up to 2 {\n    step r { prompt: d }\n    next r\n  }\n}",
    "repeat d = \"a\", up to 2 {\n  for y in [1] { step r { prompt: \"{{d}}{{s}}\" } }\n  next \"{{r}}\"\n}",
    "if 1 == 2 { let n = 1 } else { for y in [s] { step r { prompt: y } } }",
    "for x in [\"a\"] { for y in s.words { let r = y } }",
  ])
  func aFailureIsToldWhateverBlocksWaitForIt(_ block: String) async throws {
    var invocation = try Invocation([
      "a.flow": """
      use "std/translate"
      defaults { model: "m" }
      step s = run(["false"])
      \(block)
      output s
      """
    ])
    invocation.variables = ["PATH": "/usr/bin:/bin"]
    let outcome = await invocation.run(["run", "--offline", "--allow-run=false", "--json", "a.flow"])
    #expect(outcome.code == .failed, "\(outcome.error)")
    #expect(outcome.error.contains("error[program-failed]"))
    #expect(try outcome.json()["ok"] == .bool(false))
  }

  @Test func aSecretMayComeFromTheEnvironmentAndIsElseMissed() async throws {
    var invocation = try Invocation(["a.flow": Self.program])
    invocation.variables = ["PATH": "/usr/bin:/bin"]
    let missing = await invocation.run(["run", "--allow-run=printenv", "a.flow"])
    #expect(missing.code == .invalid && missing.error.contains("error[missing-input]"))
    invocation.variables["TOKEN"] = "from-outside"
    let given = await invocation.run(["run", "--allow-run=printenv", "a.flow"])
    #expect(given.output == "(secret)\n")
  }

  @Test func aProgramThatIsNotInstalledIsToldBeforeAnythingIsAsked() async throws {
    var invocation = try Invocation([
      "a.flow": """
      step a { model: "openrouter:a/b", prompt: "Say hello." }
      step files = run(["no-such-program-anywhere", "{{a.count}}"])
      output files

      """
    ])
    let transport = FakeTransport.nobody
    invocation.transport = transport
    invocation.variables = ["PATH": "/usr/bin:/bin", "OPENROUTER_API_KEY": "sk-or-of-the-test"]
    let words = ["run", "--allow-run=no-such-program-anywhere", "a.flow"]
    let outcome = await invocation.run(words)
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains("error[missing-program]: step `files` cannot be run"), "\(outcome.error)")
    #expect(transport.requests.isEmpty)
    let offline = await invocation.run([words[0], "--offline"] + words[1...])
    #expect(offline.code == .failed && offline.error.contains("error[program-failed]"), "\(offline.error)")
  }

  @Test func theLimitOfTimeHasAnExitCodeOfItsOwn() async throws {
    var invocation = try Invocation([
      "a.flow": """
      limits { time: 1ms }
      defaults { timeout: 2h }
      step slow = run(["sleep", "3600"])
      output slow
      """
    ])
    invocation.variables = ["PATH": "/usr/bin:/bin"]
    let outcome = await invocation.run(["run", "--allow-run=sleep", "--json", "a.flow"])
    #expect(outcome.code == .limit)
    #expect(try outcome.json()["stopped_by"] == .string("time"))
    #expect(outcome.error.contains("stopped, for its limit of 0.0 s is over: 0 of 1 step"))
  }
}
