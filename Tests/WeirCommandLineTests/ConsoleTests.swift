import Testing
import WeirCommandLine

/// Colours, and what is larger than a golden should be.
struct ConsoleTests {
  private static let escape = "\u{1B}["

  private func check(_ words: [String] = [], variables: [String: String] = [:], isTerminal: Bool = true)
    async throws -> Outcome
  {
    var invocation = try Invocation(["a.flow": "output x\n"])
    invocation.isTerminal = isTerminal
    invocation.variables = variables
    return await invocation.run(["check", "a.flow"] + words)
  }

  @Test func messagesAreColouredOnATerminal() async throws {
    let error = try await check().error
    #expect(error.hasPrefix("\u{1B}[1;31merror[unknown-name]\u{1B}[0m"))
  }

  @Test func theyArePlainWhereColourIsNotWanted() async throws {
    let plain = try await check(isTerminal: false).error
    #expect(!plain.contains(Self.escape))
    #expect(try await check(["--no-color"]).error == plain)
    #expect(try await check(variables: ["NO_COLOR": "1"]).error == plain)
  }

  @Test func anEmptyNoColourMeansNothing() async throws {
    #expect(try await check(variables: ["NO_COLOR": ""]).error.contains(Self.escape))
  }

  @Test func theLiveProgressOfAPlainTerminalHasNoColour() async throws {
    var invocation = try Invocation(["a.flow": #"step a { model: "x/y", prompt: "z" }"#])
    invocation.isTerminal = true
    let outcome = await invocation.run(["run", "--no-color", "--offline", "a.flow"])
    #expect(outcome.code == .done)
    #expect(outcome.error.contains("a  made up\n"))
    #expect(!outcome.error.contains(/\u{1B}\[[0-9;]*m/))
  }

  @Test func aPictureOverTwentyMegabytesIsRefused() async throws {
    var invocation = try Invocation([
      "a.flow": """
      input photo: image
      step a { model: "x/y", prompt: "What is on {{photo}}?" }
      """
    ])
    invocation.variables = ["OPENROUTER_API_KEY": "sk-or-of-the-test"]
    let transport = FakeTransport.nobody
    invocation.transport = transport
    try invocation.folder.write(onePixel + [UInt8](repeating: 0, count: 20 << 20), to: "large.png")
    let outcome = await invocation.run(["run", "a.flow", "--photo", "large.png"])
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains("the picture `large.png` has \((20 << 20) + onePixel.count) bytes"))
    #expect(outcome.error.contains("at most 20 MB"))
    #expect(transport.requests.isEmpty)
  }

  @Test func itMayBeCalledAnyNumberOfTimesAtOnce() async throws {
    let invocation = try Invocation(["a.flow": #"output "Hello""#])
    await withTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { await invocation.run(["run", "a.flow"]).output } }
      for await output in group { #expect(output == "Hello\n") }
    }
  }
}
