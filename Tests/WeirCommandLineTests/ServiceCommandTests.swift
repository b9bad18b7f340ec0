import Testing
import WeirCommandLine
import WeirEndpoint
import WeirStore
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is asked of the services beside answers: their models, the account, what an answer has cost, and what a run
/// has left in a queue.
struct ServiceCommandTests {
  private static let flow = """
    step poem {
      model: "google/gemini-2.5-flash"
      prompt: "Write a poem about the sea."
    }

    """

  // MARK: Models

  @Test func modelsAreListedWithWhatTheyCan() async throws {
    let run = try await MockRun([:], ["models", "--vision", "gemini"])
    #expect(run.outcome.code == .done)
    let lines = run.outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("MODEL") == true)
    #expect(lines.dropFirst().allSatisfy { $0.contains("gemini") && $0.contains("vision") }, "\(lines)")
    #expect(lines.count > 1)
  }

  @Test func aCatalogueThatIsKeptAsksNobody() async throws {
    let invocation = try Invocation()
    try invocation.keepCatalogue(daysAgo: 3)
    let outcome = await invocation.run(["models", "--max-price", "$0.5", "--json"])
    #expect(outcome.code == .done)
    let models = try #require(try Value(json: Array(outcome.output.utf8)).list)
    #expect(models.compactMap { $0["id"]?.string } == ["mistralai/mistral-nemo", "mistralai/pixtral-12b"])
    let text = await invocation.run(["models", "nemo"])
    #expect(text.output.split(separator: "\n").count == 2)
    #expect(text.error == "1 of 5 models, by the catalogue of 3 days ago\n")
  }

  @Test func whoIsOfflineIsToldSoAndWhatIsKept() async throws {
    let invocation = try Invocation()
    try invocation.keepCatalogue()
    let outcome = await invocation.run(["models", "--refresh"])
    #expect(outcome.code == .failed)
    #expect(outcome.error.contains("the catalogue could not be fetched: nobody may be asked"))
    #expect(outcome.error.contains("the one of today is kept"))
  }

  @Test func whoIsInterruptedIsNotFailed() async throws {
    var invocation = try Invocation()
    invocation.variables = ["OPENROUTER_API_KEY": "sk-or-of-the-test"]
    invocation.transport = FakeTransport { _ throws(EndpointFailure) in
      throw EndpointFailure(.cancelled, "cancelled")
    }
    for words in [["models", "--refresh"], ["account"]] {
      #expect(await invocation.run(words).code == .interrupted)
    }
  }

  @Test func aServerWithoutModelsIsTold() async throws {
    var invocation = try Invocation()
    invocation.transport = FakeTransport.saying(Array(#"{"object":"list","data":[]}"#.utf8))
    let outcome = await invocation.run(["models", "--refresh", "--provider", "HTTP://localhost:1/v1"])
    #expect(outcome.code == .done && outcome.error == "the server lists no model\n", "\(outcome.error)")
  }

  @Test func wrongWordsAreTold() async throws {
    let invocation = try Invocation()
    for (words, told) in [
      (["account", "x"], "`x` belongs to no option"),
      (["models", "--provider", "flow"], "there is no provider `flow` that has a catalogue"),
      (["models", "--max-price", "cheap"], "`--max-price` takes US dollars for a million tokens"),
      (["account", "--provider", "opnrouter"], "did you mean `openrouter`?"),
      (["job", "a", "b"], "`weir job` takes one ID"),
      (["job", "--forget", "a"], "there is no request `a` in the list"),
    ] {
      let outcome = await invocation.run(words)
      #expect(outcome.code == .usage)
      #expect(outcome.error.contains(told), "\(outcome.error)")
    }
  }

  // MARK: Account and cost

  @Test func theAccountOfAKeyIsShown() async throws {
    let run = try await MockRun([:], ["account", "--json"])
    #expect(run.outcome.code == .done)
    #expect(try run.outcome.json()["total_credits"]?.number == Number(100))
    let none = try await Invocation().run(["account"])
    #expect(none.code == .invalid)
    #expect(none.error.contains("OPENROUTER_API_KEY is not set"))
  }

  @Test func whatAnAnswerHasCostIsHeldAgainstWhatIsWrittenDown() async throws {
    let run = try await MockRun(
      ["a.flow": Self.flow], ["run", "--provider", "openrouter", "--reconcile", "--json", "a.flow"])
    let told = try #require(try run.outcome.json()["reconciled"])
    #expect(told["answers"]?.number == Number(1) && told["found"]?.number == Number(1))
    #expect(told["difference"]?.number == Number(0))
    #expect(told["said"] == told["recorded"])
    #expect(try run.outcome.json()["cost"] == told["said"])
  }

  // MARK: While it comes

  private func events(of run: MockRun) throws -> [Value] {
    try run.outcome.output.split(separator: "\n").map { try Value(json: Array($0.utf8)) }
  }

  @Test(arguments: ["fal", "openrouter"])
  func theTextThatComesIsTheResult(_ provider: String) async throws {
    let words = ["run", "--provider", provider, "a.flow"]
    let whole = try await MockRun(["a.flow": Self.flow], words)
    let streamed = try await MockRun(["a.flow": Self.flow], ["run", "--stream"] + words.dropFirst())
    #expect(whole.outcome.code == .done && streamed.outcome.code == .done)
    #expect(streamed.outcome.output == whole.outcome.output)
    #expect(streamed.log.joined().contains("stream"), "\(streamed.log)")
  }

  /// A text with a condition travels as JSON, of which nobody wants to see the braces.
  @Test func onlyAPlainTextIsShownWhileItComes() async throws {
    let flow = """
      type Slug = string where it != ""

      step slug -> Slug {
        model: "google/gemini-2.5-flash"
        prompt: "A slug."
        repairs: 0
        otherwise: "none"
      }

      """
    let run = try await MockRun(
      ["a.flow": flow], ["run", "--provider", "openrouter", "--stream", "a.flow"])
    #expect(run.outcome.code == .done)
    #expect(!run.outcome.output.contains("{"), "\(run.outcome.output)")
  }

  @Test func aListIsToldAsFarAsItIsThere() async throws {
    let flow = """
      step tags -> [string] {
        model: "google/gemini-2.5-flash"
        prompt: "Three tags."
      }

      """
    let run = try await MockRun(
      ["a.flow": flow], ["run", "--provider", "openrouter", "--events", "a.flow"])
    let events = try events(of: run)
    let partial = events.filter { $0["event"] == .string("partial") }
    #expect(!partial.isEmpty && partial.allSatisfy { $0["value"]?.list != nil }, "\(partial)")
  }

  @Test func aFlowThatIsNotThereIsToldAsDataToo() async throws {
    let invocation = try Invocation()
    for option in ["--json", "--events"] {
      let outcome = await invocation.run(["run", "a.flow", option])
      #expect(outcome.code == .invalid)
      #expect(try outcome.json()["error"] == .string("there is no flow `a.flow`"))
    }
  }

  @Test func aSecretThatIsNoStringIsNotShown() async throws {
    let flow = """
      input token: secret

      step shown = run(["printenv", "KEY"], env: { KEY: token })

      """
    let invocation = try Invocation(["a.flow": flow, "in.json": #"{"token": 48151623}"#])
    let outcome = await invocation.run([
      "run", "--json", "--allow-run=printenv", "--inputs", "in.json", "a.flow",
    ])
    #expect(outcome.code == .invalid)
    #expect(
      outcome.error.contains("a secret is a string") && !(outcome.output + outcome.error).contains("48151623")
    )
  }

  @Test func eventsTellTheAnswerPieceByPieceAndEndWithTheReport() async throws {
    let run = try await MockRun(
      ["a.flow": Self.flow], ["run", "--provider", "openrouter", "--events", "a.flow"])
    let events = try events(of: run)
    #expect(events.first?["event"] == .string("run"))
    #expect(events.first?["steps"] == .list([.string("poem")]))
    let text = events.filter { $0["event"] == .string("delta") }.compactMap { $0["text"]?.string }.joined()
    let end = try #require(events.last)
    #expect(end["event"] == .string("end") && end["ok"] == .bool(true))
    #expect(end["output"]?.string == text && !text.isEmpty)
    let ended = try #require(events.first { $0["event"] == .string("ended") })
    #expect(ended["step"] == .string("poem") && ended["status"] == .string("done"))
  }

  @Test func aTypedAnswerIsToldAsFarAsItIsThere() async throws {
    let flow = """
      step post -> { title: string, tags: [string] } {
        model: "google/gemini-2.5-flash"
        prompt: "Write a post about the sea."
      }

      """
    let run = try await MockRun(
      ["a.flow": flow], ["run", "--provider", "openrouter", "--events", "a.flow"])
    let events = try events(of: run)
    let partial = events.filter { $0["event"] == .string("partial") }
    #expect(!partial.isEmpty)
    #expect(partial.allSatisfy { $0["value"]?.record != nil })
  }

  @Test func whatNamesNothingIsTold() async throws {
    let invocation = try Invocation(["a.flow": Self.flow])
    let model = await invocation.run(["run", "--model", " ", "--provider", "openrouter", "a.flow"])
    #expect(model.code == .usage && model.error.contains("`--model` needs the name of a model"))
    let job = await invocation.run(["job", "--cancel"])
    #expect(job.code == .usage && job.error.contains("`--cancel` needs the ID of a request"))
  }

  @Test func waysToPrintDoNotGoTogether() async throws {
    let outcome = try await Invocation(["a.flow": Self.flow]).run(["run", "--events", "--json", "a.flow"])
    #expect(outcome.code == .usage)
    #expect(outcome.error.contains("`--json` and `--events` do not go together"))
  }

  @Test func aFlowThatIsWrongEndsItsEventsToo() async throws {
    let outcome = try await Invocation(["a.flow": "step a { prompt: \"{{b}}\" }\n"]).run([
      "run", "--events", "a.flow",
    ])
    #expect(outcome.code == .invalid)
    let end = try outcome.json()
    #expect(end["event"] == .string("end") && end["ok"] == .bool(false))
    #expect(end["diagnostics"]?.list?.isEmpty == false)
  }

  // MARK: Queue

  @Test func whatWasFetchedIsNotLeftInTheList() async throws {
    let flow = Self.flow.replacing("  prompt:", with: "  via: \"queue\"\n  prompt:")
    let run = try await MockRun(["a.flow": flow], ["run", "--provider", "fal", "--events", "a.flow"])
    #expect(run.outcome.code == .done, "\(run.outcome.error)")
    #expect(run.outcome.output.contains(#""event":"queued""#))
    let list = try await Invocation().run(["job"])
    #expect(list.code == .done && list.output.isEmpty)
    #expect(list.error == "nothing was left in a queue by runs started in this folder\n")
  }

  private func entry(_ id: String, secondsAgo: Int) -> JobShelf.Entry {
    let address = "https://queue.fal.run/openrouter/router/requests/\(id)"
    return JobShelf.Entry(
      job: QueueJob(
        id: id, statusAddress: "\(address)/status", resultAddress: address, cancelAddress: "\(address)/cancel"
      ),
      flow: "a.flow", step: "a", provider: "fal", url: nil, keyName: "FAL_KEY",
      time: Int(Date().timeIntervalSince1970) - secondsAgo)
  }

  @Test func theListSaysWhenRequestsWereSent() async throws {
    let invocation = try Invocation()
    let shelf = JobShelf("\(invocation.folder.path)/.weir/jobs")
    try shelf.keep(entry("r-1", secondsAgo: 3 * 86_400 + 60))
    try shelf.keep(entry("r-2", secondsAgo: 330))
    let outcome = await invocation.run(["job"])
    #expect(
      outcome.output == "  r-1  step a of a.flow, sent 3 days ago\n  r-2  step a of a.flow, sent 5 min ago\n",
      "\(outcome.output)")
  }

  @Test func aRequestThatIsNotKnownIsNoMatterOfTheModel() async throws {
    var invocation = try Invocation()
    invocation.variables = ["FAL_KEY": "fal-of-the-test"]
    invocation.transport = FakeTransport.saying(
      Array(#"{"detail": "Request not found, check model"}"#.utf8), status: 404)
    let outcome = await invocation.run(["job", "nonsense"])
    #expect(outcome.code == .failed)
    #expect(outcome.error.contains("`weir job` lists those that were left in a queue"), "\(outcome.error)")
    #expect(!outcome.error.contains("`model`"), "\(outcome.error)")
  }

  @Test func aRequestThatWasCancelledBeforeIsNotSaidToBeDone() async throws {
    var invocation = try Invocation()
    invocation.variables = ["FAL_KEY": "fal-of-the-test"]
    invocation.transport = FakeTransport.saying(Array(#"{"status": "ALREADY_COMPLETED"}"#.utf8), status: 400)
    let outcome = await invocation.run(["job", "--cancel", "r-1"])
    #expect(outcome.error == "the request r-1 was already done or cancelled\n")
  }

  @Test func limitsAreSharedThroughAFile() async throws {
    let run = try await MockRun(
      ["a.flow": Self.flow], ["run", "--share-limits", "--provider", "openrouter", "a.flow"])
    #expect(run.outcome.code == .done)
    #expect(run.caches.contains { $0.hasPrefix("weir/limits/") }, "\(run.caches)")
  }
}
