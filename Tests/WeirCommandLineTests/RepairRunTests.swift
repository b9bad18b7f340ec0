import Testing
import WeirCommandLine
import WeirEndpoint
import WeirValues

/// Answers that do not fit, and servers that take no schema: whole runs over real sockets.
@Suite(.timeLimit(.minutes(1)))
struct RepairRunTests {
  private static let review = """
    type Review { score: int where it in 1...10, tags: [string] where it.count in 1...3 }

    step review -> Review { model: "google/gemini-2.5-flash", prompt: "Review it.", repairs: 2 }

    output review
    """

  private static let answers = Tape([
    Tape.Entry(prompt: "Review it.", answer: "I think that it is fine."),
    Tape.Entry(prompt: "Review it.", answer: #"{"score": 95, "tags": []}"#),
    Tape.Entry(prompt: "Review it.", answer: #"{"score": 9, "tags": ["water"]}"#),
  ])

  @Test(arguments: ["openrouter", "fal"])
  func anAnswerThatIsWrongTwiceIsRightAtTheThirdTime(provider: String) async throws {
    let run = try await MockRun(
      ["review.flow": Self.review], ["run", "--json", "--provider", provider, "review.flow"],
      tape: Self.answers)
    #expect(run.outcome.code == .done)
    #expect(run.log.count == 3)
    let json = try run.outcome.json()
    #expect(json["output"]?["score"] == .int(9))
    let step = try #require(json["steps"]?.list?.first)
    #expect(step["attempts"] == .int(3))
    let repairs = try #require(step["repairs"]?.list)
    #expect(repairs.map { $0["answer"]?.string } == Self.answers.entries.prefix(2).map(\.answer))
    #expect(repairs.allSatisfy { $0["sent"]?.string?.hasPrefix(RepairAccount.opening) == true })
    #expect(repairs[1]["problems"]?.list?.map { $0["path"]?.string } == ["score", "tags"])
    #expect(repairs[1]["problems"]?.list?.first?["found"] == .string("95"))
    // Each answer costs what the mock counts for it.
    let completion = try #require(step["tokens"]?["completion"]?.number?.int)
    #expect(completion == Self.answers.entries.reduce(0) { $0 + ($1.answer.utf8.count + 3) / 4 })
  }

  @Test func whenTheRepairsAreSpentTheLastAnswerIsShownWithEveryFault() async throws {
    let run = try await MockRun(
      ["review.flow": Self.review.replacing("repairs: 2", with: "repairs: 1")],
      ["run", "--provider", "openrouter", "review.flow"], tape: Self.answers)
    #expect(run.outcome.code == .failed)
    #expect(run.log.count == 2)
    #expect(
      run.outcome.error.contains(
        """
        the last answer was:
          {"score": 95, "tags": []}
        what is wrong with it:
          - `score` must meet `where it in 1...10`, found 95
          - `tags` must meet `where it.count in 1...3`, found []

        """))
  }

  private static let many = """
    provider own { kind: "openai", url: "http://127.0.0.1:<port>/v1", key: env("OWN_KEY") }

    limits { concurrency: 64 }

    input numbers: [int]

    for n in numbers {
      step verdict -> {score: int, why: string} { model: "MODEL", prompt: "Judge {{n}}" }
    }

    output verdict.count
    """

  @Test(
    arguments: [
      ("own:small", [.schema], "json"), ("own:small", [.schema, .json], "instructions"),
      ("openrouter:a/b", [.schema], "json"), ("openrouter:a/b", [.schema, .json], "json"),
    ] as [(String, Set<AnswerForm>, String)])
  func aServerThatTakesNoSchemaRefusesOneRequestForAModel(
    model: String, refused: Set<AnswerForm>, form: String
  ) async throws {
    let numbers = (0..<64).map(String.init).joined(separator: ",")
    let run = try await MockRun(
      ["many.flow": Self.many.replacing("MODEL", with: model)],
      ["run", "--json", "many.flow", "--numbers", "[\(numbers)]"], refusing: refused)
    #expect(run.outcome.code == .done)
    #expect(run.log.count == 65)
    #expect(run.log.count { $0.contains(" 400 ") || $0.contains(" 404 ") } == 1)
    let passes = try #require(try run.outcome.json()["steps"]?.list?.first?["passes"]?.list)
    #expect(passes.allSatisfy { $0["asked_by"] == .string(form) })
    #expect(passes.reduce(0) { $0 + ($1["attempts"]?.number?.int ?? 0) } == 65)
    let told = run.outcome.error.split(separator: "\n").filter { $0.contains("takes no schema") }
    #expect(told.count == 1)
  }
}
