import Testing
import WeirCommandLine

/// What catalogues at hand say of the models of a flow.
struct CapabilityTests {
  private let photoFlow = """
    input photo: image

    step caption {
      model: "openrouter:mistralai/mistral-nemo"
      prompt: "Describe {{photo}}"
    }

    """

  private func invocation(_ flow: String, daysAgo: Int? = 0) throws -> Invocation {
    var invocation = try Invocation(["a.flow": flow])
    invocation.variables = ["OPENROUTER_API_KEY": "sk-or-of-the-test", "FAL_KEY": "fal-of-the-test"]
    if let daysAgo { try invocation.keepCatalogue(daysAgo: daysAgo) }
    return invocation
  }

  @Test func aModelThatTakesNoPicturesIsToldBeforeAnybodyIsAskedWithThreeThatDo() async throws {
    let outcome = try await invocation(photoFlow).run([
      "run", "a.flow", "--photo", "https://example.com/cat.png",
    ])
    #expect(outcome.code == .invalid)
    #expect(
      outcome.error.contains("step `caption` asks `mistralai/mistral-nemo`, which takes no pictures"),
      "\(outcome.error)")
    #expect(
      outcome.error.contains(
        "of those that can: `mistralai/pixtral-12b`, `openai/gpt-4o-mini`, `google/gemini-2.5-flash`"),
      "\(outcome.error)")
  }

  @Test func thePlaceOfTheModelIsUnderlinedWhereverItIsWritten() async throws {
    let step = "step a { prompt: \"Say hello.\" }\n"
    for (flow, place) in [
      ("step a { model: \"openrouter:no/model\", prompt: \"Say hello.\" }\n", "1:17"),
      ("defaults { model: \"openrouter:no/model\" }\n\(step)", "1:19"),
      ("models { fast: \"openrouter:no/model\" }\ndefaults { model: fast }\n\(step)", "2:19"),
      ("input m: string = \"no/model\"\ndefaults { model: [m, \"openrouter:no/model\"] }\n\(step)", "2:23"),
    ] {
      let outcome = try await invocation(flow).run(["check", "a.flow"])
      #expect(outcome.error.contains("asks `no/model`, which `openrouter` does not have"), "\(outcome.error)")
      #expect(outcome.error.contains("--> a.flow:\(place)\n"), "\(outcome.error)")
    }
  }

  @Test func aModelOfTheCommandLineIsSaidToBeOne() async throws {
    let flow = "step a { model: \"openrouter:openai/gpt-4o-mini\", prompt: \"Say hello.\" }\n"
    let outcome = try await invocation(flow).run(["run", "--model", "openrouter:no/model", "a.flow"])
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains("--> a.flow:1:6\n"), "\(outcome.error)")
    #expect(outcome.error.contains("^ asks what `--model` names"), "\(outcome.error)")
  }

  @Test func whatAnEndpointDoesNotTakeIsUnderlinedWhereItIsSet() async throws {
    for (setting, column) in [("seed: 7", 38), ("routing: {sort: \"price\"}", 41)] {
      let flow = "step a { model: \"fal:openai/gpt-4o\", \(setting), prompt: \"Say hello.\" }\n"
      let outcome = try await invocation(flow, daysAgo: nil).run(["run", "a.flow"])
      #expect(outcome.code == .invalid && outcome.error.contains("error[unsupported-setting]"))
      let wanted = column + (setting.hasPrefix("seed") ? 6 : 6)
      #expect(outcome.error.contains("--> a.flow:1:\(wanted)\n"), "\(outcome.error)")
    }
  }

  @Test func whatFalDoesNotFindIsMissingInTheCatalogueThatItsRouterUses() async throws {
    let outcome = try await invocation("step a { model: \"fal:no/model\", prompt: \"Say hello.\" }\n").run([
      "check", "a.flow",
    ])
    #expect(outcome.code == .done)
    #expect(
      outcome.error.contains(
        "asks `no/model`, which is missing in the catalogue of OpenRouter, through which `fal` asks"),
      "\(outcome.error)")
  }

  @Test func aModelOfAnyLLMThatSeesNoPicturesIsToldBeforeAnybodyIsAsked() async throws {
    let flow = photoFlow.replacing(
      "openrouter:mistralai/mistral-nemo", with: "fal-any-llm:deepseek/deepseek-r1")
    let outcome = try await invocation(flow, daysAgo: nil).run([
      "run", "a.flow", "--photo", "https://example.com/cat.png",
    ])
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains("error[model-cannot]"), "\(outcome.error)")
    #expect(
      outcome.error.contains("asks `deepseek/deepseek-r1`, which takes no pictures"), "\(outcome.error)")
    let unknown = try await invocation(flow.replacing("deepseek/deepseek-r1", with: "no/model"), daysAgo: nil)
      .run(["run", "a.flow", "--photo", "https://example.com/cat.png"])
    #expect(unknown.error.split(separator: "error[").count == 1, "\(unknown.error)")
  }

  @Test func withoutACatalogueNothingIsSaid() async throws {
    let outcome = try await invocation(photoFlow, daysAgo: nil).run(["check", "a.flow"])
    #expect(outcome.code == .done && outcome.error.isEmpty && outcome.output.isEmpty)
  }

  @Test func ofAnOldCatalogueAnUnknownModelIsOnlyDoubtful() async throws {
    let flow = """
      step a {
        model: "openrouter:openai/gpt-4o-mnii"
        prompt: "Say hello."
      }

      """
    let fresh = try await invocation(flow).run(["check", "a.flow"])
    #expect(fresh.code == .invalid)
    #expect((fresh.output + fresh.error).contains("did you mean `openai/gpt-4o-mini`?"))
    let old = try await invocation(flow, daysAgo: 3).run(["check", "a.flow"])
    #expect(old.code == .done)
    #expect((old.output + old.error).contains("unknown-model"))
  }

  @Test func offlineNobodyIsAskedSoNothingIsSaid() async throws {
    let outcome = try await invocation(photoFlow).run([
      "run", "--offline", "--quiet", "a.flow", "--photo", "https://example.com/cat.png",
    ])
    #expect(outcome.code == .done, "\(outcome.error)")
  }

  @Test func whatFalPassesOnIsHeldToTheCatalogueBehindItAsAWarning() async throws {
    let flow = photoFlow.replacing("openrouter:", with: "fal:")
    let outcome = try await invocation(flow).run(["check", "a.flow"])
    #expect(outcome.code == .done)
    #expect((outcome.output + outcome.error).contains("takes no pictures"))
  }

  @Test func variantsAndRoutersAreNoUnknownModels() async throws {
    for model in ["openai/gpt-4o-mini:nitro", "openrouter/auto", "~openai/gpt-latest"] {
      let flow = """
        step a {
          model: "openrouter:\(model)"
          prompt: "Say hello."
        }

        """
      let outcome = try await invocation(flow).run(["check", "a.flow"])
      #expect(
        outcome.code == .done && (outcome.output + outcome.error).isEmpty, "\(model): \(outcome.output)")
    }
  }

  @Test func oneModelOfAListThatCanIsEnough() async throws {
    let flow = photoFlow.replacing(
      "model: \"openrouter:mistralai/mistral-nemo\"",
      with: "model: [\"openrouter:mistralai/mistral-nemo\", \"openrouter:openai/gpt-4o-mini\"]")
    let outcome = try await invocation(flow).run(["check", "a.flow"])
    #expect(outcome.code == .done)
    #expect((outcome.output + outcome.error).contains("takes no pictures"))
  }
}
