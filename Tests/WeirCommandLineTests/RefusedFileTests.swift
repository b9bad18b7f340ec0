import Testing
import WeirCommandLine

/// Files in a prompt that the endpoint does not take.
struct RefusedFileTests {
  private static let pdf = Array("%PDF-1.4 and so on".utf8)
  private static let mp3 = Array("ID3 and so on".utf8)

  private func run(_ flow: String, _ words: String..., files: [String: [UInt8]] = ["a.pdf": pdf]) async throws
    -> MockRun
  {
    try await MockRun(["a.flow": flow], ["run", "a.flow"] + words, pictures: files)
  }

  @Test func aFileOfAnInputIsToldBeforeTheFirstRequest() async throws {
    let flow = """
      input doc: file

      step first { model: "fal:google/gemini-2.5-flash", prompt: "Say hello." }
      step summary { model: "fal:google/gemini-2.5-flash", prompt: "{{first}} Summarize {{doc}}" }
      """
    let run = try await run(flow, "--doc", "a.pdf")
    #expect(run.outcome.code == .invalid)
    #expect(run.log.isEmpty)
    let error = run.outcome.error
    #expect(error.contains("takes pictures, a sound or films, but no other file such as `a.pdf`"), "\(error)")
    #expect(error.contains("the input `doc`, given with `--doc`"), "\(error)")
    #expect(error.contains("a.flow:4:85"), "\(error)")
  }

  @Test func ofSeveralFilesTheOneThatIsNotTakenIsShown() async throws {
    let flow = """
      input photo: file
      input talk: file

      step summary { model: "fal-any-llm:google/gemini-2.5-flash", prompt: "{{photo}} {{talk}}" }
      """
    let picture = ["a.mp3": Self.mp3, "a.png": Self.png]
    let run = try await run(flow, "--photo", "a.png", "--talk", "a.mp3", files: picture)
    #expect(run.outcome.code == .invalid)
    #expect(run.outcome.error.contains("the input `talk`, given with `--talk`"), "\(run.outcome.error)")
  }

  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]

  @Test func whatMayBeLeftOutIsToldByItsStepWithoutARequest() async throws {
    let flow = """
      input doc: file

      step first { model: "fal:google/gemini-2.5-flash", prompt: "Say hello." }
      if first != "" {
        step summary { model: "fal:google/gemini-2.5-flash", prompt: "Summarize {{doc}}" }
      }
      output first
      """
    let run = try await run(flow, "--doc", "a.pdf")
    #expect(run.outcome.code == .failed, "\(run.outcome.error)")
    #expect(run.log.count == 1)
    #expect(run.outcome.error.contains("nothing was sent"), "\(run.outcome.error)")
    #expect(!run.outcome.error.contains("1 request"), "\(run.outcome.error)")
  }

  @Test func aModelThatTakesItMakesUpForTheOthers() async throws {
    let flow = """
      input doc: file

      step summary {
        model: ["fal:google/gemini-2.5-flash", "openrouter:google/gemini-2.5-flash"]
        prompt: "Summarize {{doc}}"
      }
      """
    let run = try await run(flow, "--doc", "a.pdf")
    #expect(run.outcome.code == .done, "\(run.outcome.error)")
    #expect(run.log.count == 1)
  }

  @Test func otherwiseStandsForTheAnswer() async throws {
    let flow = """
      input doc: file

      step summary {
        model: "fal:google/gemini-2.5-flash"
        prompt: "Summarize {{doc}}"
        otherwise: "no summary"
      }
      """
    let run = try await run(flow, "--doc", "a.pdf")
    #expect(run.outcome.code == .done && run.outcome.output == "no summary\n", "\(run.outcome.error)")
  }
}
