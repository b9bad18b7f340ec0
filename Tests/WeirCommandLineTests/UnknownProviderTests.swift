import Testing
import WeirCommandLine

/// A word before the `:` of a model that is nearly the name of a provider.
struct UnknownProviderTests {
  private func flow(_ model: String) -> String {
    """
    step a {
      model: \(model)
      prompt: "Say hello."
    }

    """
  }

  private func outcome(_ flow: String, _ words: [String] = ["check", "a.flow"]) async throws -> Outcome {
    var invocation = try Invocation(["a.flow": flow])
    invocation.variables = ["OPENROUTER_API_KEY": "sk-or-of-the-test", "FAL_KEY": "fal-of-the-test"]
    return await invocation.run(words)
  }

  @Test func aMisspeltProviderIsToldByCheckAndBeforeAnybodyIsAsked() async throws {
    for words in [["check", "a.flow"], ["run", "a.flow"], ["run", "--offline", "a.flow"]] {
      let outcome = try await outcome(flow("\"opnrouter:google/gemini-2.5-flash\""), words)
      #expect(outcome.code == .invalid)
      #expect(outcome.error.contains("error[unknown-provider]: there is no provider `opnrouter`"))
      #expect(outcome.error.contains("--> a.flow:2:10"), "\(outcome.error)")
      #expect(outcome.error.contains("help: did you mean `openrouter`?"))
    }
  }

  @Test func aUsualNameThatIsNotDeclaredIsTold() async throws {
    let outcome = try await outcome(flow("\"ollama:llama3:8b\""))
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains("declare it with `provider ollama { … }`"), "\(outcome.error)")
  }

  @Test func whatIsDeclaredIsNearAsWell() async throws {
    let provider = "provider mine { kind: \"openai\", url: \"http://127.0.0.1:1/v1\" }\n\n"
    let wrong = try await outcome(provider + flow("\"mien:llama3:8b\""))
    #expect(wrong.code == .invalid && wrong.error.contains("did you mean `mine`?"), "\(wrong.error)")
    let right = try await outcome(provider + flow("\"mine:llama3:8b\""))
    #expect(right.code == .done, "\(right.error)")
  }

  @Test(arguments: ["llama3:8b", "hf.co/x/y:Q4", "deepseek/deepseek-r1:free", "fal:a/b", "gpt-oss:20b"])
  func namesOfModelsWithAColonAreNoProviders(_ model: String) async throws {
    let outcome = try await outcome(flow("\"\(model)\""))
    #expect(outcome.code == .done && outcome.error.isEmpty, "\(outcome.error)")
  }

  @Test func whatDefaultsSayIsToldOnce() async throws {
    let steps = (1...3).map { "step a\($0) { prompt: \"Say hello.\" }\n" }.joined()
    let outcome = try await outcome(
      "defaults { model: \"opnrouter:a/b\" }\n\n\(steps)\noutput [a1, a2, a3]\n")
    #expect(outcome.error.split(separator: "error[").count == 1, "\(outcome.error)")
  }

  @Test func eachOfAListIsToldAtItsOwnPlace() async throws {
    for words in [["check", "a.flow"], ["run", "a.flow"]] {
      let outcome = try await outcome(flow("[\"opnrouter:a/b\", \"c/d\", \"falo:e/f\"]"), words)
      #expect(outcome.code == .invalid)
      #expect(outcome.error.contains("`opnrouter`\n --> a.flow:2:11"), "\(outcome.error)")
      #expect(outcome.error.contains("`falo`\n --> a.flow:2:35"), "\(outcome.error)")
    }
    let aliases = "models { cheap: [\"opnrouter:a/b\", \"falo:e/f\"] }\n\n" + flow("cheap")
    let check = try await outcome(aliases)
    #expect(check.error.contains("a.flow:1:18") && check.error.contains("a.flow:1:35"), "\(check.error)")
  }

  @Test func itIsToldBesideOtherMistakes() async throws {
    let outcome = try await outcome(flow("\"opnrouter:a/b\"") + "output [a, b]\n")
    #expect(outcome.error.contains("error[unknown-provider]"), "\(outcome.error)")
    #expect(outcome.error.contains("error[unknown-name]"), "\(outcome.error)")
  }

  @Test func aProviderThatIsDeclaredWronglyIsDeclared() async throws {
    let outcome = try await outcome("provider ollama { kind: \"opnai\" }\n\n" + flow("\"ollama:llama3\""))
    #expect(outcome.error.contains("error[unknown-choice]"), "\(outcome.error)")
    #expect(!outcome.error.contains("unknown-provider"), "\(outcome.error)")
  }

  @Test func aModelOfAnInputIsToldByTheRun() async throws {
    let flow = "input which: string\n\n" + flow("[which, \"openrouter:a/b\"]")
    let outcome = try await outcome(flow, ["run", "a.flow", "--which", "opnrouter:a/b"])
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains("there is no provider `opnrouter`"), "\(outcome.error)")
  }

  @Test func aModelOfTheCommandLineIsToldOfTheCommandLine() async throws {
    let outcome = try await outcome(flow("\"a/b\""), ["run", "--model", "opnrouter:a/b", "a.flow"])
    #expect(outcome.code == .usage)
    #expect(outcome.error.contains("there is no provider `opnrouter`"))
    #expect(outcome.error.contains("did you mean `openrouter`?"))
  }
}
